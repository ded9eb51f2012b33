using System.Text;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Operations
{
    /// <summary>Inserts rows.</summary>
    public sealed record BulkInsert : Operation
    {
        // SQL Server's limit. More rows per statement make no database faster.
        internal const int RowsPerStatement = 1000;

        // MySQL accepts 16 MB, its older versions 4 MB; SQLite may accept only 1 MB.
        private const int CharactersPerStatement = 500_000;

        /// <summary>Creates an insert of rows into a table.</summary>
        /// <param name="table">The table's name.</param>
        /// <param name="columns">The columns that are given.</param>
        /// <param name="rows">The rows, each with a value for each column, in the columns' order.</param>
        /// <param name="schema">The table's schema, or null.</param>
        /// <exception cref="AlembicException">A row has more or fewer values than there are columns.</exception>
        public BulkInsert(string table, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<object?>> rows, string? schema = null)
        {
            Table = table;
            Columns = columns;
            Rows = [.. rows.Select(EquatableList.Of)];
            Schema = schema;
            foreach (var (index, row) in rows.Index())
                Check(table, columns, index, row);
        }

        internal static void Check(string table, IReadOnlyList<string> columns, int index, IReadOnlyList<object?> row)
        {
            if (row.Count != columns.Count)
                throw new AlembicException(
                    $"Row {index + 1} of the bulk insert into '{table}' has {row.Count} values for {columns.Count} columns");
        }

        /// <summary>The table's name.</summary>
        public string Table { get; init; }

        /// <summary>The columns that are given.</summary>
        public IReadOnlyList<string> Columns { get; init => field = EquatableList.Of(value); }

        /// <summary>The rows, each with a value for each column.</summary>
        public IReadOnlyList<IReadOnlyList<object?>> Rows { get; init => field = EquatableList.Of(value); }

        /// <summary>The table's schema, or null.</summary>
        public string? Schema { get; init; }

        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect)
        {
            var statement = new StringBuilder();
            var rows = 0;
            foreach (var row in Rows)
            {
                if (rows == RowsPerStatement || statement.Length > CharactersPerStatement)
                {
                    yield return statement.ToString();
                    statement.Clear();
                    rows = 0;
                }
                Append(statement.Append(rows++ == 0 ? Start(dialect) : ", "), dialect, row);
            }
            if (rows > 0)
                yield return statement.ToString();
        }

        /// <inheritdoc/>
        public bool Equals(BulkInsert? other) =>
            other is not null && (Table, Schema) == (other.Table, other.Schema) && Columns.Equals(other.Columns)
            && Rows.Count == other.Rows.Count
            && Rows.Zip(other.Rows).All(rows => rows.First.SequenceEqual(rows.Second, ValueComparer.Instance));

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Table, Schema, Columns, Rows.Count);

        /// <summary>Gets one statement per row, as scripts show them.</summary>
        internal IEnumerable<string> RowByRow(Dialect dialect) =>
            Rows.Select(row => Append(new StringBuilder(Start(dialect)), dialect, row).ToString());

        private string Start(Dialect dialect) => $"INSERT INTO {dialect.Quote(Schema, Table)} ({dialect.QuoteAll(Columns)}) VALUES ";

        private static StringBuilder Append(StringBuilder statement, Dialect dialect, IReadOnlyList<object?> row)
        {
            statement.Append('(');
            for (var i = 0; i < row.Count; i++)
                statement.Append(i == 0 ? "" : ", ").Append(dialect.Literal(row[i]));
            return statement.Append(')');
        }

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) =>
            code.Call("op.BulkInsert", Table, Columns, code.Block(Rows), ("schema", Schema));
    }
}

namespace Alembic
{
    public sealed partial class Op
    {
        /// <summary>
        /// Inserts rows, many with one statement. They are read as they are needed: a generator's rows are never in memory all at once.
        /// </summary>
        /// <param name="tableName">The table's name.</param>
        /// <param name="columns">The columns that are given.</param>
        /// <param name="rows">The rows, each with a value for each column, in the columns' order.</param>
        /// <param name="schema">The table's schema, or null for the connection's own.</param>
        /// <exception cref="AlembicException">A row has more or fewer values than there are columns.</exception>
        public void BulkInsert(string tableName, IReadOnlyList<string> columns, IEnumerable<object?[]> rows, string? schema = null)
        {
            var first = 0;
            InChunks(tableName, rows, chunk =>
            {
                foreach (var row in chunk)
                    Operations.BulkInsert.Check(tableName, columns, first++, row);
                Invoke(new BulkInsert(tableName, columns, chunk, schema));
            });
        }

        /// <summary>
        /// Inserts rows, many with one statement. They are read as they are needed: a generator's rows are never in memory all at once.
        /// </summary>
        /// <param name="tableName">The table's name.</param>
        /// <param name="rows">Objects with a property for each column (<c>new { id = 1, name = "ada" }</c>), or dictionaries; all with the
        /// columns of the first.</param>
        /// <param name="schema">The table's schema, or null for the connection's own.</param>
        /// <exception cref="AlembicException">A row lacks a column of the first.</exception>
        public void BulkInsert(string tableName, IEnumerable<object> rows, string? schema = null)
        {
            IReadOnlyList<string> columns = [];
            InChunks(tableName, rows.Select(Parameter.From), chunk =>
            {
                if (columns.Count == 0)
                    columns = [.. chunk[0].Keys];
                Invoke(new BulkInsert(tableName, columns, [.. chunk.Select(row => InOrder(tableName, columns, row))], schema));
            });
        }

        private static void InChunks<T>(string tableName, IEnumerable<T> rows, Action<T[]> insert)
        {
            // A generator does not know how many rows it will give.
            var total = rows.TryGetNonEnumeratedCount(out var count) ? count : 0;
            Pace? pace = null;
            pace = new() { Share = () => total == 0 ? null : (double)pace!.Rows / total };
            using var span = Spans.Begin(Spans.Insert, Spans.TableTag, tableName, pace);
            foreach (var chunk in rows.Chunk(Operations.BulkInsert.RowsPerStatement))
            {
                insert(chunk);
                pace.Add(chunk.Length);
            }
            span?.Tell(Spans.RowsTag, pace.Rows);
        }

        private static object?[] InOrder(string table, IReadOnlyList<string> columns, IReadOnlyDictionary<string, object?> row)
        {
            var values = columns.Select(column => row.TryGetValue(column, out var value)
                ? value
                : throw new AlembicException($"A row of the bulk insert into '{table}' has no value for the column '{column}'")).ToArray();
            return row.Count == columns.Count
                ? values
                : throw new AlembicException(
                    $"A row of the bulk insert into '{table}' has a value for '{row.Keys.Except(columns).First()}', which the first "
                        + "row does not have");
        }
    }
}

using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Operations
{
    /// <summary>Inserts rows.</summary>
    public sealed record BulkInsert : Operation
    {
        // Long enough to save round trips, short enough for every database's limits on a statement.
        private const int RowsPerStatement = 200;

        /// <summary>Rows for a table.</summary>
        /// <param name="table">The table's name.</param>
        /// <param name="columns">The columns that are given.</param>
        /// <param name="rows">The rows, each with a value for each column, in the columns' order.</param>
        /// <param name="schema">The table's schema, or null.</param>
        /// <exception cref="AlembicException">A row has more or fewer values than there are columns.</exception>
        public BulkInsert(string table, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<object?>> rows, string? schema = null)
        {
            Table = table;
            Columns = columns;
            Rows = [.. rows.Select(Seq.Of)];
            Schema = schema;
            foreach (var (index, row) in rows.Index())
            {
                if (row.Count != columns.Count)
                    throw new AlembicException($"Row {index + 1} of the bulk insert into '{table}' has {row.Count} values for {columns.Count} columns");
            }
        }

        /// <summary>The table's name.</summary>
        public string Table { get; init; }

        /// <summary>The columns that are given.</summary>
        public IReadOnlyList<string> Columns { get; init => field = Seq.Of(value); }

        /// <summary>The rows, each with a value for each column.</summary>
        public IReadOnlyList<IReadOnlyList<object?>> Rows { get; init => field = Seq.Of(value); }

        /// <summary>The table's schema, or null.</summary>
        public string? Schema { get; init; }

        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect) => Rows.Chunk(RowsPerStatement).Select(rows => Insert(dialect, rows));

        /// <inheritdoc/>
        public bool Equals(BulkInsert? other) => other is not null && (Table, Schema) == (other.Table, other.Schema) && Columns.Equals(other.Columns)
            && Rows.Count == other.Rows.Count && Rows.Zip(other.Rows).All(rows => rows.First.SequenceEqual(rows.Second, ValueComparer.Instance));

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Table, Schema, Columns, Rows.Count);

        internal string Insert(Dialect dialect, IEnumerable<IReadOnlyList<object?>> rows) =>
            $"INSERT INTO {dialect.Quote(Schema, Table)} ({string.Join(", ", Columns.Select(dialect.Quote))}) VALUES "
            + string.Join(", ", rows.Select(row => $"({string.Join(", ", row.Select(dialect.Literal))})"));

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) => code.Call("op.BulkInsert", Table, Columns, code.Block(Rows), ("schema", Schema));
    }
}

namespace Alembic
{
    public sealed partial class Op
    {
        /// <summary>Inserts rows.</summary>
        /// <param name="tableName">The table's name.</param>
        /// <param name="columns">The columns that are given.</param>
        /// <param name="rows">The rows, each with a value for each column, in the columns' order.</param>
        /// <param name="schema">The table's schema, or null for the connection's own.</param>
        public void BulkInsert(string tableName, IReadOnlyList<string> columns, IReadOnlyList<object?[]> rows, string? schema = null) =>
            Invoke(new BulkInsert(tableName, columns, rows, schema));

        /// <summary>Inserts rows.</summary>
        /// <param name="tableName">The table's name.</param>
        /// <param name="rows">Objects with a property for each column (<c>new { id = 1, name = "ada" }</c>), or dictionaries; all with the columns of the first.</param>
        /// <param name="schema">The table's schema, or null for the connection's own.</param>
        /// <exception cref="AlembicException">A row lacks a column of the first.</exception>
        public void BulkInsert(string tableName, IReadOnlyList<object> rows, string? schema = null)
        {
            var values = rows.Select(Parameter.From).ToList();
            if (values.Count == 0)
                return;
            string[] columns = [.. values[0].Keys];
            if (values.SelectMany(row => row.Keys).FirstOrDefault(name => !values[0].ContainsKey(name)) is { } more)
                throw new AlembicException($"A row of the bulk insert into '{tableName}' has a value for '{more}', which the first row has not");
            BulkInsert(
                tableName,
                columns,
                [.. values.Select(row => columns.Select(c => row.TryGetValue(c, out var value)
                    ? value
                    : throw new AlembicException($"A row of the bulk insert into '{tableName}' has no value for the column '{c}'")).ToArray())],
                schema);
        }
    }
}

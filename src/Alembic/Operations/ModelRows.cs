using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Operations
{
    /// <summary>Inserts rows that belong to the model.</summary>
    /// <param name="Data">The table and its rows.</param>
    public sealed record InsertData(TableRows Data) : Operation
    {
        /// <inheritdoc/>
        public override Operation Reverse() =>
            new DeleteData(Data.Table, Data.Key, [.. Data.Rows.Select(row => RowText.KeyOf(Data, row))], Data.Schema) { Definition = Data };

        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect)
        {
            var (before, after) = dialect.AroundInsert(Data);
            return [.. before, .. new BulkInsert(Data.Table, Data.Columns, Data.Rows, Data.Schema).Sql(dialect), .. after];
        }

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) =>
            code.Call("op.InsertData", Data.Table, Data.Key, Data.Columns, code.Block(Data.Rows), ("schema", Data.Schema));
    }

    /// <summary>Changes a row that belongs to the model.</summary>
    /// <param name="Table">The table's name.</param>
    /// <param name="Key">The columns that identify a row.</param>
    /// <param name="KeyValues">Their values in the row.</param>
    /// <param name="Columns">The columns that are changed.</param>
    /// <param name="Values">Their new values.</param>
    /// <param name="Schema">The table's schema, or null.</param>
    public sealed record UpdateData(
        string Table, IReadOnlyList<string> Key, IReadOnlyList<object?> KeyValues, IReadOnlyList<string> Columns,
        IReadOnlyList<object?> Values, string? Schema = null) : Operation
    {
        /// <summary>The values before; null if unknown.</summary>
        public IReadOnlyList<object?>? ExistingValues { get; init; }

        /// <inheritdoc/>
        public override Operation Reverse() =>
            ExistingValues is null ? base.Reverse() : this with { Values = ExistingValues, ExistingValues = Values };

        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect) =>
        [
            $"UPDATE {dialect.Quote(Schema, Table)} SET "
            + string.Join(", ", Columns.Zip(Values, (column, value) => $"{dialect.Quote(column)} = {dialect.Literal(value)}"))
            + $" WHERE {RowText.Condition(dialect, Key, KeyValues)}",
        ];

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) =>
            code.Call("op.UpdateData", Table, Key, KeyValues, Columns, Values, ("schema", Schema));

        /// <inheritdoc/>
        public bool Equals(UpdateData? other) => other is not null && (Table, Schema) == (other.Table, other.Schema)
            && Key.SequenceEqual(other.Key) && Columns.SequenceEqual(other.Columns)
            && KeyValues.SequenceEqual(other.KeyValues, ValueComparer.Instance)
            && Values.SequenceEqual(other.Values, ValueComparer.Instance);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Table, Schema, Key.Count, Columns.Count);
    }

    /// <summary>Deletes rows that belonged to the model.</summary>
    /// <param name="Table">The table's name.</param>
    /// <param name="Key">The columns that identify a row.</param>
    /// <param name="KeyValues">Their values, for each row.</param>
    /// <param name="Schema">The table's schema, or null.</param>
    public sealed record DeleteData(
        string Table, IReadOnlyList<string> Key, IReadOnlyList<IReadOnlyList<object?>> KeyValues, string? Schema = null) : Operation
    {
        /// <summary>The rows, for the downgrade; null if unknown.</summary>
        public TableRows? Definition { get; init; }

        /// <inheritdoc/>
        public override Operation Reverse() => Definition is null ? base.Reverse() : new InsertData(Definition);

        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect) =>
            KeyValues.Select(values => $"DELETE FROM {dialect.Quote(Schema, Table)} WHERE {RowText.Condition(dialect, Key, values)}");

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) =>
            code.Call("op.DeleteData", Table, Key, code.Block(KeyValues), ("schema", Schema));

        /// <inheritdoc/>
        public bool Equals(DeleteData? other) => other is not null && (Table, Schema) == (other.Table, other.Schema)
            && Key.SequenceEqual(other.Key)
            && KeyValues.Count == other.KeyValues.Count
            && KeyValues.Zip(other.KeyValues).All(values => values.First.SequenceEqual(values.Second, ValueComparer.Instance));

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Table, Schema, Key.Count, KeyValues.Count);
    }

    /// <summary>Conditions that find rows.</summary>
    internal static class RowText
    {
        public static string Condition(Dialect dialect, IReadOnlyList<string> key, IReadOnlyList<object?> values) =>
            key.Count == values.Count && key.Count > 0
            ? string.Join(" AND ", key.Zip(values, (column, value) => IsValue(dialect, dialect.Quote(column), value)))
            : throw new AlembicException($"A row has {values.Count} values for the key ({string.Join(", ", key)})");

        /// <summary>Writes a condition that is true if an expression has a value, which may be NULL.</summary>
        public static string IsValue(Dialect dialect, string expression, object? value) =>
            value is null ? $"{expression} IS NULL" : $"{expression} = {dialect.Literal(value)}";

        public static IReadOnlyList<object?> KeyOf(TableRows data, IReadOnlyList<object?> row) =>
            [.. data.Key.Select(column => row[data.Columns.IndexOf(column)])];

        /// <summary>Writes a key's values as a text by which keys are compared.</summary>
        public static string KeyText(Dialect dialect, IReadOnlyList<object?> key) => string.Join(", ", key.Select(dialect.Literal));

        public static int IndexOf(this IReadOnlyList<string> columns, string column) =>
            columns.ToList().IndexOf(column) is >= 0 and var index
            ? index
            : throw new AlembicException(
                $"The key column '{column}' is not among the columns that are given: {string.Join(", ", columns)}");
    }
}

namespace Alembic
{
    public sealed partial class Op
    {
        /// <summary>
        /// Inserts rows that belong to the model, such as reference data: autogenerate compares them with the model's from then on. For all
        /// other rows, use <c>BulkInsert</c>.
        /// </summary>
        /// <param name="tableName">The table's name.</param>
        /// <param name="keyColumns">The columns that identify a row.</param>
        /// <param name="columns">The columns that are given, including those of the key.</param>
        /// <param name="rows">The rows, each with a value for each column, in the columns' order.</param>
        /// <param name="schema">The table's schema, or null for the connection's own.</param>
        /// <exception cref="AlembicException">A row has more or fewer values than there are columns.</exception>
        public void InsertData(string tableName, IReadOnlyList<string> keyColumns, IReadOnlyList<string> columns,
            IReadOnlyList<object?[]> rows, string? schema = null)
        {
            foreach (var (index, row) in rows.Index())
                Operations.BulkInsert.Check(tableName, columns, index, row);
            Invoke(new InsertData(new TableRows(tableName, keyColumns, columns, rows, schema)));
        }

        /// <summary>Changes a row that belongs to the model.</summary>
        /// <param name="tableName">The table's name.</param>
        /// <param name="keyColumns">The columns that identify a row.</param>
        /// <param name="keyValues">Their values in the row.</param>
        /// <param name="columns">The columns that are changed.</param>
        /// <param name="values">Their new values.</param>
        /// <param name="schema">The table's schema, or null for the connection's own.</param>
        public void UpdateData(
            string tableName, IReadOnlyList<string> keyColumns, IReadOnlyList<object?> keyValues, IReadOnlyList<string> columns,
            IReadOnlyList<object?> values, string? schema = null) =>
            Invoke(new UpdateData(tableName, keyColumns, keyValues, columns, values, schema));

        /// <summary>Deletes rows that belonged to the model.</summary>
        /// <param name="tableName">The table's name.</param>
        /// <param name="keyColumns">The columns that identify a row.</param>
        /// <param name="keyValues">Their values, for each row.</param>
        /// <param name="schema">The table's schema, or null for the connection's own.</param>
        public void DeleteData(
            string tableName, IReadOnlyList<string> keyColumns, IReadOnlyList<object?[]> keyValues, string? schema = null) =>
            Invoke(new DeleteData(tableName, keyColumns, keyValues, schema));
    }
}

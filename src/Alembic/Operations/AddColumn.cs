using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Operations
{
    /// <summary>Adds a column to a table, with the column's own constraints and index.</summary>
    /// <param name="Table">The table's name.</param>
    /// <param name="Column">The column.</param>
    /// <param name="Schema">The table's schema, or null.</param>
    /// <param name="IfNotExists">Whether a column of that name is left as it is.</param>
    public sealed record AddColumn(string Table, Column Column, string? Schema = null, bool IfNotExists = false) : Operation
    {
        /// <inheritdoc/>
        public override Operation Reverse() => new DropColumn(Table, Column.Name, Schema) { Definition = Column };

        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect) =>
        [
            $"ALTER TABLE {dialect.Quote(Schema, Table)} ADD COLUMN "
                + $"{(IfNotExists ? "IF NOT EXISTS " : "")}{dialect.ColumnDefinition(Column)}",
            .. dialect.Comments(Alone),
            .. Beside.SelectMany(constraint => new CreateConstraint(Table, constraint, Schema).Sql(dialect)),
            .. Alone.Indexes.SelectMany(index => new CreateIndex(Table, index, Schema).Sql(dialect)),
        ];

        /// <summary>The column's own foreign keys and unique constraints.</summary>
        internal IEnumerable<Constraint> Beside => [.. Alone.ForeignKeys, .. Alone.Uniques];

        /// <summary>The column's own indexes.</summary>
        internal IEnumerable<TableIndex> Indexes => Alone.Indexes;

        private Table Alone => new(Table, [Column], Schema);

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) =>
            code.Batched("AddColumn", Table, [Column, ("ifNotExists", IfNotExists)], Schema);
    }
}

namespace Alembic
{
    public sealed partial class Op
    {
        /// <summary>Adds a column to a table.</summary>
        /// <param name="tableName">The table's name.</param>
        /// <param name="column">The column; one that is not nullable needs a server default if the table has rows.</param>
        /// <param name="schema">The table's schema, or null for the connection's own.</param>
        /// <param name="ifNotExists">Whether a column of that name is left as it is.</param>
        public void AddColumn(string tableName, Column column, string? schema = null, bool ifNotExists = false) =>
            Invoke(new AddColumn(tableName, column, schema, ifNotExists));
    }

    public sealed partial class BatchOp
    {
        /// <summary>Adds a column to the table.</summary>
        /// <param name="column">The column; one that is not nullable needs a server default if the table has rows.</param>
        /// <param name="ifNotExists">Whether a column of that name is left as it is.</param>
        public void AddColumn(Column column, bool ifNotExists = false) => Add(new AddColumn(_table, column, _schema, ifNotExists));
    }
}

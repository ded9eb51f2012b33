using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Operations
{
    /// <summary>Drops a column and its values.</summary>
    /// <param name="Table">The table's name.</param>
    /// <param name="Column">The column's name.</param>
    /// <param name="Schema">The table's schema, or null.</param>
    /// <param name="IfExists">Whether it may be missing.</param>
    public sealed record DropColumn(string Table, string Column, string? Schema = null, bool IfExists = false) : Operation
    {
        /// <summary>The column as it is, for the downgrade; null if unknown.</summary>
        public Column? Definition { get; init; }

        /// <inheritdoc/>
        public override Operation Reverse() => Definition is null ? base.Reverse() : new AddColumn(Table, Definition, Schema);

        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect) =>
            [$"ALTER TABLE {dialect.Quote(Schema, Table)} DROP COLUMN {(IfExists ? "IF EXISTS " : "")}{dialect.Quote(Column)}"];

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) =>
            code.Batched("DropColumn", Table, [Column, ("ifExists", IfExists)], Schema);
    }
}

namespace Alembic
{
    public sealed partial class Op
    {
        /// <summary>Drops a column and its values.</summary>
        /// <param name="tableName">The table's name.</param>
        /// <param name="columnName">The column's name.</param>
        /// <param name="schema">The table's schema, or null for the connection's own.</param>
        /// <param name="ifExists">Whether it may be missing.</param>
        public void DropColumn(string tableName, string columnName, string? schema = null, bool ifExists = false) =>
            Invoke(new DropColumn(tableName, columnName, schema, ifExists));
    }

    public sealed partial class BatchOp
    {
        /// <summary>Drops a column and its values.</summary>
        /// <param name="columnName">The column's name.</param>
        /// <param name="ifExists">Whether it may be missing.</param>
        public void DropColumn(string columnName, bool ifExists = false) => Add(new DropColumn(_table, columnName, _schema, ifExists));
    }
}

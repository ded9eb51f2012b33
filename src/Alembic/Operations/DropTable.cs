using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Operations
{
    /// <summary>Drops a table and its rows.</summary>
    /// <param name="Table">The table's name.</param>
    /// <param name="Schema">Its schema, or null.</param>
    /// <param name="IfExists">Whether it may be missing.</param>
    public sealed record DropTable(string Table, string? Schema = null, bool IfExists = false) : Operation
    {
        /// <summary>The table as it is, for the downgrade; null if unknown.</summary>
        public Table? Definition { get; init; }

        /// <inheritdoc/>
        public override Operation Reverse() => Definition is null ? base.Reverse() : new CreateTable(Definition);

        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect) =>
            [$"DROP TABLE {(IfExists ? "IF EXISTS " : "")}{dialect.Quote(Schema, Table)}"];

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) =>
            code.Call("op.DropTable", Table, ("schema", Schema), ("ifExists", IfExists));
    }
}

namespace Alembic
{
    public sealed partial class Op
    {
        /// <summary>Drops a table and its rows.</summary>
        /// <param name="tableName">The table's name.</param>
        /// <param name="schema">Its schema, or null for the connection's own.</param>
        /// <param name="ifExists">Whether it may be missing.</param>
        public void DropTable(string tableName, string? schema = null, bool ifExists = false) =>
            Invoke(new DropTable(tableName, schema, ifExists));
    }
}

using Alembic.Operations;

namespace Alembic.Operations
{
    /// <summary>Renames a table; its rows, indexes and constraints do not change.</summary>
    /// <param name="From">The old name.</param>
    /// <param name="To">The new name.</param>
    /// <param name="Schema">Its schema, or null.</param>
    public sealed record RenameTable(string From, string To, string? Schema = null) : Operation
    {
        /// <inheritdoc/>
        public override Operation Reverse() => this with { From = To, To = From };

        // The schema is not repeated after TO: the databases rename in place.
        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect) =>
            [$"ALTER TABLE {dialect.Quote(Schema, From)} RENAME TO {dialect.Quote(To)}"];

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) => code.Call("op.RenameTable", From, To, ("schema", Schema));
    }
}

namespace Alembic
{
    public sealed partial class Op
    {
        /// <summary>Renames a table.</summary>
        /// <param name="oldTableName">The old name.</param>
        /// <param name="newTableName">The new name.</param>
        /// <param name="schema">Its schema, or null for the connection's own.</param>
        public void RenameTable(string oldTableName, string newTableName, string? schema = null) =>
            Invoke(new RenameTable(oldTableName, newTableName, schema));
    }
}

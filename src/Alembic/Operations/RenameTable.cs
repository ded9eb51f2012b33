using Alembic.Operations;

namespace Alembic.Operations
{
    /// <summary>Gives a table a new name; its rows, indexes and constraints stay as they are.</summary>
    /// <param name="From">The name it has.</param>
    /// <param name="To">The name it gets.</param>
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
        /// <summary>Gives a table a new name.</summary>
        /// <param name="oldTableName">The name it has.</param>
        /// <param name="newTableName">The name it gets.</param>
        /// <param name="schema">Its schema, or null for the connection's own.</param>
        public void RenameTable(string oldTableName, string newTableName, string? schema = null) =>
            Invoke(new RenameTable(oldTableName, newTableName, schema));
    }
}

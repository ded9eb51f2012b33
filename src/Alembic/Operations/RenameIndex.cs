using Alembic.Operations;

namespace Alembic.Operations
{
    /// <summary>Renames an index without rebuilding it, except on SQLite, which cannot rename indexes.</summary>
    /// <param name="From">The old name.</param>
    /// <param name="To">The new name.</param>
    /// <param name="Table">Its table; some databases do not need it.</param>
    /// <param name="Schema">The table's schema, or null.</param>
    public sealed record RenameIndex(string From, string To, string? Table = null, string? Schema = null) : Operation
    {
        /// <inheritdoc/>
        public override Operation Reverse() => this with { From = To, To = From };

        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect) => [dialect.RenameIndexText(this)];

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) =>
            code.Call("op.RenameIndex", From, To, ("tableName", Table), ("schema", Schema));
    }
}

namespace Alembic
{
    public sealed partial class Op
    {
        /// <summary>Renames an index. On SQLite, it is recreated from its own text.</summary>
        /// <param name="oldIndexName">The old name.</param>
        /// <param name="newIndexName">The new name.</param>
        /// <param name="tableName">The table's name; MySQL and SQL Server need it.</param>
        /// <param name="schema">The table's schema, or null for the connection's own.</param>
        public void RenameIndex(string oldIndexName, string newIndexName, string? tableName = null, string? schema = null) =>
            Invoke(new RenameIndex(oldIndexName, newIndexName, tableName, schema));
    }
}

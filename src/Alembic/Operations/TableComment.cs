using Alembic.Operations;

namespace Alembic.Operations
{
    /// <summary>Sets or drops a table's comment in the database.</summary>
    /// <param name="Table">The table's name.</param>
    /// <param name="Comment">The comment; null to drop the one it has.</param>
    /// <param name="ExistingComment">The comment before, for the downgrade; null for none.</param>
    /// <param name="Schema">The table's schema, or null.</param>
    public sealed record TableComment(string Table, string? Comment, string? ExistingComment = null, string? Schema = null) : Operation
    {
        /// <inheritdoc/>
        public override Operation Reverse() => this with { Comment = ExistingComment, ExistingComment = Comment };

        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect) =>
            dialect.HasComments
            ? [$"COMMENT ON TABLE {dialect.Quote(Schema, Table)} IS {(Comment is null ? "NULL" : dialect.Literal(Comment))}"]
            : [];

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) => Comment is null
            ? code.Call("op.DropTableComment", Table, ("existingComment", ExistingComment), ("schema", Schema))
            : code.Call("op.CreateTableComment", Table, Comment, ("existingComment", ExistingComment), ("schema", Schema));
    }
}

namespace Alembic
{
    public sealed partial class Op
    {
        /// <summary>Sets a table's comment in the database. Does nothing if the database has no comments (SQLite).</summary>
        /// <param name="tableName">The table's name.</param>
        /// <param name="comment">The comment.</param>
        /// <param name="existingComment">The comment before, or null.</param>
        /// <param name="schema">The table's schema, or null for the connection's own.</param>
        public void CreateTableComment(string tableName, string comment, string? existingComment = null, string? schema = null) =>
            Invoke(new TableComment(tableName, comment, existingComment, schema));

        /// <summary>Drops a table's comment in the database.</summary>
        /// <param name="tableName">The table's name.</param>
        /// <param name="existingComment">The comment before, or null.</param>
        /// <param name="schema">The table's schema, or null for the connection's own.</param>
        public void DropTableComment(string tableName, string? existingComment = null, string? schema = null) =>
            Invoke(new TableComment(tableName, null, existingComment, schema));
    }
}

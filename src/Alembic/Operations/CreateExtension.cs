using Alembic.Operations;

namespace Alembic.Operations
{
    /// <summary>Creates an extension in a database, if it is missing (PostgreSQL).</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Schema">The schema for its objects, or null.</param>
    public sealed record CreateExtension(string Name, string? Schema = null) : Operation
    {
        /// <inheritdoc/>
        public override Operation Reverse() => new DropExtension(Name) { Schema = Schema };

        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect) =>
            [$"CREATE EXTENSION IF NOT EXISTS {dialect.Quote(Name)}{(Schema is null ? "" : $" SCHEMA {dialect.Quote(Schema)}")}"];

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) => code.Call("op.CreateExtension", Name, ("schema", Schema));
    }

    /// <summary>Drops an extension from a database (PostgreSQL).</summary>
    /// <param name="Name">Its name.</param>
    public sealed record DropExtension(string Name) : Operation
    {
        /// <summary>The schema of its objects, for the downgrade; or null.</summary>
        public string? Schema { get; init; }

        /// <inheritdoc/>
        public override Operation Reverse() => new CreateExtension(Name, Schema);

        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect) => [$"DROP EXTENSION {dialect.Quote(Name)}"];

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) => code.Call("op.DropExtension", Name);
    }
}

namespace Alembic
{
    public sealed partial class Op
    {
        /// <summary>Creates an extension in the database, if it is missing (PostgreSQL).</summary>
        /// <param name="name">Its name, for example <c>citext</c>.</param>
        /// <param name="schema">The schema for its objects, or null for the connection's own.</param>
        public void CreateExtension(string name, string? schema = null) => Invoke(new CreateExtension(name, schema));

        /// <summary>Drops an extension from the database (PostgreSQL).</summary>
        /// <param name="name">Its name.</param>
        public void DropExtension(string name) => Invoke(new DropExtension(name));
    }
}

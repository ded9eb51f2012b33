using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Operations
{
    /// <summary>Drops an enum type that no column uses any more (PostgreSQL). Does nothing on other databases.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Schema">Its schema, or null.</param>
    /// <param name="IfExists">Whether it may be missing.</param>
    public sealed record DropEnumType(string Name, string? Schema = null, bool IfExists = false) : Operation
    {
        /// <summary>Its values, for the downgrade; null if unknown.</summary>
        public IReadOnlyList<string>? Values { get; init => field = value is null ? null : EquatableList.Of(value); }

        /// <inheritdoc/>
        public override Operation Reverse() => Values is null ? base.Reverse() : new CreateEnumType(Name, Values, Schema);

        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect) => [];

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) =>
            code.Call("op.DropEnumType", Name, ("schema", Schema), ("ifExists", IfExists));
    }
}

namespace Alembic
{
    public sealed partial class Op
    {
        /// <summary>Drops an enum type that no column uses any more (PostgreSQL). Does nothing on other databases.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="schema">Its schema, or null for the connection's own.</param>
        /// <param name="ifExists">Whether it may be missing.</param>
        public void DropEnumType(string name, string? schema = null, bool ifExists = false) =>
            Invoke(new DropEnumType(name, schema, ifExists));
    }
}

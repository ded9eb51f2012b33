using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Operations
{
    /// <summary>
    /// Creates an enum type (PostgreSQL). Does nothing on other databases, which have no enum types.
    /// </summary>
    public sealed record CreateEnumType : Operation
    {
        /// <summary>Creates an enum type.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="values">Its values, in order.</param>
        /// <param name="schema">Its schema, or null.</param>
        /// <param name="ifNotExists">Whether a type of that name is left as it is.</param>
        public CreateEnumType(string name, IReadOnlyList<string> values, string? schema = null, bool ifNotExists = false)
        {
            Name = name;
            Values = values;
            Schema = schema;
            IfNotExists = ifNotExists;
        }

        /// <summary>Its name.</summary>
        public string Name { get; init; }

        /// <summary>Its values, in order.</summary>
        public IReadOnlyList<string> Values { get; init => field = EquatableList.Of(value); }

        /// <summary>Its schema, or null.</summary>
        public string? Schema { get; init; }

        /// <summary>Tells whether a type of that name is left as it is.</summary>
        public bool IfNotExists { get; init; }

        /// <inheritdoc/>
        public override Operation Reverse() => new DropEnumType(Name, Schema) { Values = Values };

        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect) => [];

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) =>
            code.Call("op.CreateEnumType", Name, Values, ("schema", Schema), ("ifNotExists", IfNotExists));
    }
}

namespace Alembic
{
    public sealed partial class Op
    {
        /// <summary>
        /// Creates an enum type (PostgreSQL). Does nothing on other databases, which have no enum types. A column also creates its enum
        /// type if it is missing, unless the type says <c>createType: false</c>.
        /// </summary>
        /// <param name="name">Its name.</param>
        /// <param name="values">Its values, in order.</param>
        /// <param name="schema">Its schema, or null for the connection's own.</param>
        /// <param name="ifNotExists">Whether a type of that name is left as it is.</param>
        public void CreateEnumType(string name, IReadOnlyList<string> values, string? schema = null, bool ifNotExists = false) =>
            Invoke(new CreateEnumType(name, values, schema, ifNotExists));
    }
}

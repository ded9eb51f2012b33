using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Operations
{
    /// <summary>Changes the values of an enum type (PostgreSQL). Does nothing on other databases, which have no enum types.</summary>
    public sealed record AlterEnumType : Operation
    {
        /// <summary>Creates the change of an enum type's values.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="values">The new values, in order.</param>
        /// <param name="existingValues">The values before; null if unknown.</param>
        /// <param name="schema">Its schema, or null.</param>
        public AlterEnumType(string name, IReadOnlyList<string> values, IReadOnlyList<string>? existingValues = null, string? schema = null)
        {
            Name = name;
            Values = values;
            ExistingValues = existingValues;
            Schema = schema;
        }

        /// <summary>Its name.</summary>
        public string Name { get; init; }

        /// <summary>The new values, in order.</summary>
        public IReadOnlyList<string> Values { get; init => field = EquatableList.Of(value); }

        /// <summary>The values before, or null.</summary>
        public IReadOnlyList<string>? ExistingValues { get; init => field = value is null ? null : EquatableList.Of(value); }

        /// <summary>Its schema, or null.</summary>
        public string? Schema { get; init; }

        /// <summary>
        /// Tells whether all existing values are kept in their order. The new ones are then inserted between them, and no row changes.
        /// </summary>
        internal bool IsAddition => ExistingValues is not null && Values.Where(ExistingValues.Contains).SequenceEqual(ExistingValues);

        /// <inheritdoc/>
        public override Operation Reverse() =>
            ExistingValues is null ? base.Reverse() : this with { Values = ExistingValues, ExistingValues = Values };

        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect) => [];

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) =>
            code.Call("op.AlterEnumType", Name, Values, code.Given("existingValues", ExistingValues), ("schema", Schema));
    }
}

namespace Alembic
{
    public sealed partial class Op
    {
        /// <summary>
        /// Changes the values of an enum type (PostgreSQL). Does nothing on other databases, which have no enum types. New values are
        /// added in place; they can be used after the commit, or at once inside an <see cref="AutocommitBlock"/>. If values are removed or
        /// reordered, recreates the type and converts all its columns. This fails if a row has a removed value.
        /// </summary>
        /// <param name="name">Its name.</param>
        /// <param name="values">The new values, in order.</param>
        /// <param name="existingValues">The values before; without them a script recreates the type.</param>
        /// <param name="schema">Its schema, or null for the connection's own.</param>
        public void AlterEnumType(string name, IReadOnlyList<string> values, IReadOnlyList<string>? existingValues = null,
            string? schema = null) =>
            Invoke(new AlterEnumType(name, values, existingValues, schema));
    }
}

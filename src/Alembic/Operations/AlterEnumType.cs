using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Operations
{
    /// <summary>Gives an enum type other values (PostgreSQL); elsewhere the columns hold the values, and nothing happens.</summary>
    public sealed record AlterEnumType : Operation
    {
        /// <summary>Creates an enum type with other values.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="values">The values that it has from now on, in order.</param>
        /// <param name="existingValues">Those that it had up to now; null where they are not known.</param>
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

        /// <summary>The values that it has from now on, in order.</summary>
        public IReadOnlyList<string> Values { get; init => field = EquatableList.Of(value); }

        /// <summary>Those that it had up to now, or null.</summary>
        public IReadOnlyList<string>? ExistingValues { get; init => field = value is null ? null : EquatableList.Of(value); }

        /// <summary>Its schema, or null.</summary>
        public string? Schema { get; init; }

        /// <summary>
        /// Tells whether all values that it had are kept in their order: then the others are put between them, and no row is touched.
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
        /// Gives an enum type other values (PostgreSQL); elsewhere nothing happens, as the columns hold the values there. New values are
        /// added in place; they can be used after the commit, or at once if this stands in <see cref="AutocommitBlock"/>. If values go or
        /// change their order, the type is made anew and all columns of it are converted, which fails when a row has a value that goes.
        /// </summary>
        /// <param name="name">Its name.</param>
        /// <param name="values">The values that it has from now on, in order.</param>
        /// <param name="existingValues">Those that it had up to now: without them a script makes the type anew.</param>
        /// <param name="schema">Its schema, or null for the connection's own.</param>
        public void AlterEnumType(string name, IReadOnlyList<string> values, IReadOnlyList<string>? existingValues = null,
            string? schema = null) =>
            Invoke(new AlterEnumType(name, values, existingValues, schema));
    }
}

using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Operations
{
    /// <summary>Creates a sequence (PostgreSQL, SQL Server, MariaDB).</summary>
    /// <param name="Sequence">The sequence.</param>
    public sealed record CreateSequence(Sequence Sequence) : Operation
    {
        /// <inheritdoc/>
        public override Operation Reverse() => new DropSequence(Sequence.Name, Sequence.Schema) { Definition = Sequence };

        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect)
        {
            dialect.CheckSequences(Sequence.Name);
            string?[] words =
            [
                $"CREATE SEQUENCE {dialect.Quote(Sequence.Schema, Sequence.Name)}",
                Sequence.Type is null ? null : $"AS {dialect.TypeName(Sequence.Type)}",
                .. Options(Sequence.Start, Sequence.Increment, Sequence.MinValue, Sequence.MaxValue, Sequence.Cache),
                Sequence.Cycle ? "CYCLE" : null,
            ];
            return [string.Join(' ', words.OfType<string>())];
        }

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) => code.Call(
            "op.CreateSequence", Sequence.Name, ("schema", Sequence.Schema), ("type", Sequence.Type), ("start", Sequence.Start),
            ("increment", Sequence.Increment), ("minValue", Sequence.MinValue),
            ("maxValue", Sequence.MaxValue), ("cycle", Sequence.Cycle), ("cache", Sequence.Cache));

        internal static IEnumerable<string?> Options(long? start, long? increment, long? minValue, long? maxValue, long? cache) =>
        [
            Number("START WITH", start), Number("INCREMENT BY", increment), Number("MINVALUE", minValue), Number("MAXVALUE", maxValue),
            Number("CACHE", cache),
        ];

        internal static string? Number(string word, long? value) => value is null ? null : FormattableString.Invariant($"{word} {value}");
    }

    /// <summary>Drops a sequence.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Schema">Its schema, or null.</param>
    public sealed record DropSequence(string Name, string? Schema = null) : Operation
    {
        /// <summary>The sequence as it was, for the downgrade; null if unknown.</summary>
        public Sequence? Definition { get; init; }

        /// <inheritdoc/>
        public override Operation Reverse() => Definition is null ? base.Reverse() : new CreateSequence(Definition);

        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect) => [$"DROP SEQUENCE {dialect.Quote(Schema, Name)}"];

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) => code.Call("op.DropSequence", Name, ("schema", Schema));
    }
}

namespace Alembic
{
    public sealed partial class Op
    {
        /// <summary>Creates a sequence (PostgreSQL, SQL Server, MariaDB); the database chooses omitted options.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="schema">Its schema, or null for the connection's own.</param>
        /// <param name="type">The type of its numbers.</param>
        /// <param name="start">The first number.</param>
        /// <param name="increment">The step.</param>
        /// <param name="minValue">The least number.</param>
        /// <param name="maxValue">The greatest number.</param>
        /// <param name="cycle">Whether it starts again after its last number.</param>
        /// <param name="cache">The number of values that a session takes at a time.</param>
        /// <exception cref="AlembicException">The database has no sequences.</exception>
        public void CreateSequence(
            string name, string? schema = null, SqlType? type = null, long? start = null, long? increment = null, long? minValue = null,
            long? maxValue = null, bool cycle = false,
            long? cache = null) =>
            Invoke(new CreateSequence(new Sequence(name, schema, type, start, increment, minValue, maxValue, cycle, cache)));

        /// <summary>Drops a sequence.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="schema">Its schema, or null for the connection's own.</param>
        public void DropSequence(string name, string? schema = null) => Invoke(new DropSequence(name, schema));
    }
}

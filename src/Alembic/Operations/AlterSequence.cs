using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Operations
{
    /// <summary>Changes the options of a sequence. A property that is null changes nothing.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Schema">Its schema, or null.</param>
    public sealed record AlterSequence(string Name, string? Schema = null) : Operation
    {
        /// <summary>The type of its numbers.</summary>
        public SqlType? Type { get; init; }

        /// <summary>The number that it begins with when it is restarted.</summary>
        public long? Start { get; init; }

        /// <summary>The step.</summary>
        public long? Increment { get; init; }

        /// <summary>The least number.</summary>
        public long? MinValue { get; init; }

        /// <summary>The greatest number.</summary>
        public long? MaxValue { get; init; }

        /// <summary>Tells whether it starts again after its last number.</summary>
        public bool? Cycle { get; init; }

        /// <summary>The number of values that a session takes at a time.</summary>
        public long? Cache { get; init; }

        /// <summary>The next number; null to continue.</summary>
        public long? Restart { get; init; }

        /// <summary>All options before, for the downgrade; null if unknown.</summary>
        public Sequence? Existing { get; init; }

        /// <summary>Tells whether it changes nothing.</summary>
        internal bool IsEmpty => this with { Existing = null } == new AlterSequence(Name, Schema);

        /// <inheritdoc/>
        public override Operation Reverse() => Existing is not { } old ? base.Reverse() : this with
        {
            Type = Type is null ? null : old.Type,
            Start = Start is null ? null : old.Start,
            Increment = Increment is null ? null : old.Increment,
            MinValue = MinValue is null ? null : old.MinValue,
            MaxValue = MaxValue is null ? null : old.MaxValue,
            Cycle = Cycle is null ? null : old.Cycle,
            Cache = Cache is null ? null : old.Cache,
            Restart = null,
            Existing = old with
            {
                Type = Type ?? old.Type, Start = Start ?? old.Start, Increment = Increment ?? old.Increment,
                MinValue = MinValue ?? old.MinValue,
                MaxValue = MaxValue ?? old.MaxValue, Cycle = Cycle ?? old.Cycle, Cache = Cache ?? old.Cache,
            },
        };

        /// <inheritdoc/>
        protected internal override IEnumerable<string> Sql(Dialect dialect)
        {
            dialect.CheckSequences(Name);
            if (IsEmpty)
                return [];
            string?[] words =
            [
                $"ALTER SEQUENCE {dialect.Quote(Schema, Name)}", Type is null ? null : $"AS {dialect.TypeName(Type)}",
                .. CreateSequence.Options(Start, Increment, MinValue, MaxValue, Cache),
                Cycle switch { true => "CYCLE", false => dialect.NoCycle, null => null }, CreateSequence.Number("RESTART WITH", Restart),
            ];
            return [string.Join(' ', words.OfType<string>())];
        }

        /// <inheritdoc/>
        protected internal override string CSharp(CodeWriter code) => code.Call(
            "op.AlterSequence", Name, ("schema", Schema), ("type", Type), ("start", Start), ("increment", Increment),
            ("minValue", MinValue), ("maxValue", MaxValue),
            code.Given("cycle", Cycle), ("cache", Cache), ("restart", Restart));
    }
}

namespace Alembic
{
    public sealed partial class Op
    {
        /// <summary>Changes the options of a sequence (PostgreSQL, SQL Server, MariaDB); an omitted argument changes nothing.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="schema">Its schema, or null for the connection's own.</param>
        /// <param name="type">The type of its numbers (PostgreSQL).</param>
        /// <param name="start">The number that it begins with when it is restarted without a number (PostgreSQL, MariaDB).</param>
        /// <param name="increment">The step.</param>
        /// <param name="minValue">The least number. If the current number is outside the limits, <paramref name="restart"/> must give the
        /// next one.</param>
        /// <param name="maxValue">The greatest number.</param>
        /// <param name="cycle">Whether it starts again after its last number.</param>
        /// <param name="cache">The number of values that a session takes at a time.</param>
        /// <param name="restart">The next number.</param>
        /// <exception cref="AlembicException">The database has no sequences, or cannot change this option.</exception>
        public void AlterSequence(
            string name, string? schema = null, SqlType? type = null, long? start = null, long? increment = null, long? minValue = null,
            long? maxValue = null, bool? cycle = null,
            long? cache = null, long? restart = null) => Invoke(new AlterSequence(name, schema)
            {
                Type = type, Start = start, Increment = increment, MinValue = minValue, MaxValue = maxValue, Cycle = cycle, Cache = cache,
                Restart = restart,
            });
    }
}

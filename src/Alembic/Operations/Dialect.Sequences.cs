using System.ComponentModel;
using System.Globalization;
using Alembic.Schema;

namespace Alembic.Operations;

/// <content>Sequences that belong to no column.</content>
public abstract partial class Dialect
{
    /// <summary>Tells whether there are sequences that belong to no column.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public virtual bool HasSequences => false;

    /// <summary>How a sequence is told to end at its last number.</summary>
    internal virtual string NoCycle => "NO CYCLE";

    /// <summary>What a sequence has that says nothing of it; what is null is not known, and not compared.</summary>
    /// <param name="sequence">The sequence.</param>
    internal virtual Sequence Complete(Sequence sequence) => Complete(sequence, (1, -1), sequence.Type?.Kind switch
    {
        SqlTypeKind.SmallInteger => (short.MinValue, short.MaxValue),
        SqlTypeKind.Integer => (int.MinValue, int.MaxValue),
        _ => (long.MinValue, long.MaxValue),
    }) with { Type = sequence.Type ?? SqlType.BigInteger, Cache = sequence.Cache ?? 1 };

    /// <summary>Gives a sequence its limits and its first number.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="near">The least number of one that counts up, and the greatest of one that counts down.</param>
    /// <param name="range">What its type can hold.</param>
    private protected static Sequence Complete(Sequence sequence, (long? Least, long? Most) near, (long? Least, long? Most) range)
    {
        var increment = sequence.Increment ?? 1;
        var min = sequence.MinValue ?? (increment > 0 ? near.Least : range.Least);
        var max = sequence.MaxValue ?? (increment > 0 ? range.Most : near.Most);
        return sequence with
        {
            Increment = increment, MinValue = min, MaxValue = max, Start = sequence.Start ?? (increment > 0 ? min : max)
        };
    }

    /// <summary>A sequence with all its options as the database has it; null where it is not there.</summary>
    /// <param name="session">The database.</param>
    /// <param name="schema">Its schema, or null for the connection's own.</param>
    /// <param name="name">Its name.</param>
    internal virtual Sequence? FindSequence(IMigrationSession session, string? schema, string name) =>
        HasSequences ? throw new NotSupportedException($"{Name} does not list its sequences") : null;

    /// <summary>Refuses an operation on a sequence where there are none.</summary>
    /// <param name="name">The sequence.</param>
    /// <exception cref="AlembicException">The database has none.</exception>
    internal void CheckSequences(string name)
    {
        if (!HasSequences)
            throw new AlembicException($"{Name} has no sequences: '{name}'");
    }

    /// <summary>A sequence from a row with its options.</summary>
    private protected static Sequence SequenceOf(IReadOnlyDictionary<string, object?> row, string? schema, string name, SqlType? type)
    {
        // A number beyond 64 bits is none that could be written.
        long? Number(string column) =>
            row[column] is { } value and not DBNull ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null;
        return new Sequence(name, schema, type, Number("start"), Number("increment"), Number("min"), Number("max"), Number("cycle") != 0,
            Number("cache"));
    }
}

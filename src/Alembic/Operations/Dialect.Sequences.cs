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

    /// <summary>The words that make a sequence end at its last number.</summary>
    internal virtual string NoCycle => "NO CYCLE";

    /// <summary>Fills in a sequence's default options. Options that stay null are unknown and not compared.</summary>
    /// <param name="sequence">The sequence.</param>
    internal virtual Sequence Complete(Sequence sequence) => Complete(sequence, (1, -1), sequence.Type?.Kind switch
    {
        SqlTypeKind.SmallInteger => (short.MinValue, short.MaxValue),
        SqlTypeKind.Integer => (int.MinValue, int.MaxValue),
        _ => (long.MinValue, long.MaxValue),
    }) with { Type = sequence.Type ?? SqlType.BigInteger, Cache = sequence.Cache ?? 1 };

    /// <summary>Fills in a sequence's limits and first number.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="near">The least number of an ascending sequence, and the greatest of a descending one.</param>
    /// <param name="range">The range of its type.</param>
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

    /// <summary>Reads a sequence with all its options from the database; null if it does not exist.</summary>
    /// <param name="session">The database.</param>
    /// <param name="schema">Its schema, or null for the connection's own.</param>
    /// <param name="name">Its name.</param>
    internal virtual Sequence? FindSequence(IMigrationSession session, string? schema, string name) =>
        HasSequences ? throw new NotSupportedException($"{Name} does not list its sequences") : null;

    /// <summary>Refuses an operation on a sequence if the database has none.</summary>
    /// <param name="name">The sequence.</param>
    /// <exception cref="AlembicException">The database has none.</exception>
    internal void CheckSequences(string name)
    {
        if (!HasSequences)
            throw new AlembicException($"{Name} has no sequences: '{name}'");
    }

    /// <summary>Creates a sequence from a row with its options.</summary>
    private protected static Sequence SequenceOf(IReadOnlyDictionary<string, object?> row, string? schema, string name, SqlType? type)
    {
        // A number beyond 64 bits is none that could be written.
        long? Number(string column) =>
            row[column] is { } value and not DBNull ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null;
        return new Sequence(name, schema, type, Number("start"), Number("increment"), Number("min"), Number("max"), Number("cycle") != 0,
            Number("cache"));
    }
}

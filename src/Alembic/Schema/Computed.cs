namespace Alembic.Schema;

/// <summary>Makes a column one that the database computes from others.</summary>
public sealed record Computed
{
    /// <summary>Creates a computed column.</summary>
    /// <param name="sql">The expression.</param>
    /// <param name="persisted">Whether the value is stored (true), computed on reading (false), or as the database likes (null).</param>
    public Computed(string sql, bool? persisted = null) => (Sql, Persisted) = (sql, persisted);

    /// <summary>The expression.</summary>
    public string Sql { get; init; }

    /// <summary>Tells whether the value is stored, computed on reading, or as the database likes (null).</summary>
    public bool? Persisted { get; init; }
}

/// <summary>Makes a column one that the database numbers: <c>GENERATED … AS IDENTITY</c>.</summary>
public sealed record Identity
{
    /// <summary>No identity; in an alteration: the column is no longer numbered.</summary>
    public static readonly Identity None = new() { IsNone = true };

    /// <summary>Creates an identity column; what is null is left to the database.</summary>
    /// <param name="always">Whether a value of one's own is refused.</param>
    /// <param name="start">The first number.</param>
    /// <param name="increment">The step.</param>
    /// <param name="minValue">The least number.</param>
    /// <param name="maxValue">The greatest number.</param>
    /// <param name="cycle">Whether it starts again after the last number.</param>
    /// <param name="cache">How many numbers a session takes at a time.</param>
    public Identity(
        bool always = false, long? start = null, long? increment = null, long? minValue = null, long? maxValue = null, bool? cycle = null,
        long? cache = null)
    {
        Always = always;
        Start = start;
        Increment = increment;
        MinValue = minValue;
        MaxValue = maxValue;
        Cycle = cycle;
        Cache = cache;
    }

    internal bool IsNone { get; private init; }

    /// <summary>Tells whether a value of one's own is refused.</summary>
    public bool Always { get; init; }

    /// <summary>The first number, or null.</summary>
    public long? Start { get; init; }

    /// <summary>The step, or null.</summary>
    public long? Increment { get; init; }

    /// <summary>The least number, or null.</summary>
    public long? MinValue { get; init; }

    /// <summary>The greatest number, or null.</summary>
    public long? MaxValue { get; init; }

    /// <summary>Tells whether it starts again after the last number, or null.</summary>
    public bool? Cycle { get; init; }

    /// <summary>The count of numbers that a session takes at a time, or null.</summary>
    public long? Cache { get; init; }
}

namespace Alembic.Schema;

/// <summary>Makes the database compute a column from others.</summary>
public sealed record Computed
{
    /// <summary>Creates a computed column.</summary>
    /// <param name="sql">The expression.</param>
    /// <param name="persisted">Whether the value is stored (true) or computed on reading (false); null for the database's
    /// default.</param>
    public Computed(string sql, bool? persisted = null) => (Sql, Persisted) = (sql, persisted);

    /// <summary>The expression.</summary>
    public string Sql { get; init; }

    /// <summary>Tells whether the value is stored (true) or computed on reading (false); null for the database's default.</summary>
    public bool? Persisted { get; init; }
}

/// <summary>Makes the database number a column: <c>GENERATED … AS IDENTITY</c>.</summary>
public sealed record Identity
{
    /// <summary>No identity; in an alteration: the column is no longer numbered.</summary>
    public static readonly Identity None = new() { IsNone = true };

    /// <summary>Creates an identity; null leaves an option to the database.</summary>
    /// <param name="always">Whether the database rejects values that a statement gives.</param>
    /// <param name="start">The first number.</param>
    /// <param name="increment">The step.</param>
    /// <param name="minValue">The smallest number.</param>
    /// <param name="maxValue">The largest number.</param>
    /// <param name="cycle">Whether it starts again after the last number.</param>
    /// <param name="cache">How many numbers a session reserves at a time.</param>
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

    /// <summary>Tells whether the database rejects values that a statement gives.</summary>
    public bool Always { get; init; }

    /// <summary>The first number, or null.</summary>
    public long? Start { get; init; }

    /// <summary>The step, or null.</summary>
    public long? Increment { get; init; }

    /// <summary>The smallest number, or null.</summary>
    public long? MinValue { get; init; }

    /// <summary>The largest number, or null.</summary>
    public long? MaxValue { get; init; }

    /// <summary>Tells whether it starts again after the last number, or null.</summary>
    public bool? Cycle { get; init; }

    /// <summary>The count of numbers that a session reserves at a time, or null.</summary>
    public long? Cache { get; init; }
}

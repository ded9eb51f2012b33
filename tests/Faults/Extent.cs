namespace Faults;

/// <summary>How much is tried: a sample in CI, everything by tests/Faults/full.</summary>
internal static class Extent
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("ALEMBIC_FAULTS") == "full";

    /// <summary>Rounds of what chance has a part in.</summary>
    public static int Rounds => IsFull ? 25 : 1;

    /// <summary>
    /// The points to try of 1 to <paramref name="count"/>: all, or as many as the sample has, spread over them with the last one among
    /// them.
    /// </summary>
    public static IEnumerable<int> Points(int count, int sample) =>
        IsFull || count <= sample ? Enumerable.Range(1, count) : Enumerable.Range(1, sample).Select(i => count * i / sample).Distinct();
}

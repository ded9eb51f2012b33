namespace Alembic;

/// <summary>Counts as text.</summary>
internal static class Counted
{
    /// <summary>Writes a number and what is counted: "1 row", "2 rows".</summary>
    /// <param name="count">The number.</param>
    /// <param name="what">What is counted, in the singular.</param>
    public static string Of(long count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}

namespace Alembic.Revisions;

/// <summary>The argument of history -r: two identifiers as typed, null for an end that is not given.</summary>
/// <param name="Start">The older end, itself part of the range; null for the base.</param>
/// <param name="End">The newer end; null for the heads.</param>
public sealed record RevisionRange(string? Start, string? End)
{
    /// <summary>Tells whether an end is "current", so that the version rows are needed.</summary>
    public bool NeedsRows => Start == "current" || End == "current";

    /// <summary>Reads "[start]:[end]".</summary>
    /// <param name="text">The text; white space around it is ignored.</param>
    /// <exception cref="AlembicException">There is not exactly one colon.</exception>
    public static RevisionRange Parse(string text) => text.Trim().Split(':') is [var start, var end]
        ? new(start.Length == 0 ? null : start, end.Length == 0 ? null : end)
        : throw new AlembicException("History range requires [start]:[end], [start]:, or :[end]");
}

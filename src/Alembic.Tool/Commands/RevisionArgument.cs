namespace Alembic.Tool.Commands;

/// <summary>Parses arguments that name revisions.</summary>
internal static class RevisionArgument
{
    /// <summary>Gets a target and, with --sql, the start before it: "from:to".</summary>
    public static (string? Start, string Target) Range(string argument, bool sql)
    {
        var parts = argument.Split(':');
        if (parts.Length == 1)
            return (null, argument);
        if (!sql)
            throw new UsageException("Range revision not allowed") { Hint = "a range is for --sql" };
        return parts is [{ Length: > 0 } start, { Length: > 0 } target]
            ? (start, target)
            : throw new UsageException($"'{argument}' is not a range of the form from:to");
    }
}

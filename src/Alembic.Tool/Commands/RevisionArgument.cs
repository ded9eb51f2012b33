namespace Alembic.Tool.Commands;

/// <summary>What stands for a revision on the command line.</summary>
internal static class RevisionArgument
{
    /// <summary>A target, and with --sql what comes before it: "from:to".</summary>
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

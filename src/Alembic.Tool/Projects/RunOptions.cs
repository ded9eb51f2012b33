using Microsoft.Extensions.Logging;

namespace Alembic.Tool;

/// <summary>What a command tells env.cs, and how the databases are opened for it.</summary>
internal sealed record RunOptions
{
    /// <summary>Tells whether the environment's model will be asked for.</summary>
    public bool UsesModel { get; init; }

    /// <summary>Tells whether code is refused if others may have put it there.</summary>
    public bool IsStrict { get; init; }

    /// <summary>The log of runs; null for the project's.</summary>
    public ILoggerFactory? Logging { get; init; }

    public string? Tag { get; init; }

    public string? Destination { get; init; }

    /// <summary>The script to write; null for a command that connects.</summary>
    public ScriptStart? Script { get; init; }
}

/// <summary>The start of a script.</summary>
/// <param name="From">The revision; several of them with commas between; null for an empty database.</param>
/// <param name="IsSeveral">Whether it may be several that are not heads.</param>
/// <param name="IsDatabase">Whether the database exists, and its tables can be read.</param>
internal sealed record ScriptStart(string? From = null, bool IsSeveral = false, bool IsDatabase = false);

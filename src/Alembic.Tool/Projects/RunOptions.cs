using Microsoft.Extensions.Logging;

namespace Alembic.Tool;

/// <summary>What a command tells env.cs, and how it wants the databases opened.</summary>
internal sealed record RunOptions
{
    /// <summary>Tells whether the environment's model will be asked for.</summary>
    public bool UsesModel { get; init; }

    /// <summary>Tells whether code from where others may have put it is refused.</summary>
    public bool IsStrict { get; init; }

    /// <summary>Where the log of runs goes; null for where the project's goes.</summary>
    public ILoggerFactory? Logging { get; init; }

    public string? Tag { get; init; }

    public string? Destination { get; init; }

    /// <summary>The script that is written; null for a command that connects.</summary>
    public ScriptStart? Script { get; init; }
}

/// <summary>Where a script starts.</summary>
/// <param name="From">The revision; several of them with commas between; null for an empty database.</param>
/// <param name="IsSeveral">Whether it may be several, which are no heads.</param>
/// <param name="IsDatabase">Whether the database is there already, and its tables can be looked at.</param>
internal sealed record ScriptStart(string? From = null, bool IsSeveral = false, bool IsDatabase = false);

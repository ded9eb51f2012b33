namespace Alembic;

/// <summary>Holds what environments and migrations can know about the command that runs them.</summary>
/// <param name="Config">The configuration file.</param>
public sealed record EnvironmentContext(AlembicConfig Config)
{
    /// <summary>The database that the command was told to use instead of the one that the environment names; null for none.</summary>
    public string? Url { get; init; }

    /// <summary>The <c>-x</c> arguments as they were given.</summary>
    public IReadOnlyList<string> XArguments { get; init; } = [];

    /// <summary>The <c>--tag</c> argument, or null.</summary>
    public string? Tag { get; init; }

    /// <summary>Tells whether the command writes a script.</summary>
    public bool IsOffline { get; init; }

    /// <summary>The heads of the revision files.</summary>
    public IReadOnlyList<string> HeadRevisions { get; init; } = [];

    /// <summary>The revision that the command goes to, or null.</summary>
    public string? Destination { get; init; }

    /// <summary>The revision that a script starts from, or null.</summary>
    public string? StartingRevision { get; init; }

    /// <summary>A context without a command: no configuration file and no arguments.</summary>
    public static EnvironmentContext Empty { get; } = new(new AlembicConfig(_ => null, _ => null, Console.Out.WriteLine));

    /// <summary>
    /// The <c>-x key=value</c> arguments. A missing value is empty; if a key is given several times, the last one counts.
    /// </summary>
    internal IReadOnlyDictionary<string, string> NamedXArguments
    {
        get
        {
            var result = new Dictionary<string, string>();
            foreach (var argument in XArguments)
            {
                var equals = argument.IndexOf('=', StringComparison.Ordinal);
                result[equals < 0 ? argument : argument[..equals]] = equals < 0 ? "" : argument[(equals + 1)..];
            }
            return result;
        }
    }
}

namespace Alembic.Tool.Output;

/// <summary>The colors of lines on stderr: errors are red, warnings yellow, hints dim.</summary>
/// <param name="arguments">Of the command line, which may want none.</param>
/// <param name="environment">Gives the variables that are usual for it: NO_COLOR, FORCE_COLOR, TERM.</param>
/// <param name="isTerminal">Whether stderr is a terminal.</param>
internal sealed class LineColors(IReadOnlyList<string> arguments, Func<string, string?> environment, Func<bool> isTerminal)
{
    private static readonly (string Beginning, string Code)[] Codes = [("FAILED: ", "31"), ("warning: ", "33"), ("hint: ", "2")];

    private readonly Lazy<bool> _areWanted = new(() => !arguments.Contains("--no-color") && !IsSet("NO_COLOR", environment)
        && (IsSet("FORCE_COLOR", environment) || (isTerminal() && IsSet("TERM", environment) && environment("TERM") != "dumb")));

    /// <summary>The line, colored by how it begins.</summary>
    public string Paint(string line) =>
        Codes.FirstOrDefault(each => line.StartsWith(each.Beginning, StringComparison.Ordinal)) is { Code: { } code } && _areWanted.Value
        ? $"\u001b[{code}m{line}\u001b[0m"
        : line;

    private static bool IsSet(string name, Func<string, string?> environment) => environment(name) is { Length: > 0 };
}

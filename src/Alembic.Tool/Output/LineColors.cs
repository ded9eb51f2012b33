namespace Alembic.Tool.Output;

/// <summary>The colors of lines on stderr: errors are red, warnings yellow, hints dim.</summary>
/// <param name="arguments">The arguments of the command line, which may turn colors off.</param>
/// <param name="environment">Gets the usual variables for it: NO_COLOR, FORCE_COLOR, TERM.</param>
/// <param name="isTerminal">Whether stderr is a terminal.</param>
internal sealed class LineColors(IReadOnlyList<string> arguments, Func<string, string?> environment, Func<bool> isTerminal)
{
    private readonly Lazy<bool> _areWanted = new(() => !arguments.Contains("--no-color") && !IsSet("NO_COLOR", environment)
        && (IsSet("FORCE_COLOR", environment) || (isTerminal() && IsSet("TERM", environment) && environment("TERM") != "dumb")));

    /// <summary>Gets the line, colored by how it begins.</summary>
    public string Paint(string line)
    {
        bool Begins(string with) => line.StartsWith(with, StringComparison.Ordinal);
        var code = Begins("FAILED: ") ? "31" : Begins("warning: ") ? "33" : Begins("hint: ") ? "2" : null;
        return code is not null && _areWanted.Value ? $"\u001b[{code}m{line}\u001b[0m" : line;
    }

    private static bool IsSet(string name, Func<string, string?> environment) => environment(name) is { Length: > 0 };
}

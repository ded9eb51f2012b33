using System.Reflection;

namespace Alembic.Tool.Commands;

/// <summary>What the help of a command shows below its options.</summary>
/// <param name="arguments">An example of its use.</param>
/// <param name="text">What the example does.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
internal sealed class ExampleAttribute(string arguments, string text) : Attribute
{
    public string Arguments => arguments;

    public string Text => text;
}

/// <summary>The exit codes of a command other than 0, 1 and 64.</summary>
/// <param name="codes">Exit codes.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ExitCodesAttribute(params int[] codes) : Attribute
{
    public IReadOnlyList<int> Codes => codes;
}

/// <summary>The part of a command's help that the parser does not know.</summary>
internal static class CommandHelp
{
    private static readonly SortedDictionary<int, string> Meanings = new()
    {
        [0] = "done, or nothing to do",
        [1] = "failed",
        [2] = "something was found",
        [3] = "several heads, or a revision that is unknown or ambiguous",
        [4] = "the wait for another run, or for a lock on a table, timed out",
        [5] = "applied files were changed, or the plan is out of date",
        [6] = "the database is read-only",
        [7] = "the database is behind",
        [64] = "the command line or the configuration",
        [130] = "cancelled",
    };

    /// <summary>Gets the examples, the exit codes, and the options that every command has.</summary>
    public static string Of(Type command)
    {
        var codes = command.GetCustomAttribute<ExitCodesAttribute>()?.Codes ?? [];
        string[] lines =
        [
            "", "Examples:",
            .. command.GetCustomAttributes<ExampleAttribute>()
                .SelectMany(example => new[] { $"  dotnet alembic {example.Arguments}", $"    {example.Text}" }),
            "", "Exit codes:",
            .. Meanings.Where(each => each.Key is 0 or 1 or 64 || codes.Contains(each.Key)).Select(each => $"  {each.Key,-5}{each.Value}"),
            "", "Options of every command (dotnet alembic --help):",
            "  -c FILE, -n SECTION, --url URL, -x KEY=VALUE, -v, -q, -o FILE, --json, --timings, --no-color, --no-code,",
            "  --raiseerr",
        ];
        return string.Join('\n', lines);
    }
}

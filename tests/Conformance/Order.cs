using System.Text.RegularExpressions;

namespace Alembic.Conformance;

/// <summary>Sorts what Alembic prints in an order that it leaves to chance.</summary>
internal static partial class Order
{
    private static readonly string[] OtherCommands = ["history", "show", "edit", "-h"];

    /// <summary>The lines of a command in an order that is always the same.</summary>
    public static IReadOnlyList<string> Canonical(IReadOnlyList<string> arguments, IEnumerable<string> printed)
    {
        List<string> lines = [];
        List<string> children = [];
        foreach (var line in printed.Select(WithSortedLists))
        {
            if (Child().IsMatch(line))
            {
                children.Add(line);
                continue;
            }
            lines.AddRange(children.Order(StringComparer.Ordinal));
            children.Clear();
            lines.Add(line);
        }
        lines.AddRange(children.Order(StringComparer.Ordinal));
        return arguments.Contains("current") && !arguments.Intersect(OtherCommands).Any() && !lines.Any(line => Begins(line, "usage:"))
            ? OfCurrent(arguments, lines) : lines;
    }

    /// <summary>The revisions of a verbose output, sorted.</summary>
    public static IEnumerable<string> Blocks(IEnumerable<string> lines)
    {
        List<List<string>> blocks = [];
        foreach (var line in lines)
        {
            if (blocks.Count == 0 || Begins(line, "Rev: "))
                blocks.Add([]);
            blocks[^1].Add(line);
        }
        return blocks.OrderBy(block => string.Join('\n', block), StringComparer.Ordinal).SelectMany(block => block);
    }

    private static List<string> OfCurrent(IReadOnlyList<string> arguments, List<string> lines)
    {
        var head = lines.Where(line => Begins(line, "Current revision(s) for")).ToList();
        var tail = lines.Where(line => Begins(line, "FAILED:")).ToList();
        IEnumerable<string> rest = lines.Where(line => !head.Contains(line) && !tail.Contains(line)).ToList();
        if (rest.Any(line => Begins(line, "Rev: ")))
            rest = Blocks(rest);
        else if (!arguments.Contains("print_x"))
            rest = rest.OrderBy(line => OfEnvironment().IsMatch(line) ? "" : line, StringComparer.Ordinal);
        return [.. head, .. rest, .. tail];
    }

    // Labels, and what a branch point leads to, are sets.
    private static string WithSortedLists(string line) => Branches().Match(line) is { Success: true } match
        ? match.Groups[1].Value + Sorted(match.Groups[2].Value)
        : Labels().Replace(line, found => $"{found.Groups[1].Value}({Sorted(found.Groups[2].Value)})", 1);

    private static string Sorted(string list) => string.Join(", ", list.Split(", ").Order(StringComparer.Ordinal));

    private static bool Begins(string line, string text) => line.StartsWith(text, StringComparison.Ordinal);

    [GeneratedRegex("^ +-> ")]
    private static partial Regex Child();

    [GeneratedRegex("^(?:x-list|x-dict|tag|option)(?::|$)")]
    private static partial Regex OfEnvironment();

    [GeneratedRegex("^(Branches into: |Branch names: )(.*)$")]
    private static partial Regex Branches();

    [GeneratedRegex(@"^((?:.*? -> )?[^\s(),]+ )\(([^()]*, [^()]*)\)(?=$|,| \((?:head|effective head|current|branchpoint|mergepoint)\))")]
    private static partial Regex Labels();
}

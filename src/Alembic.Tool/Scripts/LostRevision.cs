using System.Text.RegularExpressions;

namespace Alembic.Tool.Scripts;

/// <summary>Recognizes a file among the revisions that is not a revision, but looks as if it should be one.</summary>
internal static partial class LostRevision
{
    /// <returns>The problem, with the file as the subject of the sentence; null for a helper.</returns>
    public static string? WhyLost(string path)
    {
        var text = File.ReadAllText(path);
        return string.IsNullOrWhiteSpace(text) ? "is empty: it is not a revision"
            : Class()
                .Match(
                    text) is { Success: true } found ? $"has a migration without [Revision(\"…\")], {found.Groups["name"].Value}: it is "
                        + "not a revision, and does not run"
            : null;
    }

    // An abstract class is a base class for others. A comment does not begin like this.
    [GeneratedRegex(
        @"^[ \t]*(?:(?:public|internal|file|sealed|partial)\s+)*class\s+(?<name>\w+)\s*"
            + @"(?:\(\s*\)\s*)?:\s*(?:global::)?(?:Alembic\.)?Migration\b",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Class();
}

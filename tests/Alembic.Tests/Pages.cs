using System.Text.RegularExpressions;

namespace Alembic.Tests;

/// <summary>The pages of the documentation, and what of their text is no code.</summary>
internal static partial class Pages
{
    private static readonly string Docs = Path.Combine(Repository.Root, "docs");

    /// <summary>All pages.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Markdown(Repository.Root), .. Directory.EnumerateFiles(Docs, "*.md", SearchOption.AllDirectories)];

    /// <summary>The pages for users of the tool.</summary>
    public static IReadOnlyList<string> ForUsers { get; } =
    [
        Path.Combine(Repository.Root, "README.md"),
        .. Markdown(Docs).Where(page => Path.GetFileName(page) != "architecture.md"),
        .. Markdown(Path.Combine(Docs, "how-to")),
        .. Markdown(Path.Combine(Docs, "reference")),
    ];

    public static string WithoutBlocks(string page) => Block().Replace(page.ReplaceLineEndings("\n"), "");

    public static string WithoutCode(string page) => Span().Replace(WithoutBlocks(page), "");

    /// <summary>The lines that are neither code nor of a table.</summary>
    public static IEnumerable<string> Prose(string page) =>
        WithoutBlocks(page).Split('\n').Where(line => !line.TrimStart().StartsWith('|'));

    private static IEnumerable<string> Markdown(string folder) => Directory.EnumerateFiles(folder, "*.md");

    [GeneratedRegex(@"^ *```.*?^ *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"`[^`\n]*`")]
    private static partial Regex Span();
}

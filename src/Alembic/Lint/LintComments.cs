using System.Text.RegularExpressions;

namespace Alembic.Lint;

/// <summary>
/// The comments of a migration's file that ignore rules: <c>// lint: ignore ALB5102 because nobody reads it since 2.4</c>.
/// </summary>
internal sealed partial class LintComments
{
    private readonly IReadOnlyList<string> _lines;
    private readonly List<(int Line, string Code, string Reason)> _comments = [];

    public LintComments(IReadOnlyList<string> lines)
    {
        _lines = lines;
        for (var line = 0; line < lines.Count; line++)
        {
            if (Comment().Match(lines[line]) is { Success: true } found)
                _comments.Add((line, found.Groups["code"].Value, found.Groups["reason"].Value.Trim()));
        }
    }

    /// <summary>The comments without a reason or a rule: what is wrong with each, and its line.</summary>
    /// <param name="codes">The codes of all rules.</param>
    public IEnumerable<(int Line, string Text)> Bad(IReadOnlySet<string> codes) => _comments
        .Select(c => (c.Line + 1, Text: c.Code.Length == 0 ? "it names no rule"
            : !codes.Contains(c.Code) ? $"there is no rule {c.Code}"
            : c.Reason.Length == 0 ? $"it does not say why {c.Code} does not matter here" : ""))
        .Where(c => c.Text.Length > 0);

    /// <summary>Tells whether a comment on a line or just above it ignores a rule there; without a line, any comment counts.</summary>
    public bool Ignores(string code, int? line) =>
        _comments.Any(c => c.Code == code && c.Reason.Length > 0 && (line is null || Covers(c.Line, line.Value - 1)));

    private bool Covers(int comment, int line) =>
        comment == line || (comment < line
            && Enumerable.Range(comment, line - comment)
                .All(at => at < _lines.Count && _lines[at].TrimStart().StartsWith("//", StringComparison.Ordinal)));

    [GeneratedRegex(@"//\s*lint:\s*ignore\b\s*(?<code>ALB\d+)?(?:\s+because\s+(?<reason>.*))?", RegexOptions.CultureInvariant)]
    private static partial Regex Comment();
}

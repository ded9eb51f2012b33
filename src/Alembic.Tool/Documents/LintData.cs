using System.ComponentModel;
using Alembic.Lint;
using Alembic.Revisions;

namespace Alembic.Tool.Documents;

/// <summary>A finding of <c>lint</c>.</summary>
internal sealed record LintData(
    [Description("The rule: docs/reference/lint.md lists them.")] string Code,
    [Description("'error' or 'warning'.")] string Severity,
    [Description("What goes wrong, and at which moment.")] string Message,
    [Description("The revision id; null for all of them together.")] string? Revision,
    [Description("The file, as an absolute path.")] string? File,
    [Description("The line in that file, from 1; null for the migration as a whole.")] int? Line,
    [Description("What to write instead, as lines of C#.")] IReadOnlyList<string> Safe)
{
    public static LintData Of(LintFinding finding, Revision? revision) => new(
        finding.Code, finding.Severity == LintSeverity.Error ? Diagnostic.Error : Diagnostic.Warning, finding.Text, revision?.Id,
        revision?.Path, finding.Line, finding.Safe);

    /// <summary>Gets the finding in the form for build servers.</summary>
    public Diagnostic ToDiagnostic() => new(Code, Severity, string.Join('\n', [Message, .. Safe]), null, File, Line, null, Revision);

    /// <summary>Gets the finding in the form that editors and build logs turn into links, with the safe way below.</summary>
    public IEnumerable<string> Lines() =>
        [$"{File ?? "alembic"}{(Line is null ? "" : $"({Line})")}: {Severity} {Code}: {Message}", .. Safe.Select(line => $"    {line}")];
}

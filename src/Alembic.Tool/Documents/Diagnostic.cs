using System.ComponentModel;

namespace Alembic.Tool.Documents;

/// <summary>An error or a warning of a command.</summary>
internal sealed record Diagnostic(
    [Description("What it is, for programs: docs/reference/diagnostics.md lists the codes.")] string Code,
    [Description("'error' or 'warning'.")] string Severity,
    [Description("What is wrong, in one line.")] string Message,
    [Description("What to do about it.")] string? Hint = null,
    [Description("The file that it is about, as an absolute path.")] string? File = null,
    [Description("The line in that file, from 1.")] int? Line = null,
    [Description("The column in that line, from 1.")] int? Column = null,
    [Description("The revision that it is about.")] string? Revision = null,
    [Description("The statement that the database refused.")] string? Statement = null)
{
    public const string Error = "error";
    public const string Warning = "warning";
}

using System.Globalization;
using System.Text;
using Alembic.Tool.Output;

namespace Alembic.Tool.Documents;

/// <summary>The results of a command as Markdown, for the page of a build.</summary>
internal static class Summary
{
    // The page takes a megabyte from all commands of a step.
    private const int MostRows = 500;

    /// <summary>Gets the text; null for a command that has nothing to say on that page.</summary>
    public static string? Of(Document document, Func<string, string> path)
    {
        List<string> parts =
            [.. Findings(document, path), .. Checks(document), .. document.Data.SelectMany(Part), .. Diagnostics(document, path)];
        return parts.Count == 0 ? null
            : $"### dotnet alembic {Text(document.Command ?? "")}: {(document.Ok ? "done" : $"exit code {document.ExitCode}")}\n\n"
                + string.Join("\n\n", parts) + "\n\n";
    }

    private static IEnumerable<string> Part(object data) => data switch
    {
        PlanData plan => Plan(plan),
        MigrationData { Script: null, ScriptFile: null } run => [Run(run)],
        ComparisonData { Differences.Count: > 0 } comparison =>
            [$"{Code(comparison.Database)} and the model differ:", string.Join('\n', comparison.Differences.Select(d => $"- {Text(d)}"))],
        _ => [],
    };

    private static IEnumerable<string> Findings(Document document, Func<string, string> path) =>
        document.Data.OfType<LintData>().ToList() is { Count: > 0 } findings
        ? [Table(["rule", "severity", "where", "what"], findings.Select(f => new[]
            {
                Code(f.Code), f.Severity, Place(f.File, f.Line, path),
                Text(f.Message) + string.Concat(f.Safe.Select(line => $"<br>{Code(line)}")),
            }))]
        : document is { Command: "lint", Ok: true } ? ["No findings."] : [];

    private static IEnumerable<string> Checks(Document document) => document.Data.OfType<CiData>().ToList() is { Count: > 0 } checks
        ? [Table(["check", "result", "what", "seconds"], checks.Select(c => new[]
            {
                Text(c.Check), c.Result, string.Join("<br>", c.Details.Take(MostRows).Select(Code).Prepend(Text(c.Message))),
                c.Seconds.ToString("0.###", CultureInfo.InvariantCulture),
            }))]
        : [];

    private static IEnumerable<string> Diagnostics(Document document, Func<string, string> path) => document.Diagnostics.Count == 0 ? []
        : [Table(["code", "severity", "where", "what"], document.Diagnostics.Select(d => new[]
            {
                Code(d.Code), d.Severity, Place(d.File, d.Line, path),
                Text(d.Message) + (d.Hint is { } hint ? $"<br>hint: {Text(hint)}" : ""),
            }))];

    private static IEnumerable<string> Plan(PlanData plan)
    {
        yield return $"{Code(plan.Database)} is at {Names(plan.From)}; {Counted.Of(plan.Steps.Count, "step")} to {Code(plan.Target)}.";
        if (plan.Steps.Count > 0)
        {
            yield return Table(["step", "message", "operations", "beware"], plan.Steps.Select(step => new[]
            {
                $"{step.Kind} {Code(step.Revision ?? "")}", Text(step.Message),
                string.Join("<br>", step.Operations.Select(o => Code(o.Text))),
                string.Join("<br>", step.Operations.SelectMany(Remarks).Append(step.Unforeseen is { } why ? $"not predictable: {why}" : "")
                    .Where(remark => remark.Length > 0).Select(Text)),
            }));
        }
    }

    private static IEnumerable<string> Remarks(PlannedOperationData operation) =>
    [
        .. operation.RebuiltTable is { } table ? [$"rebuilds {table}"] : Array.Empty<string>(),
        .. operation.Lost.Select(lost => $"loses {lost}"),
        .. operation.Locks,
    ];

    private static string Run(MigrationData run)
    {
        var at = $"{Code(run.Database ?? "")} is at {Names(run.Revisions)}.{(run.IsDryRun ? " All of it was rolled back." : "")}"
            + string.Concat(run.NotRun.Select(line => $"<br>{Text(line)}"));
        return run.Applied.Count == 0 ? at : at + "\n\n" + Table(["step", "message", "seconds"], run.Applied.Select(a => new[]
        {
            $"{a.Kind} {Code(a.Revision ?? "")}", Text(a.Message), a.Seconds.ToString("0.###", CultureInfo.InvariantCulture),
        }));
    }

    private static string Table(IReadOnlyList<string> titles, IEnumerable<string[]> rows)
    {
        var all = rows.ToList();
        return string.Join('\n',
        [
            Row(titles), Row(titles.Select(_ => "---")), .. all.Take(MostRows).Select(Row),
            .. all.Count > MostRows ? [Row([$"… {all.Count - MostRows} more", .. titles.Skip(1).Select(_ => "")])] : Array.Empty<string>(),
        ]);
    }

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private static string Place(string? file, int? line, Func<string, string> path) =>
        file is null ? "" : Code(path(file) + (line is null ? "" : $":{line}"));

    private static string Names(IReadOnlyList<string> ids) => ids.Count == 0 ? "base" : string.Join(", ", ids.Select(Code));

    private static string Code(string text) => text.Length == 0 ? "" : $"<code>{Text(text)}</code>";

    // An entity is never taken for Markdown or a tag.
    private static string Text(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var sign in Visible.Text(text).ReplaceLineEndings(" "))
        {
            if (char.IsAscii(sign) && !char.IsLetterOrDigit(sign) && !" .,;/()-='\"".Contains(sign))
                result.Append(CultureInfo.InvariantCulture, $"&#{(int)sign};");
            else
                result.Append(sign);
        }
        return result.ToString();
    }
}

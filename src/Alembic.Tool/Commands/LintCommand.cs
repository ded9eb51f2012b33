using Alembic.Databases;
using Alembic.Tool.Documents;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("lint", Description = "Find what loses data, blocks others or breaks them, without a database; exit code 2 for errors.")]
[Example("lint", "Checks all revisions.")]
[Example("lint --since origin/main", "Checks the revisions that this branch adds.")]
[ExitCodes(2, 3)]
internal sealed class LintCommand(Project project) : IKnownCommand
{
    public static KnownCommand Known =>
        KnownCommand.Of(project => new LintCommand(project), (command, range) => command.Range = range, isOptional: true)
            with { NeedsProject = true };

    [Argument(0, "range", "A revision, or a range as [start]:[end]; default: all.")]
    public string? Range { get; set; }

    [Option("--since <GITREF>", "Only revisions whose files are new or changed since this branch, tag or commit.",
        CommandOptionType.SingleValue)]
    public string? Since { get; init; }

    [Option("--format <FORMAT>", "Write a report instead of lines: gitlab (code quality) or sarif.", CommandOptionType.SingleValue)]
    public string? Format { get; init; }

    public int OnExecute()
    {
        if (Format is not (null or LintReports.GitLab or LintReports.Sarif))
            throw new UsageException($"--format {Format}: there is no such report") { Hint = "gitlab or sarif" };
        if (Format is not null && project.Options.Json)
            throw new UsageException("--format and --json cannot be combined");
        var linting = new Linting(project);
        var chosen = linting.Choose(Range, Since);
        List<LintData> findings = [.. linting.SeveralHeads()];
        project.OnEachDatabase(new RunOptions { Script = new() }, database => findings.AddRange(linting.Check(database, chosen)));
        // A finding that several databases have is told once.
        findings = [.. findings.DistinctBy(f => (f.Code, f.File, f.Line, f.Message))];
        Show(findings);
        var errors = findings.Count(f => f.Severity == Diagnostic.Error);
        if (errors > 0)
            throw new LintException(errors, findings.Count - errors);
        if (Format is null)
        {
            project.Reporter.Print(findings.Count == 0
                ? $"No findings in {Counted.Of(chosen.Count, "revision")}."
                : $"{Counted.Of(findings.Count, "warning")} in {Counted.Of(chosen.Count, "revision")}.");
        }
        return 0;
    }

    private void Show(IReadOnlyList<LintData> findings)
    {
        foreach (var finding in findings)
        {
            project.Reporter.Show(() => finding, Format is null ? finding.Lines() : []);
            project.Reporter.Annotate(finding.ToDiagnostic());
        }
        if (Format is not null)
            project.Reporter.ShowText(text => text, writer => writer.Write(
                new LintReports(project.Reporter.RepositoryPath, LintRules.All).Of(Format, findings, project.Settings.Ini.Path)));
    }
}

/// <summary>Rules have found errors.</summary>
internal sealed class LintException : AlembicException
{
    public LintException(int errors, int warnings)
        : base(Count(errors, warnings)) =>
        Hint = "write it the safe way; or, if it is intended, put '// lint: ignore ALBnnnn because …' above it";

    public static string Count(int errors, int warnings) =>
        Counted.Of(errors, "error") + (warnings == 0 ? "" : $" and {Counted.Of(warnings, "warning")}");
}

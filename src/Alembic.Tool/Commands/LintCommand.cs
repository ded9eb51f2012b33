using Alembic.Databases;
using Alembic.Lint;
using Alembic.Operations;
using Alembic.Revisions;
using Alembic.Tool.Configuration;
using Alembic.Tool.Documents;
using Alembic.Tool.Scripts;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("lint", Description = "Look for what loses data, blocks or breaks others, without a database; exit code 2 if there are errors.")]
[Example("lint", "Judges all revisions.")]
[Example("lint --since origin/main", "Judges those that this branch adds.")]
[ExitCodes(2, 3)]
internal sealed class LintCommand(Project project) : ICommand
{
    [Argument(0, "range", "A revision, or a range as [start]:[end]; default: all.")]
    public string? Range { get; set; }

    [Option("--since <GITREF>", "Only revisions whose files are new or changed since this branch, tag or commit.",
        CommandOptionType.SingleValue)]
    public string? Since { get; init; }

    [Option("--format <FORMAT>", "A report in place of lines: gitlab (code quality) or sarif.", CommandOptionType.SingleValue)]
    public string? Format { get; init; }

    public int OnExecute()
    {
        if (Format is not (null or LintReports.GitLab or LintReports.Sarif))
            throw new UsageException($"--format {Format}: there is no such report") { Hint = "gitlab or sarif" };
        if (Format is not null && project.Options.Json)
            throw new UsageException("--format and --json are two forms of the same: give one of them");
        var linter = new Linter(LintRules.All, Severities());
        var chosen = Chosen();
        List<LintData> findings = [.. SeveralHeads(linter)];
        project.OnEachDatabase(new RunOptions { Sql = true }, database =>
        {
            // All are looked at: what an earlier one has done may make a later one safe.
            IReadOnlyList<RevisionNode> all = [.. project.Map.History().Reverse()];
            var create = database.Load(all);
            List<LintedMigration> earlier = [];
            foreach (var node in all)
            {
                var migration = Recorded(node.Revision, create, database) with { Earlier = earlier };
                if (chosen.Contains(node))
                    findings.AddRange(Check(linter, node.Revision, migration));
                earlier.Add(migration);
            }
        });
        // What several databases have alike is told once.
        findings = [.. findings.DistinctBy(f => (f.Code, f.File, f.Line, f.Message))];
        Show(findings);
        var errors = findings.Count(f => f.Severity == Diagnostic.Error);
        if (errors > 0)
            throw new LintException(errors, findings.Count - errors);
        if (Format is null)
        {
            project.Print(findings.Count == 0
                ? $"Nothing to say of {Counted.Of(chosen.Count, "revision")}."
                : $"{Counted.Of(findings.Count, "warning")} in {Counted.Of(chosen.Count, "revision")}.");
        }
        return 0;
    }

    private void Show(IReadOnlyList<LintData> findings)
    {
        foreach (var finding in findings)
        {
            project.Show(() => finding, Format is null ? finding.Lines() : []);
            project.Annotate(finding.ToDiagnostic());
        }
        if (Format is not null)
            project.ShowText(text => text, writer => writer.Write(
                new LintReports(project.RepositoryPath, LintRules.All).Of(Format, findings, project.Settings.Ini.Path)));
    }

    // The oldest first: that is how they are read.
    private List<RevisionNode> Chosen()
    {
        var range = Range is null ? new RevisionRange(null, null)
            : RevisionRange.Parse(Range.Contains(':', StringComparison.Ordinal) ? Range : $"{Range}:{Range}");
        if (range.NeedsRows)
            throw new UsageException("lint looks at no database, and 'current' is in one");
        var since = Since is null ? null : new Git(project.Programs, project.Terminal.WorkingDirectory).ChangedSince(Since);
        return [.. project.Map.History(range, []).Reverse()
            .Where(r => since is null || (r.Revision.Path is { } path && since.Contains(Paths.Real(path))))];
    }

    private IEnumerable<LintData> SeveralHeads(Linter linter)
    {
        var rule = LintRules.SeveralHeads;
        // Branches with names are meant to have a head each.
        var heads = project.Map.Heads.Where(h => h.BranchLabels.Count == 0).Select(h => h.Id).ToList();
        return project.Map.Heads.Count < 2 || heads.Count == 0 || linter.SeverityOf(rule) == LintSeverity.Off
            ? []
            : [LintData.Of(
                new(rule.Code, linter.SeverityOf(rule), $"'upgrade head' fails, as it does not say which of several heads: "
                    + string.Join(", ", project.Map.Heads.Select(h => h.Id)), null,
                    [$"// dotnet alembic merge -m \"Merge migrations\" {string.Join(' ', project.Map.Heads.Select(h => h.Id))}"]),
                null)];
    }

    private static LintedMigration Recorded(Revision revision, Func<Revision, Migration> create, DatabaseRun database) =>
        LintedMigration.Of(
            database.Migrator.Dialect, op => create(revision).Upgrade(op), op => create(revision).Downgrade(op), revision.Path,
            database.Context);

    private static IEnumerable<LintData> Check(Linter linter, Revision revision, LintedMigration migration)
    {
        var comments = new LintComments(revision.Path is { } path ? File.ReadAllLines(path) : []);
        return linter.Check(LintRules.BadIgnore, comments)
            .Concat(linter.Check(migration, LintRules.For(migration.Dialect), comments))
            .OrderBy(f => f.Line ?? 0).Select(f => LintData.Of(f, revision));
    }

    private Dictionary<string, LintSeverity> Severities()
    {
        Dictionary<string, LintSeverity> result = [];
        foreach (var (key, value) in project.Settings.Lint)
        {
            var code = key.ToUpperInvariant();
            if (LintRules.All.All(r => r.Code != code))
                throw Invalid($"there is no rule '{code}'", "docs/reference/lint.md lists the rules");
            if (!Enum.TryParse<LintSeverity>(value, ignoreCase: true, out var severity) || int.TryParse(value, out _))
                throw Invalid($"{code} is '{value}'", "write off, warning or error");
            result[code] = severity;
        }
        return result;
    }

    private ConfigurationException Invalid(string problem, string hint) =>
        new($"{project.Settings.Ini.Path}, section [lint]: {problem}") { Hint = hint };
}

/// <summary>Rules have found errors.</summary>
internal sealed class LintException : AlembicException
{
    public LintException(int errors, int warnings)
        : base(Counted.Of(errors, "error") + (warnings == 0 ? "" : $" and {Counted.Of(warnings, "warning")}")) =>
        Hint = "write it the safe way; or, where it is meant so, '// lint: ignore ALBnnnn because …' above it";
}

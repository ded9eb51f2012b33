using Alembic.Autogenerate;
using Alembic.Migrations;
using Alembic.Operations;
using Alembic.Revisions;
using Alembic.Testing;
using Alembic.Tool.Documents;
using Alembic.Tool.EntityFramework;
using Alembic.Tool.Scripts;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("ci", Description = "Check the revisions on new databases, as a pipeline should; exit code 2 if a check fails.")]
[Example("ci", "Runs the five checks; lint judges the revisions that this branch adds.")]
[Example("ci --since origin/main --junit ci.xml", "Says what is new, and writes a report for the build server.")]
[ExitCodes(2, 130)]
internal sealed class CiCommand(Project project) : ICommand
{
    private const string Revisions = "revisions";
    private const string RoundTrip = "round trip";
    private const string Model = "model";
    private const string Lint = "lint";
    private const string Scripts = "scripts";

    private readonly List<CiData> _checks = [];

    [Option("--since <GITREF>",
        "Lint revisions whose files are new or changed since this branch, tag or commit; default: the default branch.",
        CommandOptionType.SingleValue)]
    public string? Since { get; init; }

    [Option("--skip <CHECK>", "Leave out a check: 'round trip', model, lint or scripts. May be given several times.",
        CommandOptionType.MultipleValue)]
    public string[] Skip { get; init; } = [];

    [Option("--junit <FILE>", "Write the results into this file, in JUnit's XML.", CommandOptionType.SingleValue)]
    public string? JUnit { get; init; }

    [Option("--no-build", "Do not build the project of an EF Core model; fail if it is not up to date.", CommandOptionType.NoValue)]
    public bool NoBuild { get; init; }

    [Option("--use-host", "Run the application's Main to create the context of an EF Core model.", CommandOptionType.NoValue)]
    public bool UseHost { get; init; }

    public int OnExecute()
    {
        if (Skip.Except([RoundTrip, Model, Lint, Scripts]).FirstOrDefault() is { } unknown)
            throw new UsageException($"--skip {unknown}: there is no such check") { Hint = "'round trip', model, lint or scripts" };
        // Without a project there is nothing to check: that is no failed check.
        _ = project.Settings.ScriptLocation;
        var linting = new Linting(project);
        Check(Revisions, null, () => CheckRevisions(linting));
        if (_checks[0].Result == CiData.Failed && !IsReadable())
            Array.ForEach([RoundTrip, Model, Lint, Scripts], name => Check(name, null, () => Outcome.NotChecked("no graph of revisions")));
        else
            CheckDatabases(linting);
        Show();
        if (JUnit is not null)
            NewFile.Replace(project.FullPath(JUnit), JUnitReport.Of(_checks, project.Shown));
        var failed = _checks.Count(c => c.Result == CiData.Failed);
        return failed == 0 ? 0 : throw new ChecksFailedException(failed, _checks.Count);
    }

    private void CheckDatabases(Linting linting)
    {
        var since = Since ?? (Skip.Contains(Lint) ? null : linting.DefaultBranch());
        var chosen = linting.Choose(null, since);
        project.OnEachDatabase(new RunOptions { UsesModel = true, Logging = project.Warnings }, database =>
        {
            Check(RoundTrip, database, () =>
            {
                database.OnScratch(scratch => scratch.Check(MigrationChecks.GoUpAndDown));
                return Outcome.Ok("");
            });
            Check(Model, database, () => CheckModel(database));
            Check(Lint, database, () => CheckLint(linting, database, chosen, since));
            Check(Scripts, database, () =>
            {
                database.OnScratch(scratch => database.OnScratch(other => scratch.Check((migrations, own, options) =>
                    MigrationChecks.HaveScripts(migrations, own, other.Migrator.Database!, options))));
                return Outcome.Ok("");
            });
        });
    }

    private Outcome CheckRevisions(Linting linting)
    {
        project.Scripts.RefuseNone();
        var (revisions, heads) = (project.Map.Revisions.ToList(), project.Map.Heads);
        return (linting.SeveralHeads().ToList(), project.Scripts.Warnings) switch
        {
            ([var several, ..], _) => Outcome.Failed(several.Message, several.Safe),
            (_, { Count: > 0 } warnings) => Outcome.Failed(warnings[0], [.. warnings.Skip(1)]),
            _ => Outcome.Ok($"{Counted.Of(revisions.Count, "revision")}, {Counted.Of(heads.Count, "head")}"),
        };
    }

    private bool IsReadable()
    {
        try
        {
            return project.Map is not null;
        }
        catch (AlembicException)
        {
            return false;
        }
    }

    private Outcome CheckModel(DatabaseRun database)
    {
        try
        {
            var comparison = database.Replay(new ModelOptions(NoBuild, UseHost), options => options);
            return database.IsDifferent(comparison)
                ? Outcome.Failed(Counted.Of(comparison.Lines.Count, "difference"), comparison.Lines)
                : Outcome.Ok("");
        }
        catch (ModelMissingException)
        {
            return Outcome.NotChecked("neither env.cs nor the ini file names a model");
        }
    }

    private Outcome CheckLint(Linting linting, DatabaseRun database, IReadOnlyList<RevisionNode> chosen, string? since)
    {
        var findings = linting.Check(database, chosen).ToList();
        foreach (var finding in findings)
            project.Annotate(finding.ToDiagnostic());
        var errors = findings.Count(f => f.Severity == Diagnostic.Error);
        var scope = $"in {Counted.Of(chosen.Count, "revision")}{(since is null ? "" : $" since {since}")}";
        IReadOnlyList<string> lines = [.. findings.SelectMany(f => f.Lines())];
        return errors > 0 ? Outcome.Failed($"{LintException.Count(errors, findings.Count - errors)} {scope}", lines)
            : new(CiData.Ok, findings.Count > 0 ? $"{Counted.Of(findings.Count, "warning")} {scope}" : $"nothing {scope}", lines);
    }

    private void Check(string name, DatabaseRun? database, Func<Outcome> work)
    {
        var start = project.Terminal.Clock.GetTimestamp();
        var outcome = Skip.Contains(name) ? Outcome.NotChecked("--skip") : Carry(work);
        _checks.Add(new(name, database?.Migrator.Database!.DisplayUrl, outcome.Result, outcome.Message, outcome.Details,
            Math.Round(project.Terminal.Clock.GetElapsedTime(start).TotalSeconds, 3)));
    }

#pragma warning disable CA1031 // Every exception: code of the project runs in there, and the other checks are to be made all the same.
    private Outcome Carry(Func<Outcome> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or MigrationCancelledException))
        {
            if (Offline(exception) is { } asks)
                return Outcome.NotChecked(asks);
            var found = project.Diagnose(exception);
            // One that has more to say says it in lines.
            var lines = exception is MigrationCheckException ? exception.Message.Split('\n') : [found[^1].Message];
            project.Annotate(found[^1]);
            return Outcome.Failed(lines[0],
            [
                .. lines.Skip(1), .. found.SkipLast(1).Select(d => $"{d.File}({d.Line},{d.Column}): {d.Severity} {d.Message}"),
                .. found[^1].Statement?.Split('\n') ?? [], .. found[^1].Hint is { } hint ? [$"hint: {hint}"] : Array.Empty<string>(),
            ]);
        }
    }
#pragma warning restore CA1031

    // A migration that asks the database has no script: that is known, and no fault of it.
    private static string? Offline(Exception exception) =>
        exception is OfflineException || exception.InnerException is OfflineException ? exception.Message.Split('\n')[0] : null;

    private void Show()
    {
        var isNamed = _checks.Select(c => c.Database).OfType<string>().Distinct().Count() > 1;
        foreach (var check in _checks)
            project.Show(() => check, check.Line(isNamed));
        foreach (var check in _checks.Where(c => c.Details.Count > 0))
        {
            foreach (var line in check.Details.Select(line => $"    {line}").Prepend($"{check.Check}: {check.Message}").Prepend(""))
                project.Print(line);
        }
    }

    private sealed record Outcome(string Result, string Message, IReadOnlyList<string> Details)
    {
        public static Outcome Ok(string message) => new(CiData.Ok, message, []);

        public static Outcome Failed(string message, IReadOnlyList<string> details) => new(CiData.Failed, message, details);

        public static Outcome NotChecked(string why) => new(CiData.Skipped, why, []);
    }
}

/// <summary>Checks of a pipeline do not hold.</summary>
internal sealed class ChecksFailedException(int failed, int all) : AlembicException($"{failed} of {Counted.Of(all, "check")} failed");

using Alembic.Migrations;
using Alembic.Operations;
using Alembic.Revisions;
using Alembic.Testing;
using Alembic.Tool.Documents;
using Alembic.Tool.EntityFramework;
using Alembic.Tool.Scripts;

namespace Alembic.Tool.Commands;

/// <summary>Checks the revisions as a pipeline should: their files, and what they do on new databases.</summary>
/// <param name="project">The project.</param>
/// <param name="skip">The checks that are left out.</param>
/// <param name="since">The branch, tag or commit since which revisions are linted; null for the default branch.</param>
/// <param name="model">How an EF Core model is read.</param>
internal sealed class PipelineChecks(Project project, IReadOnlyCollection<string> skip, string? since, ModelOptions model)
{
    private const string Revisions = "revisions";
    private const string RoundTrip = "round trip";
    private const string Model = "model";
    private const string Lint = "lint";
    private const string Scripts = "scripts";

    private readonly Linting _linting = new(project);
    private readonly List<CiData> _made = [];

    /// <summary>The checks that can be skipped.</summary>
    public static IReadOnlyList<string> Optional { get; } = [RoundTrip, Model, Lint, Scripts];

    /// <summary>Runs all checks, even if one fails, and shows each as soon as it ends.</summary>
    public IReadOnlyList<CiData> Run()
    {
        // An unknown branch is a wrong argument, not a failed check. It is told before the first line.
        var from = since ?? (skip.Contains(Lint) ? null : _linting.DefaultBranch());
        var chosen = IsReadable() ? _linting.Choose(null, from) : null;
        Check(Revisions, null, CheckRevisions);
        if (chosen is not null)
            CheckDatabases(chosen, from);
        else
        {
            foreach (var name in Optional)
                Check(name, null, () => Outcome.NotChecked("no graph of revisions"));
        }
        return _made;
    }

    private void CheckDatabases(IReadOnlyList<RevisionNode> chosen, string? from) =>
        project.OnEachDatabase(new RunOptions { UsesModel = true, Logging = project.Reporter.Warnings }, database =>
        {
            Check(RoundTrip, database, () =>
            {
                database.OnScratch(scratch => scratch.Check(MigrationChecks.GoUpAndDown));
                return Outcome.Ok("");
            });
            Check(Model, database, () => CheckModel(database));
            Check(Lint, database, () => CheckLint(database, chosen, from));
            Check(Scripts, database, () =>
            {
                database.OnScratch(scratch => database.OnScratch(other => scratch.Check((migrations, own, options) =>
                    MigrationChecks.HaveScripts(migrations, own, other.Migrator.Database!, options))));
                return Outcome.Ok("");
            });
        });

    private Outcome CheckRevisions()
    {
        project.Scripts.RefuseNone();
        var (revisions, heads) = (project.Map.Revisions.ToList(), project.Map.Heads);
        return (_linting.SeveralHeads().ToList(), project.Scripts.Warnings) switch
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
            var comparison = database.Replay(model, options => options);
            return database.IsDifferent(comparison)
                ? Outcome.Failed(Counted.Of(comparison.Lines.Count, "difference"), comparison.Lines)
                : Outcome.Ok("");
        }
        catch (ModelMissingException)
        {
            return Outcome.NotChecked("neither env.cs nor the ini file names a model");
        }
    }

    private Outcome CheckLint(DatabaseRun database, IReadOnlyList<RevisionNode> chosen, string? from)
    {
        var findings = _linting.Check(database, chosen).ToList();
        foreach (var finding in findings)
            project.Reporter.Annotate(finding.ToDiagnostic());
        var errors = findings.Count(f => f.Severity == Diagnostic.Error);
        var scope = $"in {Counted.Of(chosen.Count, "revision")}{(from is null ? "" : $" since {from}")}";
        IReadOnlyList<string> lines = [.. findings.SelectMany(f => f.Lines())];
        return errors > 0 ? Outcome.Failed($"{LintException.Count(errors, findings.Count - errors)} {scope}", lines)
            : new(CiData.Ok, findings.Count > 0 ? $"{Counted.Of(findings.Count, "warning")} {scope}" : $"nothing {scope}", lines);
    }

    private void Check(string name, DatabaseRun? database, Func<Outcome> work)
    {
        var start = project.Terminal.Clock.GetTimestamp();
        var outcome = skip.Contains(name) ? Outcome.NotChecked("--skip") : Carry(work);
        var made = new CiData(name, database?.Migrator.Database!.DisplayUrl, outcome.Result, outcome.Message, outcome.Details,
            Math.Round(project.Terminal.Clock.GetElapsedTime(start).TotalSeconds, 3));
        _made.Add(made);
        // More databases may follow. If env.cs names this one, there may be several.
        project.Reporter.Show(() => made, made.Line(isNamed: database?.Migrator.Environment.EngineName is not null));
    }

#pragma warning disable CA1031 // Every exception: the project's code runs in there, and the other checks have to run all the same.
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
            // An exception with several messages has a line for each.
            var lines = exception is MigrationCheckException ? exception.Message.Split('\n') : [found[^1].Message];
            project.Reporter.Annotate(found[^1]);
            return Outcome.Failed(lines[0],
            [
                .. lines.Skip(1), .. found.SkipLast(1).Select(d => $"{d.File}({d.Line},{d.Column}): {d.Severity} {d.Message}"),
                .. found[^1].Statement?.Split('\n') ?? [], .. found[^1].Hint is { } hint ? [$"hint: {hint}"] : Array.Empty<string>(),
            ]);
        }
    }
#pragma warning restore CA1031

    // A migration that queries the database has no script: that is known, and not an error.
    private static string? Offline(Exception exception) =>
        exception is OfflineException || exception.InnerException is OfflineException ? exception.Message.Split('\n')[0] : null;

    private sealed record Outcome(string Result, string Message, IReadOnlyList<string> Details)
    {
        public static Outcome Ok(string message) => new(CiData.Ok, message, []);

        public static Outcome Failed(string message, IReadOnlyList<string> details) => new(CiData.Failed, message, details);

        public static Outcome NotChecked(string why) => new(CiData.Skipped, why, []);
    }
}

using Alembic.Migrations;
using Alembic.Revisions;
using Alembic.Tool.Configuration;
using Alembic.Tool.Documents;
using Alembic.Tool.Scripts;

namespace Alembic.Tool;

/// <summary>The project's env.cs: loads it, and has a command run on each of the databases that it names.</summary>
internal sealed class ProjectEnvironment(Project project, RunOptions run)
{
    private readonly Provenance _provenance = new(project.Settings);

    public void OnEachDatabase(Action<DatabaseRun> work)
    {
        project.RefuseCode("this command runs env.cs, and revisions if there are any to run");
        var environment = Load();
        using var cancelling = new CancellationTokenSource();
        using var interrupts = project.Terminal.OnInterrupt(cancelling.Cancel);
        var databases = new DatabaseOpener(project, run, environment, LoadMigrations, work, cancelling.Token);
        environment.Run(new MigrationRunner(environment, databases.Open));
    }

    private MigrationEnvironment Load()
    {
        var (settings, terminal) = (project.Settings, project.Terminal);
        var environmentFile = ScriptFolder.Open(settings).EnvironmentFile;
        if (run.Script is null)
            project.Preparation.Driver(() => project.Url ?? settings.Url);
        project.Code.Prepare(environmentFile, run.UsesModel);
        if (run.UsesModel)
            project.Preparation.Comparison();
        project.Addresses.LearnSecrets();
        if (run.IsStrict && _provenance.Unknown is { } unknown)
            project.Reporter.Warn(DiagnosticCode.OpenToOthers, unknown);
        Report(_provenance.OfPlaces(environmentFile));
        // The graph is read first: an error in it must not cost a connection.
        var map = project.Map;
        // User code must find the console in its final state.
        terminal.Open();
        var environment = Compiled(() => project.Code.LoadEnvironment(environmentFile));
        environment.Attach(
            new EnvironmentContext(new AlembicConfig(settings.Option, settings.Ini.Section, text => terminal.Raw.WriteLine(text)))
        {
            Url = project.Url,
            XArguments = project.Options.X,
            Tag = run.Tag,
            IsOffline = run.Script is not null,
            HeadRevisions = [.. map.Heads.Select(h => h.Id)],
            Destination = run.Destination,
            StartingRevision = run.Script?.From,
        });
        return environment;
    }

    private Func<Revision, Migration> LoadMigrations(IReadOnlyList<Step> steps)
    {
        Report(_provenance.OfFiles(steps.Select(step => step.Revision!.Path).OfType<string>().Concat(project.Scripts.Helpers)));
        return Compiled(() => project.Code.LoadMigrations(steps, project.Scripts.Helpers));
    }

    // What was compiled in parallel before takes only the time that is waited for it.
    private static T Compiled<T>(Func<T> load)
    {
        using var span = Spans.Begin(Spans.Compile);
        return load();
    }

    private void Report(IEnumerable<string> findings)
    {
        foreach (var finding in findings)
        {
            if (run.IsStrict)
            {
                throw new ConfigurationException($"{finding}: nothing was run")
                {
                    Hint = "fix that, or run without --strict and 'strict = true'",
                };
            }
            project.Reporter.Warn(DiagnosticCode.OpenToOthers, finding);
        }
    }
}

using Alembic.Autogenerate;
using Alembic.Migrations;
using Alembic.Operations;
using Alembic.Revisions;
using Alembic.Schema;
using Alembic.Tool.Configuration;
using Alembic.Tool.Connections;
using Alembic.Tool.Documents;
using Alembic.Tool.EntityFramework;
using Alembic.Tool.Scripts;
using Microsoft.Extensions.Logging;

namespace Alembic.Tool;

/// <summary>Loads the environment, and opens each of the databases that it asks for.</summary>
internal sealed class EnvironmentRun(Project project, RunOptions run)
{
    private readonly Provenance _provenance = new(project.Settings);

    public void OnEachDatabase(Action<DatabaseRun> work)
    {
        project.RefuseCode("this command runs env.cs, and revisions if there are any to run");
        var environment = Load();
        using var cancelling = new CancellationTokenSource();
        using var interrupts = project.Terminal.OnInterrupt(cancelling.Cancel);
        environment.Run(new MigrationRunner(environment, (name, url, scriptFile) =>
        {
            var options = new EnvironmentOptions { EngineName = name, KeepsHistory = project.Settings.HistoryTable };
            environment.Configure(options);
            var migrators = new Migrators(
                new MigrationSet(project.Map, LoadMigrations), Options(options, environment.Context, cancelling.Token));
            using var migrator = Open(migrators, url, options);
            work(new DatabaseRun(project, run, environment, migrators, migrator, scriptFile));
        }));
    }

    private MigrationEnvironment Load()
    {
        var (settings, terminal) = (project.Settings, project.Terminal);
        var environmentFile = ScriptFolder.Open(settings).EnvironmentFile;
        if (!run.Sql)
            project.Preparation.Driver(() => settings.Url);
        project.Code.Prepare(environmentFile, run.UsesModel);
        if (run.UsesModel)
            project.Preparation.Comparison();
        project.Addresses.LearnSecrets();
        Report(_provenance.OfPlaces(environmentFile));
        // The graph is looked at first: what is wrong with it must not cost a connection.
        var map = project.Map;
        // User code must find the console as it will be.
        terminal.Open();
        var environment = project.Code.LoadEnvironment(environmentFile);
        environment.Attach(
            new EnvironmentContext(new AlembicConfig(settings.Option, settings.Ini.Section, text => terminal.Raw.WriteLine(text)))
        {
            XArguments = project.Options.X,
            Tag = run.Tag,
            IsOffline = run.Sql,
            HeadRevisions = [.. map.Heads.Select(h => h.Id)],
            Destination = run.Destination,
            StartingRevision = run.Start,
        });
        return environment;
    }

    private MigratorOptions Options(EnvironmentOptions options, EnvironmentContext context, CancellationToken cancelled) => new()
    {
        Environment = options,
        Context = context,
        Logging = run.IsQuiet ? project.Warnings : project.Logging,
        Clock = project.Terminal.Clock,
        LockTimeout = TimeSpan.FromSeconds(run.LockTimeout ?? project.Settings.LockTimeout),
        Cancelled = cancelled,
        ToolVersion = ToolVersion.Text,
        User = $"{System.Environment.UserName}@{System.Environment.MachineName}",
    };

    private Migrator Open(Migrators migrators, string url, EnvironmentOptions options)
    {
        if (!run.Sql)
            return migrators.Of(project.Addresses.Connect(url, options));
        var dialect = project.Addresses.DialectOf(url, options);
        return migrators.ForScripts(dialect, ScriptStart(options), Replica(dialect, url, options));
    }

    private Database? Replica(Dialect dialect, string url, EnvironmentOptions options)
    {
        if (!run.FromDatabase)
            return Connector.Replica(dialect);
        return project.Addresses.Connect(url, options).Replica(withTables: true)
            ?? throw new ConfigurationException($"--from-database is for SQLite, and this is {dialect.Name}");
    }

    // A guard wants all that the database is at, which may be several revisions that are no heads.
    private IReadOnlyList<string> ScriptStart(EnvironmentOptions options) => (options.StartingRevision ?? run.Start) is { } start
        ? [.. (run.Guarded ? start.Split(',') : [start]).SelectMany(project.Map.Resolve).Select(r => r.Id)]
        : [];

    private Func<Revision, Migration> LoadMigrations(IReadOnlyList<Step> steps)
    {
        Report(_provenance.OfFiles(steps.Select(step => step.Revision!.Path).OfType<string>().Concat(project.Scripts.Helpers)));
        return project.Code.LoadMigrations(steps, project.Scripts.Helpers);
    }

    private void Report(IEnumerable<string> findings)
    {
        foreach (var finding in findings)
        {
            if (run.IsStrict)
            {
                throw new ConfigurationException($"{finding}: nothing was run")
                {
                    Hint = "put that right, or go without --strict and 'strict = true'",
                };
            }
            project.Warn(DiagnosticCode.OpenToOthers, finding);
        }
    }
}

/// <summary>How a command runs the environment.</summary>
internal sealed record RunOptions
{
    /// <summary>Whether the environment's model will be asked for.</summary>
    public bool UsesModel { get; init; }

    /// <summary>Whether code from where others may have put it is refused.</summary>
    public bool IsStrict { get; init; }

    public int? LockTimeout { get; init; }

    public BackupChoice? Backup { get; init; }

    /// <summary>Whether scripts are written.</summary>
    public bool Sql { get; init; }

    public bool Guarded { get; init; }

    /// <summary>Whether a script does what is missing, whatever the database is at.</summary>
    public bool Idempotent { get; init; }

    /// <summary>Whether all is taken back at the end.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Whether scripts look at the database for the tables that are there where they start.</summary>
    public bool FromDatabase { get; init; }

    /// <summary>Whether the steps of runs are left out of the log.</summary>
    public bool IsQuiet { get; init; }

    public string? Tag { get; init; }

    public string? Destination { get; init; }

    public string? Start { get; init; }
}

/// <summary>What a command says of copies: whether any are made, whether in any case, and where.</summary>
internal sealed record BackupChoice(bool IsOn, bool IsFirst, string? Path);

/// <summary>One of the environment's databases, as a command works on it.</summary>
internal sealed class DatabaseRun(
    Project project, RunOptions run, MigrationEnvironment environment, Migrators migrators, Migrator migrator, string? scriptFile)
{
    public Migrator Migrator => migrator;

    /// <summary>What migrations see of the command.</summary>
    public EnvironmentContext Context => environment.Context;

    /// <summary>Makes migrations ready, and gives each for its revision.</summary>
    public Func<Revision, Migration> Load(IReadOnlyList<RevisionNode> revisions) => revisions.Count == 0
        ? _ => throw new InvalidOperationException("there are none")
        : project.Code.LoadMigrations([.. revisions.Select(Step.Upgrade)], project.Scripts.Helpers);

    /// <summary>Carries a plan out, or writes it as a script where scripts are asked for.</summary>
    /// <returns>What was done; null for a script.</returns>
    public MigrationReport? Finish(MigrationPlan plan)
    {
        if (!migrator.IsOffline)
            return Apply(plan);
        Write(plan);
        return null;
    }

    /// <summary>Works on a new, empty database beside this one, of which nothing stays.</summary>
    public void OnScratch(Action<DatabaseRun> work) => migrator.Database!.OnScratch(
        scratch =>
        {
            using var own = migrators.Of(scratch);
            work(new DatabaseRun(project, run, environment, migrators, own, scriptFile: null));
        },
        text => project.Warn(DiagnosticCode.ScratchDatabase, text));

    public void CreateVersionTable() => migrator.Apply(migrator.PlanVersionTable());

    /// <summary>Compares the environment's model, or else the EF Core model that the ini file names, with the database.</summary>
    public Comparison Compare(ModelOptions model, Func<ComparisonOptions, ComparisonOptions> configure)
    {
        IReadOnlyList<TableRows> inserted = [];
        // While the database tells where it is. Whether the environment has a model of its own is asked only then.
        using var begun = project.BeginModel(model, migrator.Dialect);
        return migrator.Compare(
            () =>
            {
                if (environment.TargetMetadata is { } own)
                    return own;
                inserted = new InsertedRows(migrator.Dialect, environment.Context)
                    .Of(project.Map, steps => project.Code.LoadMigrations(steps, project.Scripts.Helpers));
                return (begun ?? project.Model(model)).Read(migrator.Dialect);
            },
            options => configure(options with { InsertedRows = inserted }));
    }

    /// <summary>Compares the model with what all revisions make of a new, empty database.</summary>
    public Comparison Replay(ModelOptions model, Func<ComparisonOptions, ComparisonOptions> configure)
    {
        Comparison? comparison = null;
        OnScratch(scratch =>
        {
            scratch.Migrator.Apply(scratch.Migrator.PlanUpgrade("heads"));
            comparison = scratch.Compare(model, configure);
        });
        return comparison!;
    }

    /// <summary>Whether a revision would have something to do, as the environment sees it.</summary>
    public bool IsDifferent(Comparison comparison) => migrator.Environment
        .ProcessRevisionDirectives([new RevisionDirective(null, comparison.UpgradeOperations)]).Any(d => d.Upgrade.Count > 0);

    /// <summary>Does something with the migrations on this database that a migrator does not.</summary>
    public void Check(Action<MigrationSet, Database, MigratorOptions> check)
    {
        // Compiled at once: a check runs them one by one.
        Func<Revision, Migration>? all = null;
        check(new MigrationSet(project.Map, _ => all ??= Load([.. project.Map.History()])), migrator.Database!, migrators.Options);
    }

    private BackupOptions? Backup => run.Backup is { IsOn: true } choice
        ? new BackupOptions(project.Backups(choice.Path).Next)
        {
            IsFirst = choice.IsFirst,
            Saved = file =>
            {
                BackupFiles.Prune(file);
                project.Hint($"the database as it was is in {file}; dotnet alembic restore brings it back");
            },
        }
        : null;

    private MigrationReport Apply(MigrationPlan plan)
    {
        if (run.IsDryRun)
            return DryRun(plan);
        try
        {
            return Shown(migrator.Apply(plan, new ApplyOptions { Backup = Backup }));
        }
        catch (MigrationException exception) when (exception.Report is { } partial)
        {
            Shown(partial);
            throw;
        }

        MigrationReport Shown(MigrationReport report)
        {
            project.Show(() => MigrationData.Of(migrator.Database!.DisplayUrl, plan, report));
            return report;
        }
    }

    private MigrationReport DryRun(MigrationPlan plan)
    {
        var report = migrator.DryRun(plan);
        foreach (var line in report.NotRun)
            project.Log(LogLevel.Warning, line);
        project.Show(() => MigrationData.Of(migrator.Database!.DisplayUrl, plan, report));
        return new(report.Applied, report.Revisions);
    }

    private void Write(MigrationPlan plan)
    {
        if (scriptFile is null)
        {
            project.ShowText(script => Data(script, null), writer => migrator.Script(plan, writer, run.Guarded, run.Idempotent));
            return;
        }
        var text = NewFile.Text(writer => migrator.Script(plan, writer, run.Guarded, run.Idempotent));
        project.Log(LogLevel.Information, $"Writing output to {scriptFile}", "alembic.env");
        NewFile.Replace(project.FullPath(scriptFile), text);
        project.Show(() => Data(null, project.FullPath(scriptFile)));

        MigrationData Data(string? script, string? file) =>
            new(null, plan.From, [], plan.Steps is [.., var last] ? last.To : plan.From, script, file, IsDryRun: false, []);
    }
}

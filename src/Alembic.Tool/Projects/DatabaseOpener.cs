using Alembic.Migrations;
using Alembic.Operations;
using Alembic.Revisions;
using Alembic.Tool.Configuration;
using Alembic.Tool.Connections;

namespace Alembic.Tool;

/// <summary>Opens the databases that env.cs names, one after the other, and runs the command on each.</summary>
internal sealed class DatabaseOpener(
    Project project, RunOptions run, MigrationEnvironment environment, Func<IReadOnlyList<Step>, Func<Revision, Migration>> load,
    Action<DatabaseRun> work, CancellationToken cancelled)
{
    /// <summary>Opens a database.</summary>
    /// <param name="name">The name that env.cs gives it, or null.</param>
    /// <param name="url">Its URL or connection string.</param>
    /// <param name="scriptFile">The file that a script is written to; null for stdout.</param>
    public void Open(string? name, string url, string? scriptFile)
    {
        if (project.Url is { } only && url != only)
        {
            throw new UsageException("--url and the variable ALEMBIC_URL name one database, but env.cs names its databases itself")
            {
                Hint = "remove them, or have env.cs call runner.Run()",
            };
        }
        var options = new EnvironmentOptions { EngineName = name, KeepsHistory = project.Settings.HistoryTable };
        environment.Configure(options);
        var migrators = new Migrators(new MigrationSet(project.Map, load), Options(options));
        using var migrator = run.Script is { } script
            ? ForScripts(migrators, script, url, options)
            : migrators.Of(project.Addresses.Connect(url, options));
        work(new DatabaseRun(project, environment, migrators, migrator, scriptFile));
    }

    private MigratorOptions Options(EnvironmentOptions options) => new()
    {
        Environment = options,
        Context = environment.Context,
        Logging = run.Logging ?? project.Reporter.Logging,
        Clock = project.Terminal.Clock,
        LockTimeout = TimeSpan.FromSeconds(project.Settings.LockTimeout),
        Cancelled = cancelled,
        ToolVersion = ToolVersion.Text,
        User = $"{System.Environment.UserName}@{System.Environment.MachineName}",
    };

    private Migrator ForScripts(Migrators migrators, ScriptStart script, string url, EnvironmentOptions options)
    {
        var dialect = project.Addresses.DialectOf(url, options);
        return migrators.ForScripts(dialect, Revisions(script, options), Replica(script, dialect, url, options));
    }

    private Database? Replica(ScriptStart script, Dialect dialect, string url, EnvironmentOptions options)
    {
        if (!script.IsDatabase)
            return Connector.Replica(dialect);
        return project.Addresses.Connect(url, options).Replica(withTables: true)
            ?? throw new ConfigurationException($"--from-database is for SQLite, but this is {dialect.Name}");
    }

    private IReadOnlyList<string> Revisions(ScriptStart script, EnvironmentOptions options) =>
        (options.StartingRevision ?? script.From) is { } start
            ? [.. (script.IsSeveral ? start.Split(',') : [start]).SelectMany(project.Map.Resolve).Select(r => r.Id)]
            : [];
}

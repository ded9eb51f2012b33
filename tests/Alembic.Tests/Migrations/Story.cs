using Alembic.Databases;
using Alembic.Databases.Sqlite;
using Alembic.Revisions;
using Alembic.Migrations;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Alembic.Tests.Migrations;

/// <summary>A few revisions written in place, and a database to run them on: an SQLite file, if no other is given.</summary>
internal sealed class Story : IDisposable, ILoggerFactory, ILogger
{
    private readonly Dictionary<string, Migration> _migrations = [];
    private readonly List<Revision> _revisions = [];

    public Story() => Database = () => new TestDatabase(new SqliteDialect(), Open, "sqlite://") { IsThere = () => HasFile };

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"alembic-story-{Guid.NewGuid():N}.db");

    public List<string> Log { get; } = [];

    /// <summary>Told every line as it comes.</summary>
    public Action<string> OnLog { get; set; } = _ => { };

    public Action<EnvironmentOptions> Options { get; set; } = _ => { };

    /// <summary>What migrations see of a command.</summary>
    public EnvironmentContext Context { get; set; } = EnvironmentContext.Empty;

    /// <summary>How plans are carried out.</summary>
    public ApplyOptions Apply { get; init; } = new();

    /// <summary>Whether scripts are guarded.</summary>
    public bool IsGuarded { get; init; }

    /// <summary>Whether scripts do what is missing.</summary>
    public bool IsIdempotent { get; set; }

    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromMinutes(5);

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public string ToolVersion { get; init; } = "";

    public string User { get; init; } = "";

    public bool HasFile => File.Exists(Path);

    /// <summary>The database to run on; default: a file of this story's own.</summary>
    public Func<Database> Database { get; set; }

    /// <summary>What goes through scripts that start there.</summary>
    public Func<string?, Database?> Replica { get; set; } = _ => null;

    public MigrationSet Migrations => new(Map, _ => revision => _migrations[revision.Id]);

    public RevisionMap Map
    {
        get => field ??= new(_revisions);
        set;
    }

    /// <summary>A revision after the last one, or after those named.</summary>
    public Story Then(string id, Action<Op> upgrade, Action<Op>? downgrade = null, string[]? after = null, string? path = null)
    {
        _migrations[id] = new Written(upgrade, downgrade ?? (_ => { }));
        _revisions.Add(new Revision(id, after ?? (_revisions.Count == 0 ? [] : [_revisions[^1].Id]), text: $"the {id}", path: path));
        return this;
    }

    public Story Then(Revision revision, Action<Op> upgrade, Action<Op>? downgrade = null)
    {
        _migrations[revision.Id] = new Written(upgrade, downgrade ?? (_ => { }));
        _revisions.Add(revision);
        return this;
    }

    public Story Upgrade(string target = "heads") => Run(migrator => migrator.PlanUpgrade(target));

    public Story Downgrade(string target) => Run(migrator => migrator.PlanDowngrade(target));

    public Story Stamp(params string[] targets) => Run(migrator => migrator.PlanStamp(targets));

    public Story Purge(params string[] targets) => Run(migrator => migrator.PlanStamp(targets, purge: true));

    public Story EnsureVersion() => Run(migrator => migrator.PlanVersionTable());

    public string Script(string target = "heads", string? start = null) => Script(migrator => migrator.PlanUpgrade(target), start);

    public string ScriptDown(string target, string start) => Script(migrator => migrator.PlanDowngrade(target), start);

    public string Script(Func<Migrator, MigrationPlan> plan, string? start)
    {
        var options = MigratorOptions;
        string[] rows = (options.Environment.StartingRevision ?? start) is { } from ? [.. Map.Resolve(from).Select(r => r.Id)] : [];
        var dialect = options.Environment.DialectName is { } name ? Dialects.Named(name) : Database().Dialect;
        using var migrator = Alembic.Migrations.Migrator.ForScripts(dialect, Migrations, rows, options, Replica(start));
        var script = new StringWriter();
        migrator.Script(plan(migrator), script, IsGuarded, IsIdempotent);
        return script.ToString();
    }

    public Story Run(Func<Migrator, MigrationPlan> plan, ApplyOptions? apply = null)
    {
        using var migrator = Migrator();
        migrator.Apply(plan(migrator), apply ?? Apply);
        return this;
    }

    public T With<T>(Func<Migrator, T> ask)
    {
        using var migrator = Migrator();
        return ask(migrator);
    }

    public Migrator Migrator() => new(Database(), Migrations, MigratorOptions);

    /// <summary>Another connection to the same file.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        return connection;
    }

    public string Ask(string sql)
    {
        using var connection = Open();
        return Ask(connection, sql);
    }

    public static string Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
            rows.Add(string.Join(" | ",
                Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "∅" : reader.GetString(i))));
        return string.Join('\n', rows);
    }

    public string Versions(string table = "alembic_version") => Ask($"SELECT version_num FROM {table} ORDER BY 1");

    public string Tables() => Ask("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'alembic_version' ORDER BY name");

    private MigratorOptions MigratorOptions
    {
        get
        {
            var options = new EnvironmentOptions();
            Options(options);
            return new MigratorOptions
            {
                Environment = options,
                Context = Context,
                Logging = this,
                LockTimeout = LockTimeout,
                Clock = Clock,
                ToolVersion = ToolVersion,
                User = User,
            };
        }
    }

    public void Dispose() => File.Delete(Path);

    void ILoggerFactory.AddProvider(ILoggerProvider provider)
    {
    }

    ILogger ILoggerFactory.CreateLogger(string categoryName) => this;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        Log.Add(formatter(state, exception));
        OnLog(Log[^1]);
    }

    private sealed class Written(Action<Op> upgrade, Action<Op> downgrade) : Migration
    {
        public override void Upgrade(Op op) => upgrade(op);

        public override void Downgrade(Op op) => downgrade(op);
    }
}

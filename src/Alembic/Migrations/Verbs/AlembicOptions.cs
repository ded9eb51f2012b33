using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Alembic.Migrations;

/// <summary>The options of an application: what it migrates, and how.</summary>
public sealed class AlembicOptions
{
    private readonly List<Assembly> _assemblies = [];
    private readonly List<Action<EnvironmentOptions>> _configure = [];
    private Func<IServiceProvider, Database>? _database;
    private MigrationSet? _migrations;

    /// <summary>The revision to go to. Default: <c>heads</c>.</summary>
    public string Target { get; set; } = "heads";

    /// <summary>The longest wait for another instance that migrates, or for a table lock. Default: five minutes.</summary>
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Tells whether the database is migrated before the application starts. Default: true.</summary>
    public bool MigratesOnStart { get; set; } = true;

    /// <summary>
    /// The context that <c>env.cs</c> and migrations see instead of a command line and an ini file. Default: no arguments and no keys.
    /// </summary>
    public EnvironmentContext Context { get; set; } = EnvironmentContext.Empty;

    /// <summary>
    /// Sets the database. Each driver's package has a shorter method: <c>UseSqlite</c>, <c>UsePostgreSql</c>, <c>UseMySql</c>,
    /// <c>UseSqlServer</c>.
    /// </summary>
    /// <param name="database">Gives the database, from the application's services.</param>
    public AlembicOptions Use(Func<IServiceProvider, Database> database)
    {
        _database = database;
        return this;
    }

    /// <summary>Sets the database.</summary>
    /// <param name="database">The database.</param>
    public AlembicOptions Use(Database database) => Use(_ => database);

    /// <summary>
    /// Adds the revisions that are compiled into an assembly, and the options of its <c>env.cs</c> if it contains one.
    /// </summary>
    /// <param name="assembly">The assembly, for example <c>typeof(Program).Assembly</c>.</param>
    [RequiresUnreferencedCode(CompiledRevisions.WhenTrimmed)]
    public AlembicOptions AddMigrations(Assembly assembly)
    {
        _assemblies.Add(assembly);
        return this;
    }

    /// <summary>Changes how migrations are run, after <c>env.cs</c>.</summary>
    /// <param name="configure">Changes the options.</param>
    public AlembicOptions Configure(Action<EnvironmentOptions> configure)
    {
        _configure.Add(configure);
        return this;
    }

    /// <summary>Creates the migrator of the database. It connects when it is first used. The caller disposes of it.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="options">How it works; <see cref="Configure"/> changes its <see cref="MigratorOptions.Environment"/>.</param>
    /// <exception cref="AlembicException">The database or the migrations are not set.</exception>
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "AddMigrations, which gives the assemblies, asks for it.")]
    public Migrator CreateMigrator(IServiceProvider services, MigratorOptions options)
    {
        if (_database is null)
            throw new AlembicException("Alembic was not told which database to use")
            {
                Hint = "services.AddAlembic(o => o.UseSqlite(…).AddMigrations(typeof(Program).Assembly))"
            };
        if (_assemblies.Count == 0)
            throw new AlembicException("Alembic was not told where the migrations are")
            {
                Hint = "o.AddMigrations(typeof(Program).Assembly)"
            };
        foreach (var environment in _assemblies.SelectMany(assembly => CompiledEnvironment.Of(assembly, Context)))
            environment.Configure(options.Environment);
        _configure.ForEach(configure => configure(options.Environment));
        return new Migrator(_database(services), _migrations ??= CompiledRevisions.Of(_assemblies),
            options with { LockTimeout = LockTimeout, Context = Context });
    }
}

using Alembic.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alembic.Hosting;

/// <summary>The application's database and migrations, as configured by <c>AddAlembic</c>.</summary>
public sealed class ApplicationMigrations
{
    private readonly AlembicOptions _options;
    private readonly IServiceProvider _services;

    internal ApplicationMigrations(AlembicOptions options, IServiceProvider services) => (_options, _services) = (options, services);

    /// <summary>Creates a <see cref="Migrator"/>, which plans, applies and reads the state of the database. Dispose of it.</summary>
    /// <param name="cancelled">Asks it to stop.</param>
    /// <exception cref="AlembicException">The database or the migrations are not configured.</exception>
    public Migrator CreateMigrator(CancellationToken cancelled = default) => _options.CreateMigrator(_services, new MigratorOptions
    {
        Logging = _services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance,
        Clock = _services.GetService<TimeProvider>() ?? TimeProvider.System,
        Cancelled = cancelled,
        ToolVersion = Version,
        User = $"{Environment.UserName}@{Environment.MachineName}",
    });

    /// <summary>Migrates the database to the target of the options. Waits for another instance that is migrating it.</summary>
    /// <param name="cancelled">Asks it to stop: the running statement is interrupted.</param>
    /// <returns>What was done; nothing if the database was at the target already.</returns>
    /// <exception cref="MigrationException">A migration failed; its report says what was done before.</exception>
    public MigrationReport Migrate(CancellationToken cancelled = default)
    {
        using var migrator = CreateMigrator(cancelled);
        return migrator.Apply(migrator.PlanUpgrade(_options.Target, mayBeAhead: true));
    }

    private static string Version => typeof(Migrator).Assembly.GetName().Version?.ToString(3) ?? "";
}

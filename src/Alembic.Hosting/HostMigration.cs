using Alembic.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Alembic.Hosting;

/// <summary>Migrates an application's database at a time that the application chooses.</summary>
public static class HostMigration
{
    /// <summary>Migrates the database to the target of the options. Waits for another instance that is migrating it.</summary>
    /// <param name="host">The application, with <c>services.AddAlembic(…)</c>.</param>
    /// <param name="cancelled">Asks it to stop: the running statement is interrupted.</param>
    /// <returns>What was done; nothing if the database was at the target already.</returns>
    /// <exception cref="MigrationException">A migration failed; its report says what was done before.</exception>
    public static MigrationReport Migrate(this IHost host, CancellationToken cancelled = default) =>
        host.Services.GetRequiredService<ApplicationMigrations>().Migrate(cancelled);
}

using Microsoft.Extensions.Hosting;

namespace Alembic.Hosting;

/// <summary>Migrates before any part of the application starts, including the web server.</summary>
internal sealed class MigratingService(ApplicationMigrations migrations) : IHostedLifecycleService
{
    // A migration is synchronous and may take long: the host's thread stays free, so that the host can be stopped.
    public Task StartingAsync(CancellationToken cancellationToken) =>
        Task.Run(() => migrations.Migrate(cancellationToken), cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

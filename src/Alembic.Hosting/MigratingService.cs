using Microsoft.Extensions.Hosting;

namespace Alembic.Hosting;

/// <summary>Migrates before anything of the application starts, the web server included.</summary>
internal sealed class MigratingService(ApplicationMigrations migrations) : IHostedLifecycleService
{
    // A migration is synchronous and may take long: the host's thread stays free for being stopped.
    public Task StartingAsync(CancellationToken cancellationToken) =>
        Task.Run(() => migrations.Migrate(cancellationToken), cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

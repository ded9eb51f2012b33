using Alembic.Migrations;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Alembic.Hosting;

/// <summary>Tells whether the database is at head. Only reads, and takes no lock.</summary>
internal sealed class AtHeadHealthCheck(ApplicationMigrations migrations) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.Run(() => Check(context.Registration.FailureStatus, cancellationToken), cancellationToken);

    private HealthCheckResult Check(HealthStatus failure, CancellationToken cancelled)
    {
        MigrationStatus status;
        try
        {
            using var migrator = migrations.CreateMigrator(cancelled);
            status = migrator.Status();
        }
        catch (AlembicException exception)
        {
            return new HealthCheckResult(failure, exception.Message, exception);
        }
        return status switch
        {
            { IsAtHead: true } => HealthCheckResult.Healthy($"The database is at {Names(status.Applied)}.", Data(status)),
            { Unfinished: { } unfinished } => new HealthCheckResult(failure, $"{unfinished}", data: Data(status)),
            // Expected after a rollback of the application, which may well work.
            { Unknown: { Count: > 0 } unknown } =>
                HealthCheckResult.Degraded($"The database is at {Names(unknown)}, of which this application has no migration.",
                    data: Data(status)),
            _ => new HealthCheckResult(failure,
                $"{status.Pending.Count} migrations are pending: {Names([.. status.Pending.Select(r => r.Id)])}.", data: Data(status)),
        };
    }

    private static Dictionary<string, object> Data(MigrationStatus status) => new()
    {
        ["applied"] = status.Applied,
        ["heads"] = status.Heads,
        ["pending"] = status.Pending.Select(r => r.Id).ToList(),
    };

    private static string Names(IReadOnlyList<string> ids) => ids.Count == 0 ? "base" : string.Join(", ", ids);
}

using Alembic.Migrations;
using Alembic.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Alembic.Hosting.Tests;

[TestClass]
public sealed class HostTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"alembic-host-{Guid.NewGuid():N}.db");

    public void Dispose() => File.Delete(_file);

    [TestMethod]
    public async Task The_database_is_migrated_before_anything_starts()
    {
        // Added first, and started second.
        using var host = Host(services => services.AddHostedService(_ => new Reader(_file)).AddAlembic(o => OnFile(o)));
        await host.StartAsync();
        Assert.AreEqual(0L, Reader.Found);
        await host.StopAsync();
    }

    [TestMethod]
    public async Task The_health_check_names_what_is_pending_and_is_healthy_at_head()
    {
        using var host = Host(services => services.AddAlembic(o => OnFile(o).MigratesOnStart = false));
        Assert.AreEqual((HealthStatus.Unhealthy, "3 migrations are pending: aaa100000001, aaa200000002, aaa300000003."),
            await Health(host));
        Assert.IsFalse(File.Exists(_file), "a health check creates nothing");
        Assert.HasCount(3, host.Migrate().Applied);
        Assert.AreEqual((HealthStatus.Healthy, "The database is at aaa300000003."), await Health(host));
        Assert.IsEmpty(host.Migrate().Applied);
    }

    [TestMethod]
    public async Task A_database_that_is_ahead_is_degraded()
    {
        using var host = Host(services => services.AddAlembic(o => OnFile(o).MigratesOnStart = false));
        host.Migrate();
        Ask("UPDATE alembic_version SET version_num = 'bbb'");
        Assert.AreEqual((HealthStatus.Degraded, "The database is at bbb, of which this application has no migration."), await Health(host));
    }

    [TestMethod]
    public async Task A_database_that_cannot_be_reached_is_unhealthy()
    {
        using var host =
            Host(services => services.AddAlembic(o => o.UseSqlite("Data Source=/no/such/folder/x.db").AddMigrations(GetType().Assembly)));
        var (status, text) = await Health(host);
        Assert.AreEqual(HealthStatus.Unhealthy, status);
        Assert.StartsWith("unable to open database file '/no/such/folder/x.db'", text);
    }

    [TestMethod]
    public async Task Of_two_hosts_that_start_at_once_each_migration_is_run_by_one()
    {
        using var first = Host(services => services.AddAlembic(o => OnFile(o)));
        using var second = Host(services => services.AddAlembic(o => OnFile(o)));
        await Task.WhenAll(first.StartAsync(), second.StartAsync());
        Assert.AreEqual("aaa100000001 aaa200000002 aaa300000003",
            Ask("SELECT group_concat(revision, ' ') FROM (SELECT revision FROM alembic_history ORDER BY seq)"));
    }

    [TestMethod]
    public async Task An_application_whose_migration_fails_does_not_start()
    {
        NameTheBooks.Also.Value = op => op.Execute("no such statement");
        using var host = Host(services => services.AddAlembic(o => OnFile(o)));
        var error = await Assert.ThrowsAsync<MigrationException>(() => host.StartAsync());
        Assert.AreEqual("aaa200000002", string.Join(" ", error.Report!.Revisions));
    }

    [TestMethod]
    public async Task A_host_that_is_asked_to_stop_cancels_the_statement_at_work()
    {
        using var begun = new SemaphoreSlim(0);
        NameTheBooks.Also.Value = op =>
        {
            begun.Release();
            op.Execute("WITH RECURSIVE endless(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM endless) SELECT count(*) FROM endless");
        };
        using var host = Host(services => services.AddAlembic(o => OnFile(o)));
        var start = host.StartAsync();
        await begun.WaitAsync();
        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await Assert.ThrowsExactlyAsync<MigrationCancelledException>(() => start.WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.AreEqual("aaa200000002", Ask("SELECT version_num FROM alembic_version"));
    }

    [TestMethod]
    public async Task A_host_that_waits_too_long_for_another_does_not_start()
    {
        using var begun = new SemaphoreSlim(0);
        using var goesOn = new SemaphoreSlim(0);
        NameTheBooks.Also.Value = _ =>
        {
            begun.Release();
            goesOn.Wait();
        };
        using var first = Host(services => services.AddAlembic(o => OnFile(o)));
        using var second = Host(services => services.AddAlembic(o => OnFile(o).LockTimeout = TimeSpan.FromMilliseconds(300)));
        var start = first.StartAsync();
        await begun.WaitAsync();
        var error = await Assert.ThrowsAsync<AlembicException>(() => second.StartAsync());
        Assert.Contains("lock", error.Message);
        goesOn.Release();
        await start;
    }

    [TestMethod]
    public async Task A_migration_that_was_begun_and_not_finished_is_unhealthy()
    {
        NameTheBooks.Also.Value = op => op.AutocommitBlock(() =>
        {
            op.Execute("CREATE TABLE shelf (id INTEGER)");
            op.Execute("no such statement");
        });
        using var host = Host(services => services.AddAlembic(o => OnFile(o).MigratesOnStart = false));
        Assert.Throws<MigrationException>(() => host.Migrate());
        var (status, text) = await Health(host);
        Assert.AreEqual(HealthStatus.Unhealthy, status);
        Assert.Contains("aaa300000003", text!);
        Assert.DoesNotContain("pending", text!);
    }

    [TestMethod]
    public void A_second_database_is_refused()
    {
        var error = Assert.ThrowsExactly<InvalidOperationException>(() =>
            Host(services => services.AddAlembic(o => OnFile(o)).AddAlembic(o => OnFile(o))));
        Assert.Contains("new Migrator(", error.Message);
    }

    [TestMethod]
    public async Task A_database_in_memory_that_the_application_holds_open_is_migrated()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var host = Host(services => services.AddAlembic(o => o.UseSqlite(connection).AddMigrations(GetType().Assembly)));
        await host.StartAsync();
        Assert.AreEqual(HealthStatus.Healthy, (await Health(host)).Status);
    }

    [TestMethod]
    public void What_was_not_said_is_named()
    {
        using var nothing = Host(services => services.AddAlembic(_ => { }));
        Assert.AreEqual("Alembic was not told which database to use",
            Assert.ThrowsExactly<AlembicException>(() => nothing.Migrate()).Message);
        using var database = Host(services => services.AddAlembic(o => o.UseSqlite("Data Source=x.db")));
        Assert.AreEqual("Alembic was not told where the migrations are",
            Assert.ThrowsExactly<AlembicException>(() => database.Migrate()).Message);
    }

    private AlembicOptions OnFile(AlembicOptions options) =>
        options.UseSqlite($"Data Source={_file}").AddMigrations(GetType().Assembly)
        .Configure(environment => environment.KeepsHistory = true);

    private static IHost Host(Action<IServiceCollection> configure)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        configure(builder.Services);
        builder.Services.AddHealthChecks().AddAlembic();
        return builder.Build();
    }

    private static async Task<(HealthStatus Status, string? Text)> Health(IHost host)
    {
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        return (report.Entries["alembic"].Status, report.Entries["alembic"].Description);
    }

    private object? Ask(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private sealed class Reader(string file) : IHostedService
    {
        public static object? Found { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM book";
            Found = command.ExecuteScalar();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

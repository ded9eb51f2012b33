using System.Data.Common;
using Alembic.Migrations;
using Alembic.MySql;
using Alembic.PostgreSql;
using Alembic.SqlServer;
using Alembic.Tests.Databases.MySql;
using Alembic.Tests.Databases.PostgreSql;
using Microsoft.Data.SqlClient;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using MySqlConnector;
using Npgsql;

namespace Alembic.Hosting.Tests;

/// <summary>An application that names a server's database: by a connection string, or by the connection that it has.</summary>
[TestClass]
public sealed class ServerHostTests
{
    // Nobody listens there.
    private const string NoServer = "Server=127.0.0.1,1;User ID=sa;Password=secret;Connect Timeout=1;Encrypt=False";

    [TestMethod]
    public async Task PostgreSQL_is_migrated_when_the_application_starts()
    {
        var url = PostgreSqlServer.NewDatabase();
        try
        {
            var text = PostgreSqlServer.ConnectionString(url);
            await Starts(o => o.UsePostgreSql(text), () => new NpgsqlConnection(text));
        }
        finally
        {
            PostgreSqlServer.Drop(url);
        }
    }

    [TestMethod]
    public async Task PostgreSQL_is_migrated_on_the_applications_connection()
    {
        var url = PostgreSqlServer.NewDatabase();
        try
        {
            using var connection = new NpgsqlConnection(PostgreSqlServer.ConnectionString(url));
            await StartsOn(connection, o => o.UsePostgreSql(connection));
        }
        finally
        {
            PostgreSqlServer.Drop(url);
        }
    }

    [TestMethod]
    public async Task MariaDB_is_migrated_when_the_application_starts()
    {
        var text = MySqlServer.MariaDb.NewDatabase();
        try
        {
            await Starts(o => o.UseMariaDb(text), () => new MySqlConnection(text));
        }
        finally
        {
            MySqlServer.Drop(text);
        }
    }

    [TestMethod]
    public async Task MariaDB_is_migrated_on_the_applications_connection()
    {
        var text = MySqlServer.MariaDb.NewDatabase();
        try
        {
            using var connection = new MySqlConnection(text);
            await StartsOn(connection, o => o.UseMariaDb(connection));
        }
        finally
        {
            MySqlServer.Drop(text);
        }
    }

    [TestMethod]
    public async Task MySQL_is_migrated_when_the_application_starts()
    {
        var text = MySqlServer.MySql.NewDatabase();
        try
        {
            await Starts(o => o.UseMySql(text), () => new MySqlConnection(text));
        }
        finally
        {
            MySqlServer.Drop(text);
        }
    }

    [TestMethod]
    public async Task MySQL_is_migrated_on_the_applications_connection()
    {
        var text = MySqlServer.MySql.NewDatabase();
        try
        {
            using var connection = new MySqlConnection(text);
            await StartsOn(connection, o => o.UseMySql(connection));
        }
        finally
        {
            MySqlServer.Drop(text);
        }
    }

    // Without a server: that the driver is asked, and that its password is not told.
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task A_SQL_Server_that_cannot_be_reached_is_unhealthy(bool ownConnection)
    {
        using var connection = new SqlConnection(NoServer);
        using var host = Host(o => ownConnection ? o.UseSqlServer(connection) : o.UseSqlServer(NoServer));
        var (status, text) = await Health(host);
        Assert.AreEqual(HealthStatus.Unhealthy, status);
        Assert.Contains("127.0.0.1,1", text!);
        Assert.DoesNotContain("secret", text!);
        var error = Assert.Throws<AlembicException>(() => host.Migrate());
        Assert.DoesNotContain("secret", error.Message);
    }

    [TestMethod]
    public void A_connection_string_that_a_driver_cannot_read_is_refused()
    {
        const string Wrong = "no such key=1";
        Assert.ThrowsExactly<ConnectionException>(() => Host(o => o.UsePostgreSql(Wrong)).Migrate());
        Assert.ThrowsExactly<ConnectionException>(() => Host(o => o.UseMySql(Wrong)).Migrate());
        Assert.ThrowsExactly<ConnectionException>(() => Host(o => o.UseMariaDb(Wrong)).Migrate());
        Assert.ThrowsExactly<ConnectionException>(() => Host(o => o.UseSqlServer(Wrong)).Migrate());
    }

    private static async Task Starts(Func<AlembicOptions, AlembicOptions> use, Func<DbConnection> open)
    {
        using var host = Host(use);
        Assert.AreEqual(HealthStatus.Unhealthy, (await Health(host)).Status);
        await host.StartAsync();
        Assert.AreEqual((HealthStatus.Healthy, "The database is at aaa300000003."), await Health(host));
        using var connection = open();
        connection.Open();
        Assert.AreEqual("aaa300000003", Version(connection));
        await host.StopAsync();
    }

    private static async Task StartsOn(DbConnection connection, Func<AlembicOptions, AlembicOptions> use)
    {
        connection.Open();
        using var host = Host(use);
        await host.StartAsync();
        Assert.AreEqual(System.Data.ConnectionState.Open, connection.State);
        Assert.AreEqual("aaa300000003", Version(connection));
        await host.StopAsync();
    }

    private static IHost Host(Func<AlembicOptions, AlembicOptions> use)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddAlembic(o => use(o).AddMigrations(typeof(ServerHostTests).Assembly));
        builder.Services.AddHealthChecks().AddAlembic();
        return builder.Build();
    }

    private static async Task<(HealthStatus Status, string? Text)> Health(IHost host)
    {
        var report = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        return (report.Entries["alembic"].Status, report.Entries["alembic"].Description);
    }

    private static object? Version(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT version_num FROM alembic_version";
        return command.ExecuteScalar();
    }
}

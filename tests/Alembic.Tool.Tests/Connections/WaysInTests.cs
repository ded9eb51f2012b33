using Alembic.Tests.Databases.MySql;
using Alembic.Tests.Databases.PostgreSql;
using Alembic.Tool.Connections;
using MySqlConnector;
using Npgsql;

namespace Alembic.Tool.Tests.Connections;

/// <summary>Real servers, reached by other ways than a host and a port.</summary>
[TestClass]
public sealed class WaysInTests
{
    [TestMethod]
    public void PostgreSQL_by_its_socket_its_second_host_and_a_connection_string()
    {
        var url = PostgreSqlServer.NewDatabase();
        try
        {
            var admin = new NpgsqlConnectionStringBuilder(PostgreSqlServer.ConnectionString(url));
            var login = Uri.EscapeDataString(admin.Username!)
                + (admin.Password is { } password ? ":" + Uri.EscapeDataString(password) : "");
            Assert.AreEqual(admin.Database,
                Ask($"postgresql://{login}@/{admin.Database}?host=127.0.0.1:1&host={admin.Host}:{admin.Port}", null,
                    "SELECT current_database()"));
            Assert.AreEqual("shop 'n' co|7s",
                Ask($"{url}?application_name=shop+'n'+co&options=-c%20lock_timeout%3D7s", null,
                    "SELECT current_setting('application_name') || '|' || current_setting('lock_timeout')"));
            Assert.AreEqual("dotnet-alembic", Ask(admin.ConnectionString, "postgresql", "SELECT current_setting('application_name')"));
            var folder = Ask(url, null, "SHOW unix_socket_directories").Split(',')[0].Trim();
            if (!File.Exists($"{folder}/.s.PGSQL.{admin.Port}"))
                Assert.Inconclusive("The server is on another machine.");
            foreach (var socket in new[]
            {
                $"@/{admin.Database}?host={folder}&port={admin.Port}", $"@{Uri.EscapeDataString(folder)}:{admin.Port}/{admin.Database}",
                $"@/{admin.Database}?unix_sock={folder}/.s.PGSQL.{admin.Port}"
            })
                Assert.AreEqual("", Ask($"postgresql://{login}{socket}", null, "SELECT coalesce(host(inet_client_addr()), '')"));
        }
        finally
        {
            PostgreSqlServer.Drop(url);
        }
    }

    [TestMethod]
    public void MariaDB_by_its_socket_and_a_connection_string()
    {
        var text = MySqlServer.MariaDb.NewDatabase();
        try
        {
            var admin = new MySqlConnectionStringBuilder(text);
            Assert.AreEqual(admin.Database, Ask(text, "mariadb", "SELECT DATABASE()"));
            var socket = Ask(text, "mariadb", "SELECT @@socket");
            if (!File.Exists(socket))
                Assert.Inconclusive("The server is on another machine.");
            Assert.AreEqual(admin.Database,
                Ask($"mysql://{Uri.EscapeDataString(admin.UserID)}:{Uri.EscapeDataString(admin.Password)}@/{admin.Database}?unix_socket="
                    + $"{socket}", null, "SELECT DATABASE()"));
        }
        finally
        {
            MySqlServer.Drop(text);
        }
    }

    private static string Ask(string text, string? dialect, string sql)
    {
        using var connection = Connector.Connect(new DatabaseAddress(text, dialect, "/")).Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (string)command.ExecuteScalar()!;
    }
}

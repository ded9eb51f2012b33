using Alembic.Tests.Databases.MySql;
using Alembic.Tests.Databases.PostgreSql;
using Alembic.Tool.Tests.Commands;
using Microsoft.Data.SqlClient;
using MySqlConnector;
using Npgsql;

namespace Alembic.Tool.Tests.Connections;

/// <summary>Whatever goes wrong with a connection, no output has the password, not even with a stack trace.</summary>
[TestClass]
public sealed class NoPasswordTests
{
    private const string Password = "top/secret:@%?#;'\"&= x";

    private static readonly string[][] Commands = [["upgrade", "head"], ["current", "-v"], ["check"],
        ["revision", "--autogenerate", "-m", "x"], ["stamp", "head"]];

    [TestMethod]
    public void PostgreSQL_with_a_wrong_password()
    {
        var url = PostgreSqlServer.NewDatabase();
        var admin = new NpgsqlConnectionStringBuilder(PostgreSqlServer.ConnectionString(url));
        Execute(new NpgsqlConnection(admin.ConnectionString),
            "DO $$ BEGIN CREATE ROLE alembic_guarded LOGIN PASSWORD 'right'; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
        Execute(new NpgsqlConnection(admin.ConnectionString), "GRANT ALL ON SCHEMA public TO alembic_guarded");
        try
        {
            var place = $"{admin.Host}:{admin.Port}/{admin.Database}";
            Refused(1, "unable to connect to 'postgresql://alembic_guarded:***@" + place + "': 28P01: password authentication failed",
                Url("postgresql", "alembic_guarded", place),
                Keys("postgresql",
                    new NpgsqlConnectionStringBuilder
                    {
                        Host = admin.Host, Port = admin.Port, Username = "alembic_guarded", Password = Password, Database = admin.Database
                    }.ConnectionString));
            Shown("postgresql://alembic_guarded:***@" + place, $"sqlalchemy.url = postgresql://alembic_guarded:right@{place}");
        }
        finally
        {
            PostgreSqlServer.Drop(url);
            Execute(new NpgsqlConnection(PostgreSqlServer.ConnectionString(new UriBuilder(url) { Path = "postgres" }.Uri.AbsoluteUri)),
                "DROP ROLE alembic_guarded");
        }
    }

    [TestMethod]
    public void MariaDB_with_a_wrong_password()
    {
        var text = MySqlServer.MariaDb.NewDatabase();
        var admin = new MySqlConnectionStringBuilder(text);
        Execute(new MySqlConnection(text),
            $"CREATE OR REPLACE USER alembic_guarded IDENTIFIED BY 'right'; GRANT ALL ON {admin.Database}.* TO alembic_guarded");
        try
        {
            var place = $"{admin.Server}:{admin.Port}/{admin.Database}";
            Refused(1, "unable to connect to 'mariadb://alembic_guarded:***@" + place + "': Access denied for user",
                Url("mariadb", "alembic_guarded", place),
                Keys("mariadb",
                    new MySqlConnectionStringBuilder
                    {
                        Server = admin.Server, Port = admin.Port, UserID = "alembic_guarded", Password = Password, Database = admin.Database
                    }.ConnectionString));
            Shown("mariadb://alembic_guarded:***@" + place, $"sqlalchemy.url = mariadb://alembic_guarded:right@{place}");
        }
        finally
        {
            Execute(new MySqlConnection(text), "DROP USER alembic_guarded");
            MySqlServer.Drop(text);
        }
    }

    [TestMethod]
    public void PostgreSQL_that_is_not_there() => Refused(1, "unable to connect to 'postgresql://me:***@127.0.0.1:1/shop': ",
        Url("postgresql", "me", "127.0.0.1:1/shop"),
        Keys("postgresql",
            new NpgsqlConnectionStringBuilder
            {
                Host = "127.0.0.1", Port = 1, Username = "me", Password = Password, Database = "shop"
            }.ConnectionString));

    [TestMethod]
    public void MariaDB_that_is_not_there() => Refused(1, "unable to connect to 'mysql://me:***@127.0.0.1:1/shop': ",
        Url("mysql", "me", "127.0.0.1:1/shop"),
        Keys("mysql",
            new MySqlConnectionStringBuilder
            {
                Server = "127.0.0.1", Port = 1, UserID = "me", Password = Password, Database = "shop"
            }.ConnectionString));

    [TestMethod]
    public void SQL_Server_that_is_not_there() => Refused(1, "unable to connect to 'mssql://me:***@127.0.0.1",
        Url("mssql", "me", "127.0.0.1:1/shop?connect_timeout=2"),
        Keys("mssql",
            new SqlConnectionStringBuilder
            {
                DataSource = "127.0.0.1,1", UserID = "me", Password = Password, InitialCatalog = "shop", ConnectTimeout = 2
            }.ConnectionString));

    private static string Url(string dialect, string user, string place) =>
        $"sqlalchemy.url = {dialect}://{user}:{Uri.EscapeDataString(Password).Replace("%", "%%", StringComparison.Ordinal)}@{place}";

    private static string Keys(string dialect, string connectionString) =>
        $"dialect = {dialect}\nconnection_string = {connectionString.Replace("%", "%%", StringComparison.Ordinal)}";

    private static void Refused(int code, string message, params string[] ways)
    {
        foreach (var keys in ways)
        {
            using var project = WithKeys(keys);
            foreach (var command in Commands)
            {
                ShowsNone(project.Run(command).Fails(code, message));
                ShowsNone(project.Run(["--raiseerr", .. command]));
            }
        }
    }

    private static void Shown(string display, string keys)
    {
        using var project = WithKeys(keys);
        project.Run("upgrade", "head").Ok();
        var result = project.Run("current", "-v").Ok();
        Assert.StartsWith($"Current revision(s) for {display}:", result.Out);
        Assert.DoesNotContain("right", result.Out + result.Error);
    }

    private static void ShowsNone(Result result) => Assert.DoesNotContain("secret", result.Out + result.Error);

    private static Project WithKeys(string keys)
    {
        var project = new Project();
        project.LogEverything(keys);
        return project;
    }

    private static void Execute(System.Data.Common.DbConnection connection, string sql)
    {
        using (connection)
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }
}

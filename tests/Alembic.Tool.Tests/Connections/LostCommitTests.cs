using Alembic.Tests.Databases.MySql;
using Alembic.Tests.Databases.PostgreSql;
using Alembic.Tool.Tests.Commands;
using MySqlConnector;
using Npgsql;

namespace Alembic.Tool.Tests.Connections;

/// <summary>
/// The connection ends at each COMMIT of a run in turn, on both sides of the server: what the tool says of it is true, and the next run
/// finishes.
/// </summary>
[TestClass]
public sealed class LostCommitTests
{
    // What a run makes of them on MariaDB; the last one brings the version row of the last migration.
    private const int Commits = 6;

    private const string Carried = "The connection was lost during COMMIT, but it took effect: the database is at ";
    private const string NotCarried =
        "FAILED: The connection was lost during COMMIT, and it did not take effect: the database is at ";

    [TestMethod]
    [DataRow(1, true, "aaa100000001")]
    [DataRow(1, false, "base")]
    [DataRow(2, true, "bbb200000002")]
    [DataRow(2, false, "aaa100000001")]
    public void On_PostgreSQL(int at, bool reachesServer, string state)
    {
        var url = PostgreSqlServer.NewDatabase();
        using var project = Given();
        using var proxy = new CommitProxy(new Uri(url).Port, at, reachesServer);
        Configure(project, new UriBuilder(url) { Port = proxy.Port }.Uri.AbsoluteUri);
        var result = project.Run("upgrade", "head");
        Assert.IsTrue(proxy.HasBroken);
        Assert.AreEqual(reachesServer ? 0 : 1, result.Code, result.Error);
        Assert.Contains((reachesServer ? Carried : NotCarried) + state, result.Error);
        Finishes(project, result, sql => Rows(new NpgsqlConnection(PostgreSqlServer.ConnectionString(url)), sql));
        PostgreSqlServer.Drop(url);
    }

    [TestMethod]
    [DynamicData(nameof(OnServersOfMySql))]
    public void On_MySQL_and_MariaDB(string kind, int at, bool reachesServer)
    {
        var connection = MySqlServer.Of(kind).NewDatabase();
        var settings = new MySqlConnectionStringBuilder(connection);
        using var project = Given();
        using var proxy = new CommitProxy((int)settings.Port, at, reachesServer);
        Configure(project,
            $"{kind}://{Uri.EscapeDataString(settings.UserID)}"
                + $"{(settings.Password.Length > 0 ? ":" + Uri.EscapeDataString(settings.Password) : "")}@127.0.0.1:{proxy.Port}/"
                + $"{settings.Database}");
        var result = project.Run("upgrade", "head");
        Assert.IsTrue(proxy.HasBroken, $"there are not so many: {result.Error}");
        if (at == Commits)
            Assert.Contains(reachesServer ? Carried + "bbb200000002" : NotCarried + "aaa100000001", result.Error);
        // The last one of each migration brings its version row.
        if (result.Error.Contains(Carried, StringComparison.Ordinal))
            Assert.IsTrue(reachesServer);
        else
            Assert.AreEqual(1, result.Code, result.Error);
        Finishes(project, result, sql => Rows(new MySqlConnection(connection), sql));
        MySqlServer.Drop(connection);
    }

    public static IEnumerable<object[]> OnServersOfMySql =>
        from kind in new[] { "mariadb", "mysql" } from at in Enumerable.Range(1, Commits) from reachesServer in new[] { true, false }
        select new object[] { kind, at, reachesServer };

    private static Project Given()
    {
        var project = new Project();
        project.Revision("aaa100000001", "one",
            upgrade: "op.CreateTable(\"pet\", [new Column(\"id\", SqlType.Integer, nullable: false), new Column(\"name\", "
                + "SqlType.String(9))]); op.BulkInsert(\"pet\", [\"id\", \"name\"], [[1, \"ada\"]]);");
        project.Revision("bbb200000002", "two", "aaa100000001",
            upgrade: "op.Execute(\"INSERT INTO pet SELECT id + 1, name FROM pet\"); op.AddColumn(\"pet\", new Column(\"legs\", "
                + "SqlType.Integer, serverDefault: 4)); op.Execute(\"UPDATE pet SET legs = legs + 1\");");
        return project;
    }

    private static void Configure(Project project, string url) =>
        project.Write("alembic.ini", string.Join('\n', File.ReadAllLines(project.Path("alembic.ini"))
        .Select(line => line.StartsWith("sqlalchemy.url", StringComparison.Ordinal)
            ? $"sqlalchemy.url = {url.Replace("%", "%%", StringComparison.Ordinal)}"
            : line)));

    private static void Finishes(Project project, Result first, Func<string, string> rows)
    {
        if (first.Code == 0)
            Assert.AreEqual("bbb200000002", rows("SELECT version_num FROM alembic_version"));
        project.Run("upgrade", "head").Ok();
        Assert.AreEqual("bbb200000002", rows("SELECT version_num FROM alembic_version"));
        Assert.AreEqual("1|ada|5; 2|ada|5", rows("SELECT id, name, legs FROM pet ORDER BY id"));
        Assert.AreEqual("1|aaa100000001; 2|bbb200000002", rows("SELECT seq, revision FROM alembic_history ORDER BY seq"));
        project.Run("verify").Ok();
    }

    private static string Rows(System.Data.Common.DbConnection connection, string sql)
    {
        using (connection)
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            List<string> rows = [];
            while (reader.Read())
                rows.Add(string.Join('|',
                    Enumerable.Range(0, reader.FieldCount)
                        .Select(i => Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))));
            return string.Join("; ", rows);
        }
    }
}

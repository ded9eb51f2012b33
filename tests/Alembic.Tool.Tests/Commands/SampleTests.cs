using System.Data.Common;
using System.Diagnostics;
using Alembic.Tests.Databases.MySql;
using Alembic.Tests.Databases.PostgreSql;
using MySqlConnector;
using Npgsql;

namespace Alembic.Tool.Tests.Commands;

/// <summary>The sample runs unchanged on real servers: its env.cs takes the URL from the command line or from the environment.</summary>
[TestClass]
public sealed class SampleTests : IDisposable
{
    private readonly Project _project = new(initialised: false);
    private Action _drop = () => { };

    public SampleTests()
    {
        var sample = Path.Combine(Repository.Root, "tests", "samples", "itimeline");
        foreach (var file in Directory.EnumerateFiles(sample, "*", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith(".db", StringComparison.Ordinal)))
        {
            var copy = _project.Path(Path.GetRelativePath(sample, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Dispose()
    {
        _drop();
        _project.Dispose();
    }

    [TestMethod]
    public void On_PostgreSQL_by_the_command_line()
    {
        var url = PostgreSqlServer.NewDatabase();
        _drop = () => PostgreSqlServer.Drop(url);
        using var database = new NpgsqlConnection(PostgreSqlServer.ConnectionString(url));
        Step(database, $"url={url}");
    }

    [TestMethod]
    public void On_PostgreSQL_by_the_environment()
    {
        var url = PostgreSqlServer.NewDatabase();
        _drop = () => PostgreSqlServer.Drop(url);
        using var database = new NpgsqlConnection(PostgreSqlServer.ConnectionString(url));
        Leap(database, url);
    }

    [TestMethod]
    public void On_MariaDB_by_the_command_line()
    {
        var (url, database) = MariaDb("mariadb");
        using (database)
            Step(database, $"url={url}");
    }

    [TestMethod]
    public void On_MariaDB_by_the_environment()
    {
        var (url, database) = MariaDb("mysql+pymysql");
        using (database)
            Leap(database, url);
    }

    // Rows are written at each step, as the application of that time does.
    private void Step(DbConnection database, string url)
    {
        database.Open();
        string Run(params string[] arguments) => _project.Run(["-x", url, .. arguments]).Ok().Out;

        Run("upgrade", "ae1027a6acf0");
        Execute(database, $"INSERT INTO {User(database)} (email, name) VALUES ('ada@example.org', 'Ada')");
        Execute(database, "INSERT INTO timeline (name, owner_id) VALUES ('life', 1)");
        Execute(database, "INSERT INTO event (title, starts_at, timeline_id) VALUES ('born', '1815-12-10 00:00:00', 1)");
        Run("upgrade", "+1");
        Assert.AreEqual("life|0", Row(database, "SELECT name, CASE WHEN requires_approval THEN 1 ELSE 0 END FROM timeline"));
        Execute(database, "INSERT INTO timeline (name, owner_id, requires_approval) VALUES ('work', 1, true)");
        Run("upgrade", "+1");
        Assert.AreEqual("born|", Row(database, "SELECT title, visibility FROM event"));
        Execute(database,
            "INSERT INTO event (title, starts_at, timeline_id, visibility) VALUES ('engine', '1843-09-01 00:00:00', 2, 'private')");
        Run("upgrade", "+1");
        Assert.AreEqual("born|public engine|private", Row(database, "SELECT title, visibility FROM event ORDER BY id"));
        Run("upgrade", "head");
        Assert.Throws<DbException>(
            () => Execute(database,
                "INSERT INTO event (title, starts_at, timeline_id, visibility) VALUES ('x', '2000-01-01 00:00:00', 1, NULL)"));
        Assert.AreEqual("9b7a44f0e1c3 (head)\n", Run("current"));
        Assert.AreEqual("No new upgrade operations detected.\n", Run("check"));

        Run("downgrade", "-4");
        Assert.AreEqual("life work", Row(database, "SELECT name FROM timeline ORDER BY id"));
        Assert.AreEqual("born|1815 engine|1843", Row(database, "SELECT title, EXTRACT(YEAR FROM starts_at) FROM event ORDER BY id"));
        Run("upgrade", "head");
        Assert.AreEqual("born|public engine|public", Row(database, "SELECT title, visibility FROM event ORDER BY id"));
        Run("downgrade", "base");
        IsEmpty(database);
    }

    private void Leap(DbConnection database, string url)
    {
        database.Open();
        Tool(url, "upgrade", "head");
        Execute(database, $"INSERT INTO {User(database)} (email, name) VALUES ('ada@example.org', 'Ada')");
        Execute(database, "INSERT INTO timeline (name, owner_id) VALUES ('life', 1)");
        Assert.AreEqual("No new upgrade operations detected.\n", Tool(url, "check"));
        Assert.AreEqual("life|Ada", Row(database, $"SELECT t.name, u.name FROM timeline t JOIN {User(database)} u ON u.id = t.owner_id"));
        Tool(url, "downgrade", "base");
        IsEmpty(database);
    }

    private void IsEmpty(DbConnection database)
    {
        Assert.AreEqual("alembic_version",
            Row(database,
                "SELECT table_name FROM information_schema.tables WHERE table_schema = "
                    + $"{(database is NpgsqlConnection ? "'public'" : "database()")} AND table_name <> 'alembic_journal'"));
        Assert.AreEqual("", Row(database, "SELECT version_num FROM alembic_version"));
        Assert.IsFalse(File.Exists(_project.Path("instance/itimeline.db")));
    }

    private static string User(DbConnection database) => database is NpgsqlConnection ? "\"user\"" : "`user`";

    // The program itself, in a process of its own: the environment that env.cs reads is the process's.
    private string Tool(string url, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "dotnet-alembic.dll"), .. arguments])
        {
            WorkingDirectory = _project.Folder, RedirectStandardOutput = true, RedirectStandardError = true
        };
        start.Environment["ALEMBIC_CACHE_DIR"] = _project.Path("cache");
        start.Environment["DATABASE_URL"] = url;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, $"{string.Join(' ', arguments)}\n{output}{error.Result}");
        return output;
    }

    private (string Url, MySqlConnection Database) MariaDb(string dialect)
    {
        var text = MySqlServer.MariaDb.NewDatabase();
        _drop = () => MySqlServer.Drop(text);
        var settings = new MySqlConnectionStringBuilder(text);
        var login = Uri.EscapeDataString(settings.UserID)
            + (settings.Password.Length > 0 ? ":" + Uri.EscapeDataString(settings.Password) : "");
        return ($"{dialect}://{login}@{settings.Server}:{settings.Port}/{settings.Database}?charset=utf8mb4", new MySqlConnection(text));
    }

    private static void Execute(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Row(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
            rows.Add(string.Join('|',
                Enumerable.Range(0, reader.FieldCount)
                    .Select(i => Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))));
        return string.Join(' ', rows);
    }

    // Not by the path in the source: a build in CI writes another one there.
}

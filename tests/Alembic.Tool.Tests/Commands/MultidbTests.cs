using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Alembic.Tool.Tests.Commands;

/// <summary>The multidb template: two databases, migrated side by side.</summary>
[TestClass]
public sealed class MultidbTests : IDisposable
{
    private readonly Project _project = new(initialised: false);

    public MultidbTests()
    {
        _project.Run("init", "-t", "multidb", "alembic").Ok();
        var ini = File.ReadAllText(_project.Path("alembic.ini"))
            .Replace("[engine1]\nsqlalchemy.url = sqlite:///%(here)s/engine1.db\n",
                "[engine1]\nsqlalchemy.url = sqlite:///%(here)s/one.db\n", StringComparison.Ordinal)
            .Replace("[engine2]\nsqlalchemy.url = sqlite:///%(here)s/engine2.db\n",
                "[engine2]\ndialect = sqlite\nconnection_string = Data Source=two.db\n", StringComparison.Ordinal);
        _project.Write("alembic.ini", ini);
        // The file as the template has it, its cases filled in as a user does.
        _project.Run("revision", "-m", "accounts and events", "--rev-id", "aaa100000001").Ok();
        Fill("aaa100000001",
            "op.CreateTable(\"account\", [new Column(\"id\", SqlType.Integer, primaryKey: true), new Column(\"name\", SqlType.Text)]); "
                + "op.BulkInsert(\"account\", [new { id = 1, name = \"ada's\" }]);",
            "op.CreateTable(\"event\", [new Column(\"id\", SqlType.Integer, primaryKey: true)]); op.BulkInsert(\"event\", [new { id = 7 "
                + "}, new { id = 8 }]);",
            "op.DropTable(\"account\");", "op.DropTable(\"event\");");
        _project.Run("revision", "-m", "notes", "--rev-id", "bbb200000002").Ok();
        Fill("bbb200000002", "op.AddColumn(\"account\", new Column(\"note\", SqlType.Text, serverDefault: \"-\"));",
            "op.Execute(\"DELETE FROM event WHERE id = 8\");",
            "op.DropColumn(\"account\", \"note\");", "op.Execute(\"INSERT INTO event VALUES (8)\");");
    }

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void One_run_migrates_both_with_a_version_table_each()
    {
        var result = _project.Run("upgrade", "head").Ok();
        Assert.Contains("Migrating database engine1", result.Error);
        Assert.Contains("Migrating database engine2", result.Error);
        Assert.AreEqual("1|ada's|-", Rows("one.db", "SELECT * FROM account"));
        Assert.AreEqual("7", Rows("two.db", "SELECT * FROM event"));
        Assert.AreEqual("account alembic_history alembic_version", Tables("one.db"));
        Assert.AreEqual("alembic_history alembic_version event", Tables("two.db"));
        Assert.AreEqual("bbb200000002", Rows("one.db", "SELECT * FROM alembic_version"));
        Assert.AreEqual("bbb200000002", Rows("two.db", "SELECT * FROM alembic_version"));
        Assert.AreEqual("bbb200000002 (head)\nbbb200000002 (head)\n", _project.Run("current").Ok().Out);

        _project.Run("downgrade", "-1").Ok();
        Assert.AreEqual("1|ada's", Rows("one.db", "SELECT * FROM account"));
        Assert.AreEqual("7 8", Rows("two.db", "SELECT * FROM event"));
        _project.Run("downgrade", "base").Ok();
        Assert.AreEqual("alembic_history alembic_version", Tables("one.db"));
        Assert.AreEqual("alembic_history alembic_version", Tables("two.db"));
    }

    [TestMethod]
    public void A_script_is_a_file_for_each_database_that_does_what_the_run_does()
    {
        _project.Write("engine1.sql", "an older one");
        var result = _project.Run("upgrade", "head", "--sql").Ok();
        Assert.AreEqual("", result.Out);
        Assert.Contains("info: Writing output to engine1.sql", result.Error);
        Assert.Contains("info: Writing output to engine2.sql", result.Error);
        Assert.IsEmpty(Directory.GetFiles(_project.Folder, "*.db"));
        Feed("engine1.sql", "one.db");
        Feed("engine2.sql", "two.db");
        Assert.AreEqual("1|ada's|-", Rows("one.db", "SELECT * FROM account"));
        Assert.AreEqual("7", Rows("two.db", "SELECT * FROM event"));
        Assert.AreEqual("bbb200000002", Rows("two.db", "SELECT * FROM alembic_version"));
        _project.Run("current", "--check-heads").Ok();

        _project.Run("downgrade", "bbb200000002:aaa100000001", "--sql").Ok();
        Feed("engine1.sql", "one.db");
        Feed("engine2.sql", "two.db");
        Assert.AreEqual("1|ada's", Rows("one.db", "SELECT * FROM account"));
        Assert.AreEqual("7 8", Rows("two.db", "SELECT * FROM event"));
        Assert.AreEqual("aaa100000001\naaa100000001\n", _project.Run("current").Ok().Out);
    }

    [TestMethod]
    public void A_script_that_can_not_be_made_leaves_the_file_that_was_there()
    {
        _project.Write("engine1.sql", "an older one");
        _project.Revision("ccc300000003", "asks", "bbb200000002", upgrade: "op.Query(\"SELECT 1\");");
        _project.Run("upgrade", "head", "--sql").Fails(1, "");
        Assert.AreEqual("an older one", File.ReadAllText(_project.Path("engine1.sql")));
        Assert.IsEmpty(Directory.GetFiles(_project.Folder, "*.tmp"));
    }

    [TestMethod]
    public void A_database_without_a_URL_is_named()
    {
        _project.Write("alembic.ini",
            File.ReadAllText(_project.Path("alembic.ini"))
                .Replace("databases = engine1, engine2", "databases = engine1, engine3", StringComparison.Ordinal));
        _project.Run("upgrade", "head").Fails(1, "There is no sqlalchemy.url in section [engine3], which 'databases' lists");
    }

    private void Fill(string id, params string[] bodies)
    {
        var file = Directory.GetFiles(_project.Path("alembic/versions"), $"*{id}*").Single();
        var text = File.ReadAllText(file);
        foreach (var body in bodies)
        {
            var at = text.IndexOf("                break;", StringComparison.Ordinal);
            Assert.IsGreaterThan(0, at, text);
            text = $"{text[..at]}                {body}\n            {text[at..].TrimStart()}";
        }
        File.WriteAllText(file, text);
    }

    private void Feed(string script, string database)
    {
        using var sqlite =
            Process.Start(new ProcessStartInfo("sqlite3", ["-bail", _project.Path(database), $".read {_project.Path(script)}"])
            {
                RedirectStandardError = true
            })!;
        var error = sqlite.StandardError.ReadToEnd();
        sqlite.WaitForExit();
        Assert.AreEqual(0, sqlite.ExitCode, error);
    }

    private string Tables(string database) => Rows(database, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");

    private string Rows(string database, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_project.Path(database)};Pooling=False");
        connection.Open();
        using var command = new SqliteCommand(sql, connection);
        using var reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
        return string.Join(' ', rows);
    }
}

using Alembic.Migrations;
using Alembic.Sqlite;
using Alembic.Tool.Connections;
using Alembic.Tool.Tests.Commands;
using Microsoft.Data.Sqlite;

namespace Alembic.Tool.Tests.Connections;

[TestClass]
public sealed class SqliteConnectorTests
{
    private static readonly string Folder = Path.GetFullPath("/somewhere");

    [TestMethod]
    [DataRow("sqlite:///a%20b.db", "a b.db", "ReadWriteCreate", "Default", 30)]
    [DataRow("sqlite:////var/app.db?mode=ro&timeout=5&cache=shared", "/var/app.db", "ReadOnly", "Shared", 5)]
    [DataRow("sqlite:///app.db?mode=rw&check_same_thread=false&uri=true", "app.db", "ReadWrite", "Default", 30)]
    public void A_URL_becomes_what_the_driver_understands(string url, string file, string mode, string cache, int timeout) =>
        AreEqual(SqliteConnector.Connect(DatabaseUrl.Parse(url), Folder).Settings, file, mode, cache, timeout);

    [TestMethod]
    [DataRow("Data Source=app.db;Pooling=true", "app.db", "ReadWriteCreate", "Default", 30)]
    [DataRow("Filename=|DataDirectory|/app.db;Mode=ReadWrite;Cache=Shared;Default Timeout=5", "app.db", "ReadWrite", "Shared", 5)]
    public void So_does_a_connection_string(string text, string file, string mode, string cache, int timeout) =>
        AreEqual(new SqliteDatabase(text, Folder).Settings, file, mode, cache, timeout);

    [TestMethod]
    [DataRow("mod=ro", "SQLite has no parameter 'mod'; did you mean 'mode'?")]
    [DataRow("mode=x", "the parameter 'mode' of SQLite does not take this value; it takes ro, rw, rwc, memory")]
    public void A_parameter_that_is_not_known_is_named(string query, string problem) =>
        Assert.AreEqual($"unsupported database URL 'sqlite:///app.db': {problem}",
            Assert.ThrowsExactly<ConnectionException>(
                () => SqliteConnector.Connect(DatabaseUrl.Parse($"sqlite:///app.db?{query}"), Folder)).Message);

    [TestMethod]
    [DataRow("Data Source=x;Password=topsecret", "this program's SQLite has no encryption, but Password is set")]
    [DataRow("Mode=ReadOnly", "Data Source is not set")]
    [DataRow("Data Source=x;Mode=topsecret", "Mode does not take this value")]
    [DataRow("Data Source=x;topsecret=1", "keyword number 2 is unknown")]
    public void A_connection_string_that_can_not_be_used_is_not_shown(string text, string problem)
    {
        var exception = Assert.ThrowsExactly<ConnectionException>(() => new SqliteDatabase(text, Folder));
        Assert.AreEqual($"unsupported connection string for SQLite: {problem}", exception.Message);
        Assert.DoesNotContain("topsecret", exception.ToString());
    }

    [TestMethod]
    [DataRow("op.RenameTable(\"item\", \"items\")")]
    [DataRow("op.AlterColumn(\"item\", \"id\", newColumnName: \"number\")")]
    public void A_broken_trigger_prevents_a_rename_only_outside_of_a_transaction_and_is_named_with_the_way_out(string rename)
    {
        using var project = new Project();
        project.Revision("aaa100000001", "one", upgrade: "op.Execute(\"CREATE TABLE item (id int); CREATE TABLE gone (id int); "
            + "CREATE TABLE other (id int); CREATE TRIGGER \\\"My trigger\\\" AFTER INSERT ON other BEGIN INSERT INTO gone VALUES (1); "
            + "END; DROP TABLE gone\");");
        project.Run("upgrade", "head").Ok();
        project.Revision("bbb200000002", "two", "aaa100000001", upgrade: $"op.AutocommitBlock(() => {rename});");
        var result = project.Run("upgrade", "head").Fails(1, "bbb200000002: SQLite Error 1: 'error in trigger My trigger: ");
        Assert.Contains("hint: DROP TRIGGER \"My trigger\" first, or fix it, with op.Execute; ", result.Error);
        project.Revision("bbb200000002", "two", "aaa100000001", upgrade: rename + ";");
        project.Run("upgrade", "head").Ok();
        CollectionAssert.Contains(project.Rows("SELECT name FROM sqlite_schema WHERE type = 'trigger'").ToList(), "My trigger");
    }

    private static void AreEqual(SqliteConnectionStringBuilder settings, string file, string mode, string cache, int timeout) =>
        Assert.AreEqual(
        (Path.GetFullPath(file, Folder), mode, cache, timeout, (bool?)false),
        (settings.DataSource, settings.Mode.ToString(), settings.Cache.ToString(), settings.DefaultTimeout, settings.Pooling));
}

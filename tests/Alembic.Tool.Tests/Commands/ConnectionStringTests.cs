namespace Alembic.Tool.Tests.Commands;

/// <summary>What an ini file or env.cs may say of a database besides a URL.</summary>
[TestClass]
public sealed class ConnectionStringTests
{
    private const string Table = "op.CreateTable(\"t\", [new Column(\"id\", SqlType.Integer)]); op.Execute(\"INSERT INTO t VALUES (7)\");";

    [TestMethod]
    public void A_connection_string_with_its_dialect_is_a_database()
    {
        using var project = WithKeys("dialect = sqlite\nconnection_string = Data Source=test.db;Pooling=True");
        project.Run("upgrade", "head").Ok();
        Assert.AreEqual("7", string.Join(',', project.Rows("SELECT id FROM t")));
        Assert.Contains("CREATE TABLE t", project.Run("upgrade", "head", "--sql").Ok().Out);
        Assert.AreEqual("Current revision(s) for sqlite:///<DIR>/test.db:", project.Run("current", "-v").Ok().Lines[0]);
    }

    [TestMethod]
    public void Without_its_dialect_it_is_refused()
    {
        using var project = WithKeys("connection_string = Data Source=test.db;Password=topsecret");
        var result = project.Run("upgrade", "head")
            .Fails(64, "A connection string needs its dialect: 'dialect' is not set", "write 'dialect = postgresql' into alembic.ini");
        Assert.DoesNotContain("topsecret", result.Error);
        File.AppendAllText(project.Path("alembic.ini"), "dialect = oracle\n");
        project.Run("upgrade", "head").Fails(64, "the dialect 'oracle' is not known; known are sqlite, postgresql,");
    }

    [TestMethod]
    public void A_URL_beside_a_connection_string_is_refused_unless_env_cs_decides()
    {
        using var project = WithKeys(
            "dialect = sqlite\nconnection_string = Data Source=test.db\nsqlalchemy.url = sqlite:///%(here)s/other.db");
        project.Run("upgrade", "head")
            .Fails(64, "<DIR>/alembic.ini, section [alembic]: both 'sqlalchemy.url' and 'connection_string' are set", "remove one of them");
        project.Write("alembic/env.cs", Environment("XArguments[\"url\"]"));
        project.Run("-x", "url=sqlite:///test.db", "upgrade", "head").Ok();
        project.Run("-x", "url=Data Source=test.db", "downgrade", "base").Ok();
        project.Run("-x", "url=Data Source=test.db", "upgrade", "head").Ok();
        Assert.AreEqual("7", string.Join(',', project.Rows("SELECT id FROM t")));
        Assert.IsFalse(File.Exists(project.Path("other.db")));
    }

    [TestMethod]
    public void A_name_is_looked_up_in_the_settings_of_the_application_whose_files_its_paths_start_from()
    {
        using var project = WithKeys(
            "dialect = sqlite\nconnection_string = Name=ConnectionStrings:Default\nappsettings_dir = %(here)s/app");
        Directory.CreateDirectory(project.Path("app"));
        project.Write("app/appsettings.json", """{ "ConnectionStrings": { "Default": "Data Source=never.db" } }""");
        project.Write("app/appsettings.Staging.json", """{ "ConnectionStrings": { "Default": "Data Source=../test.db" } }""");
        project.Environment["ASPNETCORE_ENVIRONMENT"] = "Staging";
        Assert.Contains("info: Connection string ConnectionStrings:Default of environment Staging: sqlite:///<DIR>/test.db",
            project.Run("upgrade", "head").Ok().Error);
        Assert.AreEqual("7", string.Join(',', project.Rows("SELECT id FROM t")));
        // A script needs the dialect alone.
        File.Delete(project.Path("app/appsettings.Staging.json"));
        File.Delete(project.Path("app/appsettings.json"));
        project.Run("upgrade", "head", "--sql").Ok();
        project.Run("upgrade", "head").Fails(64,
            "There is no 'ConnectionStrings:Default' in appsettings.json, appsettings.Staging.json of <DIR>/app, or the environment");
    }

    [TestMethod]
    public void What_is_found_may_be_a_URL_and_env_cs_may_name_it()
    {
        using var project = WithKeys("");
        project.Write("appsettings.json", """{ "Database": { "Url": "sqlite:///test.db" } }""");
        project.Write("alembic/env.cs", Environment("\"Name=Database:Url\""));
        project.Run("upgrade", "head").Ok();
        Assert.AreEqual("7", string.Join(',', project.Rows("SELECT id FROM t")));
        Assert.Contains("CREATE TABLE t", project.Run("upgrade", "head", "--sql").Ok().Out);
    }

    [TestMethod]
    public void Env_cs_may_say_the_dialect_of_what_it_returns()
    {
        using var project = WithKeys("");
        project.Write("alembic/env.cs",
            Environment("\"Data Source=test.db\"",
                "public override void Configure(EnvironmentOptions options) => options.DialectName = \"sqlite\";"));
        project.Run("upgrade", "head").Ok();
        Assert.AreEqual("7", string.Join(',', project.Rows("SELECT id FROM t")));
    }

    private static string Environment(string url, string more = "") =>
        $"using Alembic; public sealed class Env : MigrationEnvironment {{ public override string Url => {url}; {more} }}";

    private static Project WithKeys(string keys)
    {
        var project = new Project();
        project.Revision("aaa100000001", "one", upgrade: Table, downgrade: "op.DropTable(\"t\");");
        project.Write("alembic.ini", $"[alembic]\nscript_location = %(here)s/alembic\n{keys}\n");
        return project;
    }
}

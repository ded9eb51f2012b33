namespace Alembic.Tool.Tests.Connections;

/// <summary>
/// check --replay runs all revisions on a database that it creates and drops; the project's own database is left alone.
/// </summary>
[TestClass]
public sealed class ReplayTests
{
    private const string Create = """op.CreateTable("shop", [new Column("id", SqlType.Integer, primaryKey: true)]);""";

    // What runs tells where.
    private static string Where(string file) => $$"""
        System.IO.File.WriteAllText("{{file}}", op.Dialect.Name switch
        {
            "sqlite" => (string)op.Query("SELECT file FROM pragma_database_list")[0]["file"]!,
            "postgresql" => (string)op.Query("SELECT current_database() AS name")[0]["name"]!,
            _ => (string)op.Query("SELECT DATABASE() AS name")[0]["name"]!,
        });
        """;

    public static IEnumerable<object[]> Dialects => LiveProject.Dialects;

    [TestMethod]
    [DynamicData(nameof(Dialects))]
    public void A_model_that_the_revisions_make_agrees(string dialect)
    {
        using var live = Shop(dialect);
        live.Project.Revision("aaa100000001", "one", upgrade: Create + Name("op.AddColumn(\"shop\", ", ");"));
        live.Project.Run("check", "--replay", "--json").Ok();
        Assert.AreEqual("No new upgrade operations detected.\n", live.Project.Run("check", "--replay").Ok().Out);
        Assert.AreEqual("", live.Tables());
        Assert.IsFalse(File.Exists(live.Project.Path("test.db")));
    }

    [TestMethod]
    [DynamicData(nameof(Dialects))]
    public void A_model_that_they_do_not_make_is_told_wherever_the_database_is(string dialect)
    {
        using var live = Shop(dialect);
        live.Project.Revision("aaa100000001", "one", upgrade: Create);
        // A database that somebody else has changed, or that is behind, does not count.
        live.Execute("CREATE TABLE other (id int)");
        live.Project.Run("check", "--replay").Fails(2, "New upgrade operations detected: 1 difference\n");
        Assert.Contains("Detected added column 'shop.name'", live.Project.Run("check", "--replay").Error);
        Assert.Contains("\"differences\": [\n        \"Detected added column 'shop.name'\"",
            live.Project.Run("check", "--replay", "--json").Out);
        Assert.AreEqual("other", live.Tables());
    }

    [TestMethod]
    [DynamicData(nameof(Dialects))]
    public void Nothing_stays_of_it_however_it_ends(string dialect)
    {
        using var live = Shop(dialect);
        var (file, begun) = (live.Project.Path("where"), live.Project.Path("begun"));
        live.Project.Revision("aaa100000001", "one", upgrade: Create + Where(file));
        live.Project.Run("check", "--replay").Fails(2, "New upgrade operations detected");
        Gone();
        live.Project.Revision("bbb200000002", "two", "aaa100000001", upgrade: "op.Execute(\"SELECT * FROM nowhere\");");
        live.Project.Run("check", "--replay").Fails(1, "bbb200000002");
        Gone();
        live.Project.Revision("bbb200000002", "two", "aaa100000001", upgrade: $$"""
            System.IO.File.WriteAllText("{{begun}}", "");
            op.Execute(op.Dialect.Name switch
            {
                "sqlite" => "WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c",
                "postgresql" => "SELECT pg_sleep(1000)",
                _ => "DO SLEEP(1000)",
            });
            // MariaDB's SLEEP ends without an error.
            op.Execute("SELECT 1");
            """);
        live.Project.OnInterrupt = interrupt =>
        {
            var timer = new Timer(_ =>
            {
                if (File.Exists(begun))
                    interrupt();
            });
            timer.Change(100, 100);
            return timer;
        };
        live.Project.Run("check", "--replay").Fails(130, "Cancelled in upgrade aaa100000001 -> bbb200000002");
        Gone();
        Assert.AreEqual("", live.Tables());

        void Gone()
        {
            var where = File.ReadAllText(file);
            Assert.AreEqual(dialect == "sqlite" ? "" : "alembic_scratch_", where[..Math.Min(where.Length, 16)]);
            Assert.IsFalse(live.Has(where), where);
            File.Delete(file);
        }
    }

    [TestMethod]
    public void A_connection_that_a_migration_leaves_open_keeps_no_database_on_PostgreSQL()
    {
        using var live = Shop("postgresql");
        var file = live.Project.Path("where");
        live.Project.Revision("aaa100000001", "one", upgrade: Create + Where(file) + """
            var other = (System.Data.Common.DbConnection)System.Activator.CreateInstance(op.Connection.GetType())!;
            other.ConnectionString = op.Connection.ConnectionString;
            other.Open();
            """);
        live.Project.Run("check", "--replay").Fails(2, "New upgrade operations detected");
        Assert.IsFalse(live.Has(File.ReadAllText(file)));
    }

    [TestMethod]
    public void A_role_that_may_create_no_database_is_told_so_in_a_line_on_PostgreSQL()
    {
        using var live = Shop("postgresql");
        live.Execute("CREATE ROLE replay_poor LOGIN");
        try
        {
            Refused(live, "replay_poor", "cannot create a scratch database beside 'postgresql://replay_poor");
        }
        finally
        {
            live.Execute("DROP ROLE replay_poor");
        }
    }

    [TestMethod]
    public void A_user_who_may_create_no_database_is_told_so_in_a_line_on_MySQL()
    {
        using var live = Shop("mysql");
        live.Execute("CREATE USER replay_poor");
        live.Execute("GRANT ALL ON " + live.Row("SELECT DATABASE()") + ".* TO replay_poor");
        try
        {
            Refused(live, "replay_poor", "cannot create a scratch database beside 'mysql://replay_poor");
        }
        finally
        {
            live.Execute("DROP USER replay_poor");
        }
    }

    [TestMethod]
    [DataRow("postgresql")]
    [DataRow("mysql")]
    public void A_server_without_the_projects_database_will_do(string dialect)
    {
        using var live = Shop(dialect);
        live.Project.Revision("aaa100000001", "one", upgrade: Create + Name("op.AddColumn(\"shop\", ", ");"));
        var url = new UriBuilder(live.Url) { Path = "/nobody_made_it" };
        live.Project.Write("alembic.ini",
            File.ReadAllText(live.Project.Path("alembic.ini")).Replace(new Uri(live.Url).AbsolutePath, url.Path, StringComparison.Ordinal));
        live.Project.Run("check", "--replay").Ok();
    }

    private static void Refused(LiveProject live, string user, string message)
    {
        var url = new UriBuilder(live.Url) { UserName = user, Password = "" };
        live.Project.Write("alembic.ini", string.Join('\n', File.ReadLines(live.Project.Path("alembic.ini")).Select(line =>
            line.StartsWith("sqlalchemy.url", StringComparison.Ordinal) ? $"sqlalchemy.url = {url.Uri.OriginalString}" : line)));
        live.Project.Revision("aaa100000001", "one", upgrade: Create);
        live.Project.Run("check", "--replay").Fails(64, message, "let the user of the URL create databases");
    }

    private static string Name(string before, string after) => $"{before}new Column(\"name\", SqlType.String(50)){after}";

    private static LiveProject Shop(string dialect)
    {
        var live = new LiveProject(dialect);
        live.Project.Write("alembic/env.cs", $$"""
            using Alembic;
            using Alembic.Schema;

            public sealed class Env : MigrationEnvironment
            {
                public override MetaData? TargetMetadata { get; } =
                    new([new Table("shop", [new Column("id", SqlType.Integer, primaryKey: true), {{Name("", "")}}])]);
            }
            """);
        return live;
    }
}

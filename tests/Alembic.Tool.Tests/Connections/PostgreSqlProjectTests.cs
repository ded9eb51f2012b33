using System.Text.Json;
using System.Diagnostics;
using Alembic.Tests.Databases.PostgreSql;
using Alembic.Tool.Tests.Commands;
using Npgsql;

namespace Alembic.Tool.Tests.Connections;

/// <summary>The tool on a project whose database is a real PostgreSQL.</summary>
[TestClass]
public sealed class PostgreSqlProjectTests
{
    private const string Mood = "SqlType.Enum(\"mood\", [\"happy\", \"it's \\\\ sad\"])";

    [TestMethod]
    public void Migrations_go_up_and_down()
    {
        using var database = new PostgreSqlProject();
        database.Project.Revision("aaa100000001", "one",
            upgrade: $"op.CreateTable(\"account\", [new Column(\"id\", SqlType.Integer, primaryKey: true), new Column(\"m\", {Mood})]);",
            downgrade: "op.DropTable(\"account\");");
        database.Project.Revision("bbb200000002", "two", "aaa100000001",
            upgrade: "op.AutocommitBlock(() => op.CreateIndex(\"ix\", \"account\", [\"m\"], concurrently: true)); "
                + "op.BulkInsert(\"account\", [new { m = \"happy\" }]); foreach (var row in op.Query(\"SELECT m FROM account\")) "
                + "op.Execute(\"UPDATE account SET m = @m\", new { m = (string)row[\"m\"]! });",
            downgrade: "op.DropIndex(\"ix\", \"account\");");
        var result = database.Project.Run("upgrade", "head", "-v").Ok();
        Assert.Contains("Context impl PostgresqlImpl.", result.Error);
        Assert.Contains("Will assume transactional DDL.", result.Error);
        Assert.AreEqual("bbb200000002|1|happy", database.Row("SELECT version_num || '|' || id || '|' || m FROM alembic_version, account"));
        database.Project.Run("downgrade", "base").Ok();
        Assert.AreEqual("0", database.Row("SELECT count(*) FROM alembic_version"));
        database.Project.Run("upgrade", "head").Ok();
        Assert.StartsWith("bbb200000002 (head)", database.Project.Run("current").Ok().Out);
    }

    [TestMethod]
    public void A_migration_that_fails_leaves_nothing_and_those_before_it_stay()
    {
        using var database = new PostgreSqlProject();
        database.Project.Revision("aaa100000001", "one", upgrade: "op.CreateTable(\"a\", [new Column(\"id\", SqlType.Integer)]);");
        database.Project.Revision("bbb200000002", "two", "aaa100000001",
            upgrade: "op.CreateTable(\"b\", [new Column(\"id\", SqlType.Integer)]); op.Execute(\"INSERT INTO a VALUES ('secret value')\");");
        var result = database.Project.Run("upgrade", "head").Fails(1, "bbb200000002: 22P02: invalid input syntax for type integer");
        Assert.DoesNotContain("topsecret", result.Error);
        Assert.AreEqual("aaa100000001 ",
            database.Row("SELECT version_num || ' ' || coalesce(to_regclass('b')::text, '') FROM alembic_version"));
    }

    [TestMethod]
    public void What_autogenerate_writes_compiles_and_leaves_nothing_to_be_found()
    {
        using var database = new PostgreSqlProject();
        database.Project.Write("alembic/env.cs",
            $$"""
            using Alembic;
            using Alembic.Schema;

            public sealed class Env : MigrationEnvironment
            {
                public override MetaData? TargetMetadata => new(
                [
                    new Table("t",
                    [
                        new Column("id", SqlType.BigInteger, primaryKey: true),
                        new Column("a", PostgreSqlType.Jsonb, nullable: false, serverDefault: "{}"),
                        new Column("b", PostgreSqlType.Array({{Mood}})), new Column("c", PostgreSqlType.VarBit(3)),
                        new Column("d", PostgreSqlType.Timestamp(3, timeZone: true), serverDefault: Sql.Text("now()"), index: true),
                        new Column("e", SqlType.Text, unique: true, comment: "it's \\ \"e\""),
                        new CheckConstraint("id > 0"), new TableIndex("gin", ["a"], method: "gin"),
                    ], comment: "a table"),
                ]);

                public override void Configure(EnvironmentOptions options) => options.CompareServerDefault = true;
            }
            """);
        database.Project.Run("revision", "--autogenerate", "-m", "all of it").Ok();
        Assert.Contains("PostgreSqlType.Array(SqlType.Enum(\"mood\", [\"happy\", \"it's \\\\ sad\"], createType: false))",
            File.ReadAllText(Directory.GetFiles(database.Project.Path("alembic/versions"), "*.cs").Single()));
        database.Project.Run("upgrade", "head").Ok();
        Assert.AreEqual("No new upgrade operations detected.\n", database.Project.Run("check").Ok().Out);

        database.Execute("ALTER TABLE t DROP COLUMN c, ADD COLUMN f inet[], ALTER COLUMN e TYPE varchar(9)");
        database.Project.Run("revision", "--autogenerate", "-m", "back again").Ok();
        database.Project.Run("upgrade", "head").Ok();
        database.Project.Run("check").Ok();
        database.Project.Run("downgrade", "-1").Ok();
        Assert.AreEqual("f inet[]",
            database.Row(
                "SELECT attname || ' ' || format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 't'::regclass AND attname "
                    + "IN ('c', 'f') AND NOT attisdropped AND attnum > 0 ORDER BY 1 DESC"));
        database.Project.Run("upgrade", "head").Ok();
        database.Project.Run("downgrade", "base").Ok();
    }

    [TestMethod]
    public void An_enum_is_made_changed_and_dropped_by_what_autogenerate_writes()
    {
        using var database = new PostgreSqlProject();
        using var scripted = new PostgreSqlProject();
        void Migrate(string message, string tables)
        {
            database.Project.Write("alembic/env.cs",
                $$"""
                using Alembic;
                using Alembic.Schema;

                public sealed class Env : MigrationEnvironment
                {
                    public override MetaData? TargetMetadata => new([{{tables}}]);

                    public override void Configure(EnvironmentOptions options) => options.CompareServerDefault = true;
                }
                """);
            database.Project.Run("revision", "--autogenerate", "-m", message).Ok();
            database.Project.Run("upgrade", "head").Ok();
            Assert.AreEqual("No new upgrade operations detected.\n", database.Project.Run("check").Ok().Out);
        }

        string Table(string name, string values, string value) =>
            $"new Table(\"{name}\", [new Column(\"id\", SqlType.Integer, primaryKey: true), new Column(\"m\", SqlType.Enum(\"mood\", "
            + $"[{values}]), nullable: false, serverDefault: \"{value}\")])";
        Migrate("made", $"{Table("a", "\"sad\", \"happy\"", "sad")}, {Table("b", "\"sad\", \"happy\"", "happy")}");
        database.Execute("INSERT INTO a DEFAULT VALUES; INSERT INTO b DEFAULT VALUES");
        // The value is new, and a default at once.
        Migrate("added",
            $"{Table("a", "\"new\", \"sad\", \"happy\"", "new")}, {Table("b", "\"new\", \"sad\", \"happy\"", "happy")}, "
                + $"{Table("c", "\"new\", \"sad\", \"happy\"", "new")}");
        database.Execute("INSERT INTO a DEFAULT VALUES");
        Assert.AreEqual("sad,new", database.Row("SELECT string_agg(m::text, ',' ORDER BY id) FROM a"));
        database.Execute("DELETE FROM a WHERE m = 'new'");
        Migrate("removed", $"{Table("a", "\"happy\", \"sad\"", "sad")}, {Table("b", "\"happy\", \"sad\"", "happy")}");
        Migrate("dropped", "");
        Assert.AreEqual("0", database.Row("SELECT count(*) FROM pg_type WHERE typtype = 'e'"));

        var script = database.Project.Run("upgrade", "head", "--sql").Ok().Out;
        Assert.HasCount(3, script.Split("CREATE TYPE mood"), "made once, and once more where a value goes");
        Psql(scripted.Url, script);
        Assert.AreEqual(Dump(database.Url), Dump(scripted.Url));
        database.Project.Run("downgrade", "base").Ok();
        Assert.AreEqual("0", database.Row("SELECT count(*) FROM pg_type WHERE typtype = 'e'"));
        database.Project.Run("upgrade", "head").Ok();
        Psql(scripted.Url, database.Project.Run("downgrade", "head:base", "--sql").Ok().Out);
        Assert.AreEqual("", string.Concat(Dump(scripted.Url).Split('\n').Where(line => line.Contains("mood", StringComparison.Ordinal))));
    }

    [TestMethod]
    public void A_script_does_in_psql_what_the_run_does()
    {
        using var database = new PostgreSqlProject();
        using var scripted = new PostgreSqlProject();
        database.Project.Revision("aaa100000001", "one",
            upgrade: $"op.CreateTable(\"a\", [new Column(\"id\", SqlType.Integer, primaryKey: true), new Column(\"m\", {Mood}, "
                + $"serverDefault: \"it's \\\\ sad\", comment: \"c\\\\d\")]); op.CreateTable(\"b\", [new Column(\"m\", {Mood})]);"
                + "op.BulkInsert(\"a\", [new { id = 1, m = \"it's \\\\ sad\" }]); op.Execute(\"INSERT INTO a VALUES (@id, @m)\", new { "
                + "id = 2, m = \"happy\" });",
            downgrade: "op.DropTable(\"a\"); op.DropTable(\"b\");");
        database.Project.Revision("bbb200000002", "two", "aaa100000001",
            upgrade: "op.AutocommitBlock(() => op.CreateIndex(\"ix\", \"a\", [\"m\"], concurrently: true)); op.AlterColumn(\"a\", "
                + "\"id\", type: SqlType.BigInteger, comment: \"n\");",
            downgrade: "op.DropIndex(\"ix\"); op.AlterColumn(\"a\", \"id\", comment: \"\");");
        database.Project.Run("upgrade", "head").Ok();
        Psql(scripted.Url, database.Project.Run("upgrade", "head", "--sql").Ok().Out);
        Assert.AreEqual(Dump(database.Url), Dump(scripted.Url));
        database.Project.Run("downgrade", "base").Ok();
        Psql(scripted.Url, database.Project.Run("downgrade", "head:base", "--sql").Ok().Out);
        Assert.AreEqual(Dump(database.Url), Dump(scripted.Url));
    }

    [TestMethod]
    public void A_database_that_is_missing_or_closed_is_said_in_one_line()
    {
        using var database = new PostgreSqlProject("_missing");
        var name = new Uri(database.Url).AbsolutePath[1..] + "_missing";
        database.Project.Run("upgrade", "head").Fails(1, "unable to connect to 'postgresql://", $"createdb {name}");
    }

    [TestMethod]
    public void A_role_that_may_not_is_told_so_in_one_line()
    {
        using var database = new PostgreSqlProject();
        database.Project.Revision("aaa100000001", "one");
        database.Execute("CREATE ROLE guest_of_the_tests LOGIN PASSWORD 'topsecret'");
        try
        {
            database.Project.Run("-x", "ignored", "current").Ok();
            database.Project.Write("alembic.ini",
                File.ReadAllText(database.Project.Path("alembic.ini"))
                    .Replace("://alembic", "://guest_of_the_tests", StringComparison.Ordinal));
            database.Project.Run("upgrade", "head").Fails(1, "42501: permission denied for schema public");
        }
        finally
        {
            database.Execute("DROP ROLE guest_of_the_tests");
        }
    }

    private static void Psql(string url, string script)
    {
        var (code, text) = Run(PostgreSqlServer.Program("psql"), url, script, "-X", "-q", "-v", "ON_ERROR_STOP=1");
        Assert.AreEqual(0, code, text + script);
    }

    // A script has no journal: nothing tells it that it was broken off.
    private static string Dump(string url)
    {
        var (code, text) = Run(PostgreSqlServer.Program("pg_dump"), url, "", "--inserts", "--exclude-table=alembic_journal");
        Assert.AreEqual(0, code, text);
        return string.Join('\n',
            text.Split('\n').Where(line => !line.StartsWith("--", StringComparison.Ordinal) && !line.StartsWith('\\')));
    }

    private static (int Code, string Text) Run(string program, string url, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, [.. arguments, url])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text + error.Result);
    }

    [TestMethod]
    public void The_servers_hint_is_shown()
    {
        using var database = new PostgreSqlProject();
        database.Project.Revision("aaa100000001", "one", upgrade: "op.Execute(\"SELECT lenght('a')\");");
        var result = database.Project.Run("upgrade", "head").Fails(1, "aaa100000001: 42883: function lenght(unknown) does not exist");
        Assert.Contains("hint: the server says: No function matches the given name and argument types. You might need to add explicit type "
            + "casts; ", result.Error);
    }

    [TestMethod]
    public void What_was_done_before_a_refused_commit_is_in_the_document()
    {
        using var database = new PostgreSqlProject();
        database.Project.Revision("aaa100000001", "one", upgrade: "op.Execute(\"CREATE TABLE a (id int PRIMARY KEY)\"); "
            + "op.Execute(\"CREATE TABLE b (a_id int REFERENCES a DEFERRABLE INITIALLY DEFERRED)\");");
        database.Project.Revision("bbb200000002", "two", "aaa100000001", upgrade: "op.Execute(\"INSERT INTO b VALUES (1)\");");
        var result = database.Project.Run("upgrade", "head", "--json");
        Assert.AreEqual(1, result.Code);
        using var document = JsonDocument.Parse(result.Out);
        var data = document.RootElement.GetProperty("data")[0];
        Assert.AreEqual("aaa100000001", data.GetProperty("applied")[0].GetProperty("revision").GetString());
        Assert.AreEqual(1, data.GetProperty("applied").GetArrayLength());
        var failure = document.RootElement.GetProperty("diagnostics").EnumerateArray().Last();
        Assert.StartsWith("23503: ", failure.GetProperty("message").GetString());
    }

    [TestMethod]
    public void The_servers_hint_is_shown_wherever_it_refuses()
    {
        using var database = new PostgreSqlProject();
        database.Project.Revision("aaa100000001", "one", upgrade: "");
        database.Project.Run("upgrade", "head").Ok();
        database.Execute("ALTER TABLE alembic_version RENAME version_num TO version_numb");
        Assert.Contains("hint: the server says: ", database.Project.Run("current").Error);
    }
}

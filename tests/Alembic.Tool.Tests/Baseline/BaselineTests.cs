using Alembic.Operations;
using Alembic.Schema;
using Alembic.Tests.Databases.SqlServer;
using Alembic.Tool.Tests.Commands;

namespace Alembic.Tool.Tests.Baseline;

/// <summary>
/// A database that was there before its project: the revision written from it makes the same database again, by the database's own account.
/// </summary>
[TestClass]
public sealed class BaselineTests
{
    private static string Samples { get; } = Path.Combine(Repository.Root, "tests", "samples", "schemas");

    public static IEnumerable<object[]> Schemas =>
        from kind in new[] { "sqlite", "postgresql", "postgresql18", "mariadb", "mariadb-11.8", "mysql" }
        from name in new[] { "web_shop", "blog", "ticketing", "accounting", "telemetry" } select new object[] { kind, name };

    [TestMethod]
    [TestCategory(SqlServerServer.Category)]
    public void The_same_database_again_on_sql_server()
    {
        The_same_database_again("mssql", "blog");
        It_can_be_taken_back("mssql");
    }

    [TestMethod]
    [DynamicData(nameof(Schemas))]
    public void The_same_database_again(string kind, string name)
    {
        var (before, tables, after) = Read(Path.Combine(Samples, SchemaServer.SamplesOf(kind), name + ".sql"));
        using var source = new SchemaServer(kind);
        using var target = new SchemaServer(kind);
        source.Execute(before + tables + after);
        var inspected = source.Inspect();
        Assert.IsGreaterThanOrEqualTo(10, inspected.Tables.Count);

        using var project = new Project();
        Point(project, source);
        var written = project.Run("revision", "--from-database", "-m", "baseline").Ok();
        Assert.DoesNotContain("warning: ", written.Error);
        project.Run("stamp", "head").Ok();
        Model(project, inspected);
        project.Run("check").Ok();

        Point(project, target);
        project.Run("upgrade", "head").Ok();
        project.Run("check").Ok();
        Same(string.Join("\n", inspected.Tables.Select(t => Text(t))), string.Join("\n", target.Inspect().Tables.Select(t => Text(t))));
        Same(source.Dump(), target.Dump());
    }

    [TestMethod]
    [DataRow("sqlite")]
    [DataRow("postgresql")]
    [DataRow("mariadb")]
    [DataRow("mysql")]
    public void It_can_be_taken_back(string kind)
    {
        var (before, tables, after) = Read(Path.Combine(Samples, SchemaServer.SamplesOf(kind), "blog.sql"));
        using var source = new SchemaServer(kind);
        using var target = new SchemaServer(kind);
        var empty = target.Dump();
        source.Execute(before + tables + after);
        using var project = new Project();
        Point(project, source);
        project.Run("revision", "--autogenerate", "--from-database", "-m", "baseline").Ok();
        Point(project, target);
        project.Run("upgrade", "head").Ok();
        project.Run("downgrade", "base").Ok();
        Same(empty, target.Dump());
        project.Run("upgrade", "head").Ok();
        Same(source.Dump(), target.Dump());
    }

    [TestMethod]
    [DataRow("sqlite", "web_shop", "cart, cart_item, payment")]
    [DataRow("sqlite", "ticketing", "agent")]
    [DataRow("mariadb", "ticketing", "")]
    [DataRow("mariadb", "web_shop", "customer")]
    [DataRow("mariadb", "telemetry", "alarm_rule, measurement")]
    [DataRow("mysql", "telemetry", "measurement, site")]
    [DataRow("postgresql", "telemetry", "")]
    public void Only_what_has_no_place_in_CreateTable_is_SQL(string kind, string name, string expected)
    {
        var (before, tables, _) = Read(Path.Combine(Samples, SchemaServer.SamplesOf(kind), name + ".sql"));
        using var source = new SchemaServer(kind);
        source.Execute(before + tables);
        using var project = new Project();
        Point(project, source);
        project.Run("revision", "--from-database", "-m", "baseline").Ok();
        var lines = File.ReadAllLines(Directory.GetFiles(project.Path("alembic/versions"), "*.cs").Single());
        var verbatim = lines.Select(l => l.Trim())
            .Where(l => l.StartsWith("CREATE TABLE", StringComparison.Ordinal)
                || l.StartsWith("op.Execute(\"CREATE TABLE", StringComparison.Ordinal))
            .Select(l => l[(l.IndexOf("TABLE ", StringComparison.Ordinal) + 6)..].Split(' ', '(')[0].Trim('`', '"', '\\'))
            .Order(StringComparer.Ordinal);
        Assert.AreEqual(expected, string.Join(", ", verbatim));
    }

    [TestMethod]
    public void The_database_is_only_looked_at_and_the_filters_hold()
    {
        using var project = new Project();
        project.Sql(
            "CREATE TABLE a (id INTEGER PRIMARY KEY); CREATE TABLE b (id INTEGER PRIMARY KEY, secret TEXT); CREATE TABLE alembic_journal "
                + "(id INTEGER)");
        project.Write("alembic/env.cs",
            "public sealed class Env : Alembic.MigrationEnvironment { public override void Configure(Alembic.EnvironmentOptions options) "
                + "=> options.IncludeObject = o => o.Name is not (\"a\" or \"secret\"); }");
        project.Run("revision", "--from-database", "-m", "baseline").Ok();
        var text = File.ReadAllText(Directory.GetFiles(project.Path("alembic/versions"), "*.cs").Single());
        Assert.Contains("op.CreateTable(\"b\"", text);
        Assert.DoesNotContain("\"a\"", text);
        Assert.DoesNotContain("secret", text);
        Assert.DoesNotContain("alembic_journal", text);
        Assert.AreEqual("0", project.Rows("SELECT count(*) FROM sqlite_schema WHERE name = 'alembic_version'").Single());
        project.Run("revision", "--from-database", "-m", "again").Fails(64,
            "--from-database writes the first revision, but there are revisions already", "dotnet alembic revision --autogenerate");
    }

    [TestMethod]
    public void Partitions_and_tables_that_inherit_come_as_they_are()
    {
        const string Tables = """
            CREATE TABLE "z Parent" (id serial, name text NOT NULL DEFAULT 'it''s', CONSTRAINT ck_name CHECK (name <> ''), CONSTRAINT pk_parent PRIMARY KEY (id));
            CREATE TABLE other (code varchar(5) COLLATE "C");
            CREATE TABLE child (extra integer UNIQUE, CONSTRAINT child_pk PRIMARY KEY (id), CHECK (extra > 0)) INHERITS ("z Parent", other);
            CREATE TABLE a_grandchild (owner integer REFERENCES "z Parent", CONSTRAINT fk_child FOREIGN KEY (owner) REFERENCES child) INHERITS (child);
            CREATE INDEX ix_child ON child (name);
            CREATE TABLE measurement (id bigint GENERATED ALWAYS AS IDENTITY, region text NOT NULL, at date NOT NULL, value integer DEFAULT 1, PRIMARY KEY (id, region, at)) PARTITION BY LIST (region);
            CREATE INDEX ix_measurement ON measurement (value);
            CREATE TABLE "Europe's" PARTITION OF measurement FOR VALUES IN ('eu', 'it''s') PARTITION BY RANGE (at);
            CREATE TABLE europe_2026 PARTITION OF "Europe's" FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
            CREATE UNLOGGED TABLE rest PARTITION OF measurement (CONSTRAINT ck_rest CHECK (value > 0)) DEFAULT WITH (fillfactor = 70);
            ALTER TABLE rest ALTER COLUMN value SET DEFAULT 7;
            CREATE INDEX ix_rest ON rest (lower(region)) WHERE value > 1;
            COMMENT ON TABLE rest IS 'who''s left';
            CREATE TABLE hashed (id integer PRIMARY KEY) PARTITION BY HASH (id);
            CREATE TABLE hashed_0 PARTITION OF hashed FOR VALUES WITH (MODULUS 1, REMAINDER 0);
            """;
        using var source = new SchemaServer("postgresql");
        using var target = new SchemaServer("postgresql");
        source.Execute(Tables);
        using var project = new Project();
        Point(project, source);
        project.Run("revision", "--from-database", "-m", "baseline").Ok();
        project.Run("stamp", "head").Ok();
        Model(project, source.Inspect());
        project.Run("check").Ok();
        Point(project, target);
        project.Run("upgrade", "head").Ok();
        project.Run("check").Ok();
        target.Execute(
            "INSERT INTO measurement (region, at) VALUES ('eu', '2026-05-05'), ('elsewhere', '2026-05-05'); INSERT INTO child (name, "
                + "extra) VALUES ('x', 1)");
        project.Run("downgrade", "base").Ok();
        Assert.IsEmpty(target.Inspect().Tables);
        project.Run("upgrade", "head").Ok();
        Same(source.Dump(), target.Dump());
    }

    private static void Same(string expected, string actual)
    {
        var (a, b) = (expected.Split('\n'), actual.Split('\n'));
        Assert.AreEqual("", string.Join('\n', a.Except(b).Select(line => "- " + line).Concat(b.Except(a).Select(line => "+ " + line))));
        Assert.AreEqual(expected, actual);
    }

    internal static void Point(Project project, SchemaServer server) => project.Write("alembic.ini",
        string.Join('\n',
            File.ReadAllLines(project.Path("alembic.ini"))
                .Select(line => line.StartsWith("sqlalchemy.url", StringComparison.Ordinal)
                    ? $"sqlalchemy.url = {server.Url.Replace("%", "%%", StringComparison.Ordinal)}"
                    : line)));

    internal static void Model(Project project, MetaData model, bool allSchemas = false) => project.Write("alembic/env.cs",
        $$"""
        using Alembic;
        using Alembic.Schema;

        public sealed class Env : MigrationEnvironment
        {
            public override MetaData? TargetMetadata => new(
            [
                {{string.Join(",\n        ", model.Tables.Select(t => Text(t, t.Options)))}}
            ]) { EnumTypes = [{{string.Join(", ", model.EnumTypes.Select(type => new CodeWriter().Value(type)))}}] };

            public override void Configure(EnvironmentOptions options) => options.IncludeSchemas = {{(allSchemas ? "true" : "false")}};
        }
        """);

    private static string Text(Table table, DialectOptions? options = null)
    {
        var code = new CodeWriter();
        return code.Call("new Table", table.Name, code.Block(table.Items.OrderBy(i => i is not Column)), ("schema", table.Schema),
            ("comment", table.Comment), ("options", options));
    }

    private static (string Before, string Tables, string After) Read(string file)
    {
        var text = File.ReadAllText(file);
        var (start, end) = (text.IndexOf("-- tables\n", StringComparison.Ordinal),
            text.IndexOf("-- views and triggers\n", StringComparison.Ordinal));
        end = end < 0 ? text.Length : end;
        return start < 0 ? ("", text[..end], text[end..]) : (text[..start], text[start..end], text[end..]);
    }

}

namespace Alembic.Tool.Tests.Commands;

/// <summary>What an environment makes of the revision that is about to be written.</summary>
[TestClass]
public sealed class RevisionHookTests : IDisposable
{
    private const string Tables =
        "new Table(\"a\", [new Column(\"id\", SqlType.Integer, primaryKey: true)]), new Table(\"b\", [new Column(\"id\", "
            + "SqlType.Integer, primaryKey: true)])";

    private readonly Project _project = new();

    private string[] Files => Directory.GetFiles(_project.Path("alembic/versions"), "*.cs");

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void Operations_are_rewritten()
    {
        Environment(
            "[d with { Upgrade = [.. d.Upgrade.OfType<CreateTable>().Select(c => c with { IfNotExists = true })], Message = d.Message + "
                + "\"!\" }]");
        _project.Run("revision", "--autogenerate", "-m", "one").Ok();
        var text = File.ReadAllText(Files.Single());
        Assert.StartsWith("// one!", text);
        Assert.HasCount(3, text.Split("ifNotExists: true"));
        _project.Run("upgrade", "head").Ok();
        _project.Run("downgrade", "base").Ok();
    }

    [TestMethod]
    public void An_empty_list_writes_no_file()
    {
        Environment("d.Upgrade.Count == 0 ? [] : [d]");
        _project.Run("revision", "--autogenerate", "-m", "one").Ok();
        _project.Run("upgrade", "head").Ok();
        var empty = _project.Run("revision", "--autogenerate", "-m", "two").Ok();
        Assert.HasCount(1, Files);
        Assert.Contains("No revision was written: ProcessRevisionDirectives removed all.", empty.Out);
        _project.Run("check").Ok();
    }

    [TestMethod]
    public void Several_directives_are_several_files_one_after_the_other()
    {
        Environment(
            "[.. d.Upgrade.Select((o, i) => new RevisionDirective($\"part {i}\", [o]) { RevisionId = $\"part{i}\", Downgrade = i == 0 ? "
                + "[new Execute(\"DROP TABLE a\")] : null })]");
        _project.Run("revision", "--autogenerate", "-m", "ignored").Ok();
        Assert.HasCount(2, Files);
        Assert.AreEqual("part0 -> part1 (head), part 1", _project.Run("history").Ok().Lines[0]);
        _project.Run("upgrade", "head").Ok();
        _project.Run("check").Ok();
        _project.Run("downgrade", "base").Ok();
        CollectionAssert.AreEqual(new[] { "alembic_version", "alembic_history" },
            _project.Rows("SELECT name FROM sqlite_schema WHERE type = 'table'").ToArray());
    }

    [TestMethod]
    public void Check_looks_at_what_is_left()
    {
        Environment("[]");
        _project.Run("check").Ok();
    }

    [TestMethod]
    public void Operations_of_a_kind_are_rewritten_and_the_downgrade_follows()
    {
        Environment(
            "[d.Rewrite<CreateTable>(t => t.Table.Name == \"a\" ? [new Execute(\"SELECT 1\") { Undo = new Execute(\"SELECT 2\") }, t "
                + "with { IfNotExists = true }] : [])]");
        _project.Run("revision", "--autogenerate", "-m", "one").Ok();
        var text = File.ReadAllText(Files.Single());
        Assert.DoesNotContain("\"b\"", text);
        Assert.Contains("op.Execute(\"SELECT 1\");", text);
        Assert.Contains("op.DropTable(\"a\");\n        op.Execute(\"SELECT 2\");", text.ReplaceLineEndings("\n"));
        _project.Run("upgrade", "head").Ok();
    }

    [TestMethod]
    public void A_directive_says_what_it_depends_on_where_it_splices_and_what_it_uses()
    {
        _project.Run("revision", "-m", "root", "--rev-id", "root").Ok();
        _project.Run("revision", "-m", "next", "--rev-id", "next").Ok();
        _project.Run("revision", "-m", "other", "--rev-id", "other", "--head", "base").Ok();
        _project.Run("upgrade", "heads").Ok();
        Environment(
            "[d with { Head = \"root\", Splice = true, DependsOn = [\"other\"], Usings = [\"System.Text\"], RevisionId = \"mine\" }]");
        _project.Run("revision", "--autogenerate", "-m", "one").Ok();
        var text = File.ReadAllText(Files.Single(file => file.Contains("mine", StringComparison.Ordinal)));
        foreach (var line in new[] { "using System.Text;", "[Revises(\"root\")]", "[DependsOn(\"other\")]" })
            Assert.Contains(line, text);
        _project.Run("upgrade", "heads").Ok();
    }

    [TestMethod]
    public void A_type_is_written_by_the_environment_with_its_using()
    {
        _project.Write("alembic/versions/types.cs",
            "namespace Shop.Types; public static class Own { public static Alembic.Schema.SqlType Money => "
                + "Alembic.Schema.SqlType.Numeric(10, 2); }");
        Environment(
            "[d]",
            "options.RenderItem = (item, code) => { if (item is not SqlType { Kind: SqlTypeKind.Numeric }) return null; "
                + "code.Using(\"Shop.Types\"); return \"Own.Money\"; };",
            "new Table(\"a\", [new Column(\"id\", SqlType.Integer, primaryKey: true), new Column(\"price\", SqlType.Numeric(10, 2))])");
        _project.Run("revision", "--autogenerate", "-m", "one").Ok();
        var text = File.ReadAllText(Files.Single(file => !file.Contains("types", StringComparison.Ordinal)));
        Assert.Contains("using Alembic.Schema;\nusing Shop.Types;\n", text.ReplaceLineEndings("\n"));
        Assert.Contains("new Column(\"price\", Own.Money)", text);
        _project.Run("upgrade", "head").Ok();
        _project.Run("check").Ok();
    }

    [TestMethod]
    public void An_operation_of_the_projects_own_is_in_one_file_for_the_environment_and_for_revisions()
    {
        Directory.CreateDirectory(_project.Path("db"));
        _project.Write("db/CreateView.cs",
            """
            using Alembic;
            using Alembic.Operations;

            namespace Shop.Db;

            internal sealed record CreateView(string Name, string Query) : Operation
            {
                public override Operation Reverse() => new Execute($"DROP VIEW {Name}");

                protected override IEnumerable<string> Sql(Dialect dialect) => [$"CREATE VIEW {dialect.Quote(Name)} AS {Query}"];

                protected override string CSharp(CodeWriter code)
                {
                    code.Using("Shop.Db");
                    return code.Call("op.CreateView", Name, Query);
                }

                public static void Compare(SchemaComparison comparison)
                {
                    if (comparison.Query("SELECT 1 FROM sqlite_schema WHERE name = 'v'").Count == 0)
                        comparison.Add("added view 'v'", new CreateView("v", "SELECT id FROM a"));
                }
            }

            internal static class Directives
            {
                public static void CreateView(this Op op, string name, string query) => op.Invoke(new CreateView(name, query));
            }
            """);
        _project.Write("alembic.ini",
            File.ReadAllText(_project.Path("alembic.ini"))
                .Replace("[alembic]\n", "[alembic]\nsources = %(here)s/db/*.cs\n", StringComparison.Ordinal));
        Environment("[d]", "options.Comparers = [Shop.Db.CreateView.Compare];");
        _project.Run("check").Fails(2, "New upgrade operations detected: 3 differences");
        _project.Run("revision", "--autogenerate", "-m", "one").Ok();
        var text = File.ReadAllText(Files.Single());
        Assert.Contains("using Shop.Db;", text);
        Assert.Contains("op.CreateView(\"v\", \"SELECT id FROM a\");", text);
        Assert.Contains("op.Execute(\"DROP VIEW v\");\n        op.DropTable(\"b\");", text.ReplaceLineEndings("\n"));
        _project.Run("upgrade", "head").Ok();
        _project.Run("check").Ok();
        Assert.Contains("CREATE VIEW v AS SELECT id FROM a;", _project.Run("upgrade", "head", "--sql").Ok().Out);
        _project.Run("downgrade", "base").Ok();
    }

    [TestMethod]
    public void The_template_has_variables_of_the_projects_own()
    {
        var template = File.ReadAllText(_project.Path("alembic/script.cs.scriban"));
        _project.Write("alembic/script.cs.scriban", "// Team: {{ team }} ({{ people | array.join \", \" }})\n" + template);
        Environment("[d]",
            "options.TemplateVariables[\"team\"] = \"billing\"; options.TemplateVariables[\"people\"] = new[] { \"ada\", \"bob\" };");
        _project.Run("revision", "--autogenerate", "-m", "one").Ok();
        Assert.StartsWith("// Team: billing (ada, bob)", File.ReadAllText(Files.Single()));
    }

    [TestMethod]
    [DataRow("message", "\"x\"", "options.TemplateVariables: 'message' is one of the template's own variables; give it another name")]
    [DataRow("now", "DateTime.Now",
        "options.TemplateVariables: 'now' is DateTime; a template takes text, numbers, true, false and lists of text")]
    public void A_variable_that_the_template_cannot_take_is_an_error(string name, string value, string message)
    {
        Environment("[d]", $"options.TemplateVariables[\"{name}\"] = {value};");
        Assert.Contains(message, _project.Run("revision", "--autogenerate", "-m", "one").Error);
        Assert.IsEmpty(Files);
    }

    [TestMethod]
    public void A_column_is_left_alone_on_both_sides()
    {
        _project.Sql(
            "CREATE TABLE a (id INTEGER NOT NULL PRIMARY KEY, theirs TEXT, changed TEXT); CREATE TABLE b (id INTEGER NOT NULL PRIMARY "
                + "KEY, theirs TEXT)");
        Environment("[d]",
            "options.IncludeObject = o => !(o is { Kind: SchemaObjectKind.Column, Table: \"a\", Name: \"theirs\" or \"ours\" or "
                + "\"changed\" });",
            Tables.Replace("primaryKey: true)])",
                "primaryKey: true), new Column(\"ours\", SqlType.Text), new Column(\"changed\", SqlType.Integer, nullable: false)])",
                StringComparison.Ordinal));
        _project.Run("revision", "--autogenerate", "-m", "one").Ok();
        var text = File.ReadAllText(Files.Single());
        Assert.DoesNotContain("\"a\"", text);
        Assert.Contains("op.DropColumn(\"b\", \"theirs\")", text);
    }

    [TestMethod]
    public void What_other_tools_keep_is_not_touched()
    {
        _project.Sql(
            "CREATE TABLE alembic_history (id INTEGER); CREATE TABLE alembic_journal (id INTEGER); CREATE TABLE alembic_version "
                + "(version_num VARCHAR(32)); CREATE TABLE our_version_alembic_lock (id INTEGER); CREATE TABLE __EFMigrationsHistory (id "
                + "INTEGER); CREATE TABLE c (id INTEGER PRIMARY KEY AUTOINCREMENT)");
        Environment("[d]", "options.VersionTable = \"our_version\";");
        _project.Run("revision", "--autogenerate", "-m", "one").Ok();
        var text = File.ReadAllText(Files.Single());
        Assert.Contains("op.DropTable(\"c\")", text);
        Assert.HasCount(2, text.Split("op.DropTable(\"c\")"));
        foreach (var name in new[] { "alembic_", "our_version", "__EF", "sqlite_" })
            Assert.DoesNotContain(name, text);
    }

    private void Environment(string directives, string options = "", string tables = Tables) => _project.Write("alembic/env.cs",
        $$"""
        using System.Linq;
        using Alembic;
        using Alembic.Operations;
        using Alembic.Schema;

        public sealed class Env : MigrationEnvironment
        {
            public override MetaData? TargetMetadata => new([{{tables}}]);

            public override void Configure(EnvironmentOptions options)
            {
                {{options}}
                options.ProcessRevisionDirectives = directives =>
                {
                    var d = directives[0];
                    return {{directives}};
                };
            }
        }
        """);
}

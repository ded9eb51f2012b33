namespace Alembic.Tool.Tests.Commands;

/// <summary>What an environment makes of the revision that is about to be written.</summary>
[TestClass]
public sealed class RevisionHookTests : IDisposable
{
    private const string Tables = "new Table(\"a\", [new Column(\"id\", SqlType.Integer, primaryKey: true)]), new Table(\"b\", [new Column(\"id\", SqlType.Integer, primaryKey: true)])";

    private readonly Project _project = new();

    private string[] Files => Directory.GetFiles(_project.Path("alembic/versions"), "*.cs");

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void Operations_are_rewritten()
    {
        Environment("[d with { Upgrade = [.. d.Upgrade.OfType<CreateTable>().Select(c => c with { IfNotExists = true })], Message = d.Message + \"!\" }]");
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
        Assert.Contains("No revision is written: ProcessRevisionDirectives left none.", empty.Out);
        _project.Run("check").Ok();
    }

    [TestMethod]
    public void Several_directives_are_several_files_one_after_the_other()
    {
        Environment("[.. d.Upgrade.Select((o, i) => new RevisionDirective($\"part {i}\", [o]) { RevisionId = $\"part{i}\", Downgrade = i == 0 ? [new Execute(\"DROP TABLE a\")] : null })]");
        _project.Run("revision", "--autogenerate", "-m", "ignored").Ok();
        Assert.HasCount(2, Files);
        Assert.AreEqual("part0 -> part1 (head), part 1", _project.Run("history").Ok().Lines[0]);
        _project.Run("upgrade", "head").Ok();
        _project.Run("check").Ok();
        _project.Run("downgrade", "base").Ok();
        CollectionAssert.AreEqual(new[] { "alembic_version", "alembic_history" }, _project.Rows("SELECT name FROM sqlite_schema WHERE type = 'table'").ToArray());
    }

    [TestMethod]
    public void Check_looks_at_what_is_left()
    {
        Environment("[]");
        _project.Run("check").Ok();
    }

    [TestMethod]
    public void A_column_is_left_alone_on_both_sides()
    {
        _project.Sql("CREATE TABLE a (id INTEGER NOT NULL PRIMARY KEY, theirs TEXT, changed TEXT); CREATE TABLE b (id INTEGER NOT NULL PRIMARY KEY, theirs TEXT)");
        Environment("[d]",
            "options.IncludeObject = o => !(o is { Kind: SchemaObjectKind.Column, Table: \"a\", Name: \"theirs\" or \"ours\" or \"changed\" });",
            Tables.Replace("primaryKey: true)])", "primaryKey: true), new Column(\"ours\", SqlType.Text), new Column(\"changed\", SqlType.Integer, nullable: false)])", StringComparison.Ordinal));
        _project.Run("revision", "--autogenerate", "-m", "one").Ok();
        var text = File.ReadAllText(Files.Single());
        Assert.DoesNotContain("\"a\"", text);
        Assert.Contains("op.DropColumn(\"b\", \"theirs\")", text);
    }

    [TestMethod]
    public void What_other_tools_keep_is_not_touched()
    {
        _project.Sql("CREATE TABLE alembic_history (id INTEGER); CREATE TABLE alembic_journal (id INTEGER); CREATE TABLE alembic_version (version_num VARCHAR(32)); CREATE TABLE our_version_alembic_lock (id INTEGER); CREATE TABLE __EFMigrationsHistory (id INTEGER); CREATE TABLE c (id INTEGER PRIMARY KEY AUTOINCREMENT)");
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

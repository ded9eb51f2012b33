namespace Alembic.Tool.Tests.Commands;

/// <summary>Values for existing rows as the command line, the terminal and the model say them.</summary>
[TestClass]
public sealed class FillTests : IDisposable
{
    private const string Columns = "new Column(\"id\", SqlType.Integer, primaryKey: true), ";

    private readonly Project _project = new();

    [TestInitialize]
    public void Start()
    {
        Model(Columns + "new Column(\"name\", SqlType.Text)");
        _project.Run("revision", "--autogenerate", "-m", "one").Ok();
        _project.Run("upgrade", "head").Ok();
        _project.Sql("INSERT INTO account VALUES (1, 'Ada'), (2, NULL)");
        Model(Columns + "new Column(\"name\", SqlType.Text, nullable: false), new Column(\"level\", SqlType.Integer, nullable: false)");
    }

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void The_command_line_says_it()
    {
        _project.Run("revision", "--autogenerate", "-m", "two", "--fill", "account.name=a=b", "--fill", "account.level=7").Ok();
        Migrated("1|Ada|7", "2|a=b|7");
        var file = File.ReadAllText(Directory.GetFiles(_project.Path("alembic/versions"), "*two.cs").Single());
        Assert.Contains("""
            // Existing rows get this default; the column does not keep it.
                    op.AddColumn("account", new Column("level", SqlType.Integer, nullable: false, serverDefault: 7));
                    op.AlterColumn("account", "level", serverDefault: ServerDefault.None,
            """, file);
        Assert.DoesNotContain("fails", file);
    }

    [TestMethod]
    public void The_terminal_says_it()
    {
        var prompts = _project.Answer("seven", "sql:id * 10", "''");
        _project.Run("revision", "--autogenerate", "-m", "two").Ok();
        Assert.AreEqual(
            "The column 'level' of 'account' is NOT NULL and has no server default. What do existing rows get?\n"
            + "  a value, '' for an empty text, or sql:EXPRESSION\n  nothing: leave it open, the revision says what to do\n> ", prompts[0]);
        Assert.AreEqual(prompts[0], prompts[1]);
        Assert.StartsWith("The column 'name' of 'account' becomes NOT NULL. What do existing rows with NULL get?", prompts[2]);
        Migrated("1|Ada|10", "2||20");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow(null)]
    public void Without_an_answer_the_comments_say_what_to_do(string? answer)
    {
        _project.Ask = _ => answer;
        _project.Run("revision", "--autogenerate", "-m", "two").Ok();
        var file = File.ReadAllText(Directory.GetFiles(_project.Path("alembic/versions"), "*two.cs").Single());
        Assert.Contains("// 'level' is NOT NULL and has no server default: on a table with rows this fails.", file);
        Assert.Contains("// This fails while rows have NULL in 'name'", file);
        Assert.AreEqual(1, _project.Run("upgrade", "head").Code);
    }

    [TestMethod]
    public void Annotated_classes_say_it()
    {
        _project.Write("alembic/env.cs",
            """
            using Alembic;
            using Alembic.Schema;
            using System.ComponentModel.DataAnnotations.Schema;

            [Table("account")]
            public sealed class Account
            {
                public int Id { get; set; }
                [Fill("nobody")] public string Name { get; set; } = "";
                [Fill(Sql = "length(name)")] public int Level { get; set; }
            }

            public sealed class Env : MigrationEnvironment
            {
                public override MetaData? TargetMetadata => MetaData.FromTypes([typeof(Account)], Naming.SnakeCase);
            }
            """);
        Assert.AreEqual(2, _project.Run("check").Code);
        _project.Run("revision", "--autogenerate", "-m", "two", "--fill", "account.level=3").Ok();
        Migrated("1|Ada|3", "2|nobody|3");
    }

    [TestMethod]
    [DataRow("account.level", "--fill account.level is not of the form table.column=value")]
    [DataRow("level=7", "--fill level=7 is not of the form table.column=value")]
    [DataRow("account.=7", "--fill account.=7 is not of the form table.column=value")]
    [DataRow("account.level=seven", "--fill account.level=seven: 'seven' is not a value of type INTEGER")]
    [DataRow("account.id=7", "--fill account.id=7: no such column is added, and none becomes NOT NULL")]
    [DataRow("x.account.level=7", "--fill x.account.level=7: no such column is added, and none becomes NOT NULL")]
    public void A_mistaken_value_is_an_error_and_writes_nothing(string fill, string message)
    {
        _project.Run("revision", "--autogenerate", "-m", "two", "--fill", fill).Fails(64, message);
        Assert.HasCount(1, Directory.GetFiles(_project.Path("alembic/versions"), "*.cs"));
    }

    private void Migrated(params string[] rows)
    {
        _project.Run("upgrade", "head").Ok();
        CollectionAssert.AreEqual(rows, _project.Rows("SELECT id, name, level FROM account ORDER BY id").ToArray());
        _project.Run("check").Ok();
        _project.Run("downgrade", "-1").Ok();
        CollectionAssert.AreEqual(new[] { "1", "2" }, _project.Rows("SELECT id FROM account ORDER BY id").ToArray());
        _project.Run("upgrade", "head").Ok();
    }

    private void Model(string columns) => _project.Write("alembic/env.cs",
        $$"""
        using Alembic;
        using Alembic.Schema;

        public sealed class Env : MigrationEnvironment
        {
            public override MetaData? TargetMetadata => new([new Table("account", [{{columns}}])]);
        }
        """);
}

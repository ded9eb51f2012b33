namespace Alembic.Tool.Tests.Commands;

/// <summary>Renames as the command line, the terminal and the model say them.</summary>
[TestClass]
public sealed class RenameTests : IDisposable
{
    private readonly Project _project = new();

    [TestInitialize]
    public void Start()
    {
        Model(
            "new Table(\"account\", [new Column(\"id\", SqlType.Integer, primaryKey: true), new Column(\"name\", SqlType.Text), new "
                + "Column(\"nick\", SqlType.Text)])");
        _project.Run("revision", "--autogenerate", "-m", "one").Ok();
        _project.Run("upgrade", "head").Ok();
        _project.Sql("INSERT INTO account VALUES (1, 'ada', 'a')");
        Model(
            "new Table(\"customer\", [new Column(\"id\", SqlType.Integer, primaryKey: true), new Column(\"full_name\", SqlType.Text), "
                + "new Column(\"nick\", SqlType.Text)])");
    }

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void The_command_line_says_it()
    {
        var check = _project.Run("check", "--python-format", "--rename-table", "account:customer", "--rename", "account.name:full_name");
        Assert.AreEqual(2, check.Code);
        Assert.Contains("[('rename_table', None, 'account', 'customer'), ('rename_column', None, 'customer', 'name', 'full_name')]",
            check.Error);
        Assert.Contains("Detected renamed table 'account' to 'customer' (--rename-table)",
            _project.Run("revision", "--autogenerate", "-m", "two", "--rename-table", "account:customer", "--rename",
                "customer.name:full_name").Ok().Error);
        Migrated();
    }

    [TestMethod]
    public void The_terminal_says_it()
    {
        var prompts = _project.Answer("7", "1", "1");
        _project.Run("revision", "--autogenerate", "-m", "two").Ok();
        Assert.AreEqual(
            "The table 'customer' is new. Was it renamed?\n  1  yes, 'account' was renamed to 'customer'\n  n  "
                + "no, drop the old and add the new\n[y/n] ", prompts[0]);
        Assert.AreEqual(prompts[0], prompts[1]);
        Assert.StartsWith("The column 'full_name' of 'customer' is new.", prompts[2]);
        Migrated();
    }

    [TestMethod]
    [DataRow("n")]
    [DataRow("No")]
    public void No_is_no(string answer)
    {
        _project.Ask = _ => answer;
        _project.Run("revision", "--autogenerate", "-m", "two").Ok();
        _project.Run("upgrade", "head").Ok();
        Assert.AreEqual("0", _project.Rows("SELECT count(*) FROM customer").Single());
    }

    [TestMethod]
    public void The_end_of_the_input_is_no_answer()
    {
        _project.Ask = _ => null;
        _project.Run("revision", "--autogenerate", "-m", "two")
            .Fails(64, "the question was not answered; nothing was written", "--rename and --rename-table answer it in advance");
        Assert.HasCount(1, Directory.GetFiles(_project.Path("alembic/versions"), "*.cs"));
    }

    [TestMethod]
    [DataRow("y")]
    [DataRow("YES")]
    public void Yes_is_yes_and_an_empty_line_is_asked_again(string answer)
    {
        var answers = new Queue<string?>(["", answer, "", answer]);
        _project.Ask = _ => answers.Dequeue();
        _project.Run("revision", "--autogenerate", "-m", "two").Ok();
        Migrated();
    }

    [TestMethod]
    public void Check_asks_nobody()
    {
        _project.Ask = _ => throw new AssertFailedException("asked");
        Assert.AreEqual(2, _project.Run("check").Code);
    }

    [TestMethod]
    public void Annotated_classes_say_it()
    {
        _project.Write("alembic/env.cs",
            """
            using Alembic;
            using Alembic.Schema;
            using System.ComponentModel.DataAnnotations.Schema;

            [Table("customer"), RenamedFrom("account")]
            public sealed class Customer
            {
                public int Id { get; set; }
                [RenamedFrom("name")] public string? FullName { get; set; }
                public string? Nick { get; set; }
            }

            public sealed class Env : MigrationEnvironment
            {
                public override MetaData? TargetMetadata => MetaData.FromTypes([typeof(Customer)], Naming.SnakeCase);
            }
            """);
        _project.Run("revision", "--autogenerate", "-m", "two").Ok();
        Migrated();
    }

    [TestMethod]
    [DataRow("--rename", "account.nme:full_name", "--rename account.nme:full_name: table 'customer' of the database has no column 'nme'")]
    [DataRow("--rename", "pet.name:full_name", "--rename pet.name:full_name: model and database have no table 'pet' in common")]
    [DataRow("--rename", "name:full_name", "--rename name:full_name is not of the form table.old:new")]
    [DataRow("--rename", "account.name", "--rename account.name is not of the form table.old:new")]
    [DataRow("--rename-table", "pet:dog", "--rename-table pet:dog: the database has no table 'pet'")]
    [DataRow("--rename-table", "account", "--rename-table account is not of the form old:new")]
    public void A_mistaken_rename_is_an_error_and_writes_nothing(string option, string value, string message)
    {
        string[] table = option == "--rename" ? ["--rename-table", "account:customer"] : [];
        _project.Run(["revision", "--autogenerate", "-m", "two", .. table, option, value]).Fails(64, message);
        _project.Run(["check", .. table, option, value]).Fails(64, message);
        Assert.HasCount(1, Directory.GetFiles(_project.Path("alembic/versions"), "*.cs"));
    }

    [TestMethod]
    public void Columns_of_the_model_that_swap_their_names_are_an_error_with_the_way_by_hand()
    {
        Model("new Table(\"account\", [new Column(\"id\", SqlType.Integer, primaryKey: true), "
            + "new Column(\"name\", SqlType.Text) { RenamedFrom = \"nick\" }, "
            + "new Column(\"nick\", SqlType.Text) { RenamedFrom = \"name\" }])");
        foreach (var command in new string[][] { ["revision", "--autogenerate", "-m", "two"], ["check"] })
        {
            var run = _project.Run(command);
            run.Fails(64, "[RenamedFrom(\"nick\")] of 'account.name': names are swapped, and the database does not show whether that "
                + "was done");
            Assert.Contains("rename by hand, with op.AlterColumn(…, newColumnName: …) in an empty revision, through a third", run.Error);
        }
        Assert.HasCount(1, Directory.GetFiles(_project.Path("alembic/versions"), "*.cs"));
    }

    private void Migrated()
    {
        _project.Run("upgrade", "head").Ok();
        Assert.AreEqual("1|ada|a", _project.Rows("SELECT id, full_name, nick FROM customer").Single());
        _project.Run("check").Ok();
        _project.Run("downgrade", "-1").Ok();
        Assert.AreEqual("1|ada|a", _project.Rows("SELECT id, name, nick FROM account").Single());
    }

    private void Model(string table) => _project.Write("alembic/env.cs",
        $$"""
        using Alembic;
        using Alembic.Schema;

        public sealed class Env : MigrationEnvironment
        {
            public override MetaData? TargetMetadata => new([{{table}}]);
        }
        """);
}

namespace Alembic.Tool.Tests.Connections;

/// <summary>A database that the command line or the environment names in place of the configuration's.</summary>
[TestClass]
public sealed class UrlOptionTests
{
    [TestMethod]
    public void It_takes_the_place_of_the_ini_file_s_and_of_env_cs_s()
    {
        using var project = new Project();
        project.Revision("aaa100000001", "one");
        project.Run("upgrade", "head", "--url", "sqlite:///option.db").Ok();
        project.Environment["ALEMBIC_URL"] = "sqlite:///variable.db";
        project.Run("upgrade", "head").Ok();
        project.Run("--url", "sqlite:///before.db", "upgrade", "head").Ok();
        project.Write("alembic/env.cs", """
            public sealed class Env : Alembic.MigrationEnvironment
            {
                public override string Url => throw new System.InvalidOperationException("set SHOP_DATABASE");
            }
            """);
        project.Run("upgrade", "head", "--url", "sqlite:///env.db").Ok();
        foreach (var name in new[] { "option", "variable", "before", "env" })
            Assert.IsTrue(File.Exists(project.Path($"{name}.db")), name);
        Assert.IsFalse(File.Exists(project.Path("test.db")));
    }

    [TestMethod]
    public void Scripts_have_its_dialect_and_no_password_of_it_is_shown()
    {
        using var project = new Project();
        project.Revision("aaa100000001", "one", null, "op.CreateTable(\"shop\", [new Column(\"id\", SqlType.Uuid)]);");
        Assert.Contains("id UUID", project.Run("upgrade", "head", "--sql", "--url", "postgresql://shop:hunter2@db/shop").Ok().Out);
        project.Environment["ALEMBIC_URL"] = "postgresql://shop:hunter2@127.0.0.1:1/shop";
        Assert.DoesNotContain("hunter2", project.Run("upgrade", "head").Fails(1, "").Error);
    }

    [TestMethod]
    public void An_env_cs_that_names_several_databases_refuses_it_before_it_touches_one()
    {
        using var project = new Project();
        project.Revision("aaa100000001", "one");
        project.Write("alembic/env.cs", """
            public sealed class Env : Alembic.MigrationEnvironment
            {
                public override void Run(Alembic.MigrationRunner runner)
                {
                    runner.Run("one", "sqlite:///one.db");
                    runner.Run("two", "sqlite:///two.db");
                }
            }
            """);
        project.Run("upgrade", "head", "--url", "sqlite:///option.db")
            .Fails(64, "--url and the variable ALEMBIC_URL name one database, but env.cs names its databases itself", "remove them");
        Assert.IsEmpty(Directory.GetFiles(project.Folder, "*.db"));
    }
}

namespace Alembic.Tool.Tests.Commands;

[TestClass]
public sealed class CheckTests
{
    [TestMethod]
    public void It_ends_with_how_many_differences_there_are()
    {
        using var project = Differing();
        var result = project.Run("check")
            .Fails(2, "New upgrade operations detected: 2 differences\n", "dotnet alembic revision --autogenerate");
        Assert.Contains("info: Detected added table 'shop'", result.Error);
    }

    [TestMethod]
    public void Where_the_log_does_not_show_them_it_prints_them()
    {
        using var project = Differing();
        var result = project.Run("-q", "check");
        Assert.AreEqual((2, "Detected added table 'shop'\nDetected added index 'ix_shop_name' on '('name',)'\n"),
            (result.Code, result.Out));
        StringAssert.StartsWith(result.Error, "FAILED: New upgrade operations detected: 2 differences\n");
    }

    [TestMethod]
    public void Programs_that_read_Alembics_list_get_it_when_they_ask()
    {
        using var project = Differing();
        project.Run("check", "--python-format").Fails(2, "New upgrade operations detected: [('add_table', Table('shop',");
    }

    private static Project Differing()
    {
        var project = new Project();
        project.Write("alembic/env.cs", """
            using Alembic;
            using Alembic.Schema;

            public sealed class Env : MigrationEnvironment
            {
                public override MetaData? TargetMetadata { get; } = new(
                [
                    new Table("shop", [new Column("id", SqlType.Integer, primaryKey: true), new Column("name", SqlType.String(50)), new TableIndex("ix_shop_name", ["name"])]),
                ]);
            }
            """);
        return project;
    }
}

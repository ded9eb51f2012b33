namespace Alembic.Tool.Tests.Commands;

[TestClass]
public sealed class StatusTests
{
    [TestMethod]
    public void It_shows_what_is_applied_and_what_is_pending_and_changes_nothing()
    {
        using var project = new Project();
        project.Revision("aaa1", "make account", upgrade: """op.Execute("CREATE TABLE account (id INTEGER)");""");
        project.Revision("bbb2", "add name", "aaa1", """op.Execute("ALTER TABLE account ADD name TEXT");""");
        Assert.AreEqual(
            """
            database    sqlite:///<DIR>/test.db
            applied     nothing
            pending     aaa1, make account
                        bbb2, add name
            heads       bbb2

            """, project.Run("status").Ok().Out);
        Assert.IsFalse(File.Exists(project.Path("test.db")));

        project.Run("upgrade", "aaa1").Ok();
        Assert.AreEqual(
            """
            database    sqlite:///<DIR>/test.db
            applied     aaa1
            pending     bbb2, add name
            heads       bbb2

            """, project.Run("status").Ok().Out);

        project.Sql("UPDATE alembic_version SET version_num = 'ffff'");
        Assert.AreEqual(
            """
            database    sqlite:///<DIR>/test.db
            applied     ffff
            unknown     ffff
            pending     nothing
            heads       bbb2

            """, project.Run("status").Ok().Out);
    }
}

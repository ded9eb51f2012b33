using Alembic.Tool.Tests.Connections;

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

    [TestMethod]
    public void It_names_a_migration_that_was_broken_off()
    {
        using var project = new Project();
        project.Revision("aaa1", "make account", upgrade: """
            op.AutocommitBlock(() => op.Execute("CREATE TABLE account (id INTEGER)"));
            op.Execute("nonsense");
            """);
        Assert.AreEqual(1, project.Run("upgrade", "head").Code);
        Assert.AreEqual(
            """
            database    sqlite:///<DIR>/test.db
            applied     nothing
            pending     aaa1, make account
            heads       aaa1
            unfinished  aaa1: its upgrade was started and not finished; 1 step is done

            """, project.Run("status").Ok().Out);
    }

    [TestMethod]
    public void It_names_files_that_are_not_what_was_applied()
    {
        using var project = new Project();
        var file = project.Revision("aaa1", "make account", upgrade: """op.Execute("CREATE TABLE account (id INTEGER)");""");
        project.Run("upgrade", "head").Ok();
        File.WriteAllText(file, File.ReadAllText(file).Replace("id INTEGER", "id BIGINT", StringComparison.Ordinal));
        Assert.MatchesRegex(
            """
            ^database    sqlite:///<DIR>/test\.db
            applied     aaa1
            pending     nothing
            heads       aaa1
            findings    aaa1: <DIR>/alembic/versions/aaa1_makeaccount\.cs was edited after it was applied on [-\d]+ [:\d]+ UTC by \S+@\S+
            $
            """.ReplaceLineEndings("\n"), project.Run("status").Ok().Out);
    }

    [TestMethod]
    public async Task It_names_a_run_that_is_at_work()
    {
        using var project = new PostgreSqlProject();
        project.Project.Revision("aaa1", "wait", upgrade: """op.Execute("SELECT pg_advisory_lock(4711)");""");
        using var held = project.Hold("SELECT pg_advisory_lock(4711)");
        var run = Task.Run(() => project.Project.Run("upgrade", "head"));
        for (var tries = 0; project.Row("SELECT count(*) FROM pg_locks WHERE NOT granted") == "0"; tries++)
        {
            Assert.IsLessThan(600, tries, "the run does not wait");
            await Task.Delay(50);
        }
        Assert.MatchesRegex(
            """
            ^database    postgresql://\S+
            applied     nothing
            pending     aaa1, wait
            heads       aaa1
            lock        held by process \d+ of the server \(.+\)
            $
            """.ReplaceLineEndings("\n"), project.Project.Run("status").Ok().Out);
        held.Dispose();
        Assert.AreEqual(0, (await run).Code);
    }
}

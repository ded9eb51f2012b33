namespace Alembic.Tool.Tests.Commands;

[TestClass]
public sealed class HistoryOfOneMergeTests
{
    private static Project Merged()
    {
        var project = new Project();
        project.Revision("aaa100000001", "create users", null,
            """op.CreateTable("users", [new Column("id", SqlType.Integer, primaryKey: true)]);""", """op.DropTable("users");""");
        project.Revision("bbb200000002", "mine", "aaa100000001", """op.AddColumn("users", new Column("name", SqlType.String(50)));""",
            """op.DropColumn("users", "name");""");
        project.Revision("ccc300000003", "theirs", "aaa100000001", """op.AddColumn("users", new Column("age", SqlType.Integer));""",
            """op.DropColumn("users", "age");""");
        return project;
    }

    [TestMethod]
    public void Two_heads_are_told_with_the_command_that_merges_them()
    {
        using var project = Merged();
        project.Run("upgrade", "head")
            .Fails(3,
                "Multiple head revisions are present for given argument 'head'; please specify a specific target revision, "
                    + "'<branchname>@head' to narrow to a specific head, or 'heads' for all heads");
        project.Run("revision", "-m", "x").Fails(3,
            "Multiple heads are present; please specify the head revision on which the new revision should be based, or perform a merge.");
        Assert.AreEqual("bbb200000002 (head)\nccc300000003 (head)\n", project.Run("heads").Ok().Out);
        Assert.AreEqual("aaa100000001 (branchpoint)\n             -> bbb200000002 (head)\n             -> ccc300000003 (head)\n\n",
            project.Run("branches").Ok().Out);
    }

    [TestMethod]
    public void One_head_is_nothing_to_merge()
    {
        using var project = new Project();
        Assert.AreEqual("There are no revisions: nothing to merge.\n", project.Run("merge", "heads").Ok().Out);
        project.Revision("aaa100000001", "one");
        Assert.AreEqual("The only head is aaa100000001: nothing to merge.\n", project.Run("merge", "heads").Ok().Out);
    }

    [TestMethod]
    public void A_merge_joins_them_and_history_shows_it()
    {
        using var project = Merged();
        var written = project.Run("merge", "-m", "Merge migrations", "bbb200000002", "ccc300000003").Ok();
        Assert.AreEqual("Generating <DIR>/alembic/versions/000000000001_merge_migrations.cs ...  done\n", written.Out.Replace('\\', '/'));
        CollectionAssert.AreEqual(
            new[]
            {
                "upgrade  -> aaa100000001, create users", "upgrade aaa100000001 -> ccc300000003, theirs",
                "upgrade aaa100000001 -> bbb200000002, mine",
                "upgrade bbb200000002, ccc300000003 -> 000000000001, Merge migrations",
            },
            project.Run("upgrade", "head").Ok().Steps.ToArray());
        Assert.AreEqual("000000000001 (head) (mergepoint)\n", project.Run("current").Ok().Out);
        Assert.AreEqual(
            """
            bbb200000002, ccc300000003 -> 000000000001 (head) (mergepoint), Merge migrations
            aaa100000001 -> bbb200000002, mine
            aaa100000001 -> ccc300000003, theirs
            <base> -> aaa100000001 (branchpoint), create users

            """.ReplaceLineEndings("\n"),
            project.Run("history").Ok().Out);
        project.Run("downgrade", "-1").Fails(3, "Ambiguous walk");
        project.Run("downgrade", "base").Ok();
        CollectionAssert.AreEqual(new[] { "alembic_version", "alembic_history" },
            project.Rows("SELECT name FROM sqlite_schema WHERE type = 'table'").ToArray());
    }

    [TestMethod]
    public void Steps_are_counted_from_where_the_database_is()
    {
        using var project = new Project();
        project.Revision("aaa1", "one");
        project.Revision("bbb2", "two", "aaa1");
        project.Revision("ccc3", "three", "bbb2");
        CollectionAssert.AreEqual(new[] { "upgrade  -> aaa1, one" }, project.Run("upgrade", "+1").Ok().Steps.ToArray());
        CollectionAssert.AreEqual(new[] { "upgrade aaa1 -> bbb2, two", "upgrade bbb2 -> ccc3, three" },
            project.Run("upgrade", "+2").Ok().Steps.ToArray());
        CollectionAssert.AreEqual(new[] { "downgrade ccc3 -> bbb2, three" }, project.Run("downgrade", "-1").Ok().Steps.ToArray());
        Assert.AreEqual("bbb2 -> ccc3 (head), three\naaa1 -> bbb2 (current), two\n",
            project.Run("history", "-i", "-r", "current:").Ok().Out);
        Assert.AreEqual("bbb2\n", project.Run("current").Ok().Out);
    }

    [TestMethod]
    public void Show_prints_the_whole_comment()
    {
        using var project = new Project();
        var file = project.Revision("aaa100000001", "create users");
        Assert.AreEqual(
            $"""
            Rev: aaa100000001 (head)
            Parent: <base>
            Path: {file.Replace(project.Folder, "<DIR>", StringComparison.Ordinal)}

                create users
                
                Revision ID: aaa100000001
                Revises:
                Create Date: 2026-11-22 10:00:00.000000


            """.ReplaceLineEndings("\n"),
            project.Run("show", "aaa1").Ok().Out.Replace("Revises: \n", "Revises:\n", StringComparison.Ordinal));
    }
}

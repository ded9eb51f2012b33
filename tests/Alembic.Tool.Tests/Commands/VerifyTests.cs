namespace Alembic.Tool.Tests.Commands;

/// <summary>What is told of applied revisions whose files are not what they were.</summary>
[TestClass]
public sealed class VerifyTests : IDisposable
{
    private readonly Project _project = new();
    private readonly string _one;
    private readonly string _two;

    public VerifyTests()
    {
        _one = _project.Revision("aaa100000001", "one", upgrade: "op.Execute(\"CREATE TABLE a (id INTEGER)\");",
            downgrade: "op.DropTable(\"a\");");
        _two = _project.Revision("bbb200000002", "two", "aaa100000001", upgrade: "op.Execute(\"CREATE TABLE b (id INTEGER)\");",
            downgrade: "op.DropTable(\"b\");");
    }

    public void Dispose() => _project.Dispose();

    [TestMethod]
    public void Untouched_and_cosmetically_touched_files_are_those_that_were_applied()
    {
        Assert.AreEqual("There is no history yet: it begins with the next upgrade.\n", _project.Run("verify").Ok().Out);
        Assert.IsFalse(File.Exists(_project.Path("test.db")));
        _project.Run("upgrade", "head").Ok();
        Assert.AreEqual("The files are those that were applied.\n", _project.Run("verify").Ok().Out);
        Edit(_one, "CREATE TABLE a (id INTEGER)\");", "CREATE TABLE a (id INTEGER)\" ) ; // said in other words");
        Edit(_one, "// one", "// number one");
        Edit(_two, "op.DropTable(\"b\");", "op.DropTable(\"b\", ifExists: true);");
        Assert.AreEqual("The files are those that were applied.\n", _project.Run("verify").Ok().Out);
        Assert.DoesNotContain("warning: ", _project.Run("upgrade", "head").Ok().Error);
    }

    [TestMethod]
    public void An_edited_file_is_told_by_verify_and_upgrade_until_it_is_accepted()
    {
        _project.Run("upgrade", "head").Ok();
        Edit(_one, "CREATE TABLE a (id INTEGER)", "CREATE TABLE a (id INTEGER, name TEXT)");
        var result = _project.Run("verify");
        Assert.AreEqual(5, result.Code);
        Assert.MatchesRegex(
            @"^aaa100000001: <DIR>/alembic/versions/aaa100000001_one.cs was edited after it was applied on "
                + @"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC by \S+@\S+\n$",
            result.Out);
        Assert.Contains("FAILED: 1 revision is not what was applied", result.Error);
        Assert.Contains("verify --accept REVISION", result.Error);

        Assert.Contains(
            "warning: aaa100000001: <DIR>/alembic/versions/aaa100000001_one.cs was edited after it was applied "
                + "on ", _project.Run("upgrade", "head").Ok().Error);
        _project.Run("upgrade", "head", "--strict").Fails(5, "1 revision is not what was applied");
        _project.Write("alembic.ini",
            File.ReadAllText(_project.Path("alembic.ini")).Replace("# strict = false", "strict = true", StringComparison.Ordinal));
        _project.Run("upgrade", "head").Fails(5, "1 revision is not what was applied");

        _project.Run("verify", "--accept", "bbb200000002")
            .Fails(1, "There is nothing to accept for 'bbb200000002'", "dotnet alembic verify lists");
        Assert.Contains("Accepted aaa100000001: ", _project.Run("verify", "--accept", "aaa100000001").Ok().Error);
        Assert.AreEqual("The files are those that were applied.\n", _project.Run("verify").Ok().Out);
        Assert.AreEqual("accept", _project.Rows("SELECT direction FROM alembic_history ORDER BY seq DESC LIMIT 1").Single());
        _project.Run("upgrade", "head", "--strict").Ok();
    }

    [TestMethod]
    public void An_older_checkout_is_told_that_the_database_is_ahead_of_it()
    {
        _project.Run("upgrade", "head").Ok();
        File.Delete(_two);
        const string Ahead =
            @"the database is ahead of these files: all of them are applied, and bbb200000002, which is not among them, was applied on \S+ \S+ UTC by \S+";
        foreach (var command in new[] { new[] { "upgrade", "head" }, ["downgrade", "base"] })
        {
            var result = _project.Run(command);
            result.Fails(3, "Can't locate revision identified by 'bbb200000002'");
            Assert.MatchesRegex($@"hint: {Ahead}; run the newest files; upgrade --if-behind accepts this as success; nothing was changed\n",
                result.Error);
        }
        var before = _project.Rows("SELECT version_num FROM alembic_version");
        var passed = _project.Run("upgrade", "head", "--strict", "--if-behind").Ok();
        Assert.MatchesRegex($@"info: Nothing to do: {Ahead}\n$", passed.Error);
        Assert.DoesNotContain("warning", passed.Error);
        Assert.AreSequenceEqual(before, _project.Rows("SELECT version_num FROM alembic_version"));
    }

    [TestMethod]
    public void Only_what_the_history_proves_to_be_older_may_be_behind()
    {
        _project.Run("upgrade", "head").Ok();
        File.Delete(_two);
        // Files that went another way are not older ones.
        var other = _project.Revision("ccc300000003", "other", "aaa100000001");
        var result = _project.Run("upgrade", "head", "--if-behind");
        result.Fails(3, "Can't locate revision identified by 'bbb200000002'");
        Assert.MatchesRegex(
            @"hint: bbb200000002 was applied on \S+ \S+ UTC by \S+, but its file is missing: get the newest files; nothing was changed\n",
            result.Error);
        File.Delete(other);

        // A revision that nobody saw being applied.
        _project.Sql("UPDATE alembic_version SET version_num = 'ddd400000004'");
        _project.Run("upgrade", "head", "--if-behind").Fails(3, "Can't locate revision identified by 'ddd400000004'",
            "the database is at a revision that is not among the files: get the newest files, or reset its table");
        _project.Sql("UPDATE alembic_version SET version_num = 'bbb200000002'");

        _project.Run("upgrade", "head", "--if-behind").Ok();
        _project.Sql("DELETE FROM alembic_history WHERE revision = 'aaa100000001'");
        _project.Run("upgrade", "head", "--if-behind").Fails(3, "Can't locate revision identified by 'bbb200000002'");
        _project.Sql("DROP TABLE alembic_history");
        _project.Run("upgrade", "head", "--if-behind").Fails(3, "Can't locate revision identified by 'bbb200000002'");
    }

    [TestMethod]
    public void Files_that_are_not_behind_are_run_as_ever()
    {
        _project.Run("upgrade", "aaa100000001", "--if-behind").Ok();
        Assert.HasCount(1, _project.Run("upgrade", "head", "--if-behind").Ok().Steps);
        Assert.IsEmpty(_project.Run("upgrade", "head", "--if-behind").Ok().Steps);
    }

    [TestMethod]
    public void A_revision_put_below_an_applied_one_is_told_though_there_is_nothing_to_do()
    {
        _project.Run("upgrade", "head").Ok();
        _project.Revision("ccc300000003", "late", "aaa100000001", upgrade: "op.Execute(\"CREATE TABLE c (id INTEGER)\");");
        Edit(_two, "[Revises(\"aaa100000001\")]", "[Revises(\"ccc300000003\")]");
        const string Missed =
            "ccc300000003: <DIR>/alembic/versions/ccc300000003_late.cs was never applied here, but bbb200000002, which follows it, "
                + "was applied on ";
        var result = _project.Run("verify");
        Assert.AreEqual(5, result.Code);
        Assert.StartsWith(Missed, result.Out);
        result = _project.Run("upgrade", "head").Ok();
        Assert.IsEmpty(result.Steps);
        Assert.Contains(Missed, result.Error);
        // The way out that the hint names.
        Edit(_two, "[Revises(\"ccc300000003\")]", "[Revises(\"aaa100000001\")]");
        Edit(_project.Path("alembic/versions/ccc300000003_late.cs"), "[Revises(\"aaa100000001\")]", "[Revises(\"bbb200000002\")]");
        _project.Run("upgrade", "head", "--strict").Ok();
        Assert.AreEqual("The files are those that were applied.\n", _project.Run("verify").Ok().Out);
        Assert.AreEqual("aaa100000001 upgrade, bbb200000002 upgrade, ccc300000003 upgrade",
            string.Join(", ", _project.Rows("SELECT revision || ' ' || direction FROM alembic_history ORDER BY seq")));
    }

    [TestMethod]
    public void Deleted_files_are_told_with_who_applied_them_and_when()
    {
        _project.Run("upgrade", "head").Ok();
        File.Delete(_one);
        Edit(_two, "[Revises(\"aaa100000001\")]", "");
        Assert.MatchesRegex(@"^aaa100000001: was applied on .* UTC by \S+@\S+, but its file no longer exists\n$",
            _project.Run("verify").Out);
        _project.Run("verify", "--accept", "all").Ok();
        _project.Run("verify").Ok();

        // The head itself: before the graph's own error it is told whose it was.
        File.Delete(_two);
        var result = _project.Run("upgrade", "heads");
        Assert.AreEqual(3, result.Code, result.Error);
        Assert.Contains("bbb200000002: was applied on ", result.Error);
    }

    [TestMethod]
    public void Where_no_history_is_kept_verify_says_how_to_have_one()
    {
        _project.Write("alembic.ini",
            File.ReadAllText(_project.Path("alembic.ini")).Replace("history_table = true", "", StringComparison.Ordinal));
        _project.Run("upgrade", "head").Ok();
        _project.Run("verify").Fails(64, "No history is kept", "write 'history_table = true' into alembic.ini");
        _project.Run("upgrade", "head", "--strict").Fails(64, "--strict needs a history, but none is kept");
        _project.Run("upgrade", "head", "--if-behind").Fails(64, "--if-behind needs a history, but none is kept");
        Assert.IsEmpty(_project.Rows("SELECT name FROM sqlite_schema WHERE name = 'alembic_history'"));
    }

    [TestMethod]
    public void Commands_that_only_look_do_not_begin_a_history()
    {
        _project.Sql(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL); INSERT INTO alembic_version VALUES ('aaa100000001')");
        foreach (var command in new[]
        {
            "current", "history -i", "heads", "verify", "lock status", "ensure_version", "upgrade aaa100000001"
        })
            _project.Run(command.Split(' ')).Ok();
        Assert.IsEmpty(_project.Rows("SELECT name FROM sqlite_schema WHERE name = 'alembic_history'"));
    }

    [TestMethod]
    public void Autogenerate_and_scripts_leave_the_history_alone()
    {
        _project.Write("alembic/env.cs", """
            using Alembic;
            using Alembic.Schema;

            public sealed class Env : MigrationEnvironment
            {
                public override MetaData? TargetMetadata => new([new Table("a", [new Column("id", SqlType.Integer)]), new Table("b", [new Column("id", SqlType.Integer)])]);
                public override void Configure(EnvironmentOptions options) => options.VersionTable = "ours";
            }
            """);
        _project.Run("upgrade", "head").Ok();
        Assert.HasCount(1, _project.Rows("SELECT name FROM sqlite_schema WHERE name = 'ours_history'"));
        _project.Run("check").Ok();
        Assert.DoesNotContain("ours_history", _project.Run("upgrade", "head", "--sql").Ok().Out);
        _project.Run("revision", "-m", "base line", "--from-database", "--head", "base", "--splice");
        Assert.IsEmpty(Directory.GetFiles(_project.Path("alembic/versions"))
            .Where(f => File.ReadAllText(f).Contains("ours_history", StringComparison.Ordinal)).ToList());
    }

    private static void Edit(string path, string from, string to)
    {
        var text = File.ReadAllText(path);
        Assert.Contains(from, text);
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
    }
}

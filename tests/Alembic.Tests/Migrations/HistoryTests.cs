using System.Data.Common;
using Alembic.Revisions;
using Alembic.Migrations;
using Alembic.Tests.Databases.MySql;
using Alembic.Tests.Databases.PostgreSql;

namespace Alembic.Tests.Migrations;

/// <summary>What the history table is told, and what it tells.</summary>
[TestClass]
public sealed class HistoryTests
{
    private const string Rows = "SELECT seq, revision, direction FROM alembic_history ORDER BY seq";

    [TestMethod]
    public void Each_step_is_a_row_with_who_when_what_and_how_long()
    {
        using var story = Linear();
        story.Upgrade("b2").Downgrade("a1").Upgrade();
        Assert.AreEqual("1 | a1 | upgrade\n2 | b2 | upgrade\n3 | b2 | downgrade\n4 | b2 | upgrade\n5 | c3 | upgrade", story.Ask(Rows));
        Assert.AreEqual("up-a1\nup-b2\ndown-b2\nup-b2\nup-c3", story.Ask("SELECT checksum FROM alembic_history ORDER BY seq"));
        Assert.AreEqual("1.2.3 | me@here | 1 | 1", story.Ask(
            "SELECT DISTINCT tool_version, applied_by, abs(julianday('now') - julianday(applied_at)) < 0.001, duration_ms BETWEEN 0 AND "
                + "20000 FROM alembic_history"));
        Assert.AreEqual("c3", story.Versions());
    }

    [TestMethod]
    public void Without_the_option_there_is_none()
    {
        using var story = Linear();
        story.Options = _ => { };
        story.Upgrade();
        Assert.AreEqual("", story.Tables());
    }

    [TestMethod]
    public void A_version_table_of_another_name_has_a_history_of_its_own()
    {
        using var story = Linear();
        story.Options = o => (o.KeepsHistory, o.VersionTable) = (true, "ours");
        story.Upgrade("a1");
        Assert.AreEqual("ours\nours_history", story.Tables());
    }

    [TestMethod]
    public void A_migration_that_fails_leaves_no_row_and_a_first_one_no_table()
    {
        using var story = Linear().Then("d4", _ => throw new InvalidOperationException("broken"));
        story.Upgrade("b2");
        Assert.Throws<MigrationFailedException>(() => story.Upgrade());
        Assert.AreEqual("1 | a1 | upgrade\n2 | b2 | upgrade\n3 | c3 | upgrade", story.Ask(Rows));

        using var first = new Story { Options = o => o.KeepsHistory = true }.Then("a1", _ => throw new InvalidOperationException("broken"));
        Assert.Throws<MigrationFailedException>(() => first.Upgrade());
        Assert.AreEqual("", first.Tables());
    }

    [TestMethod]
    public void A_stamp_is_noted_for_each_revision_that_it_means()
    {
        using var story = Linear();
        story.Upgrade("a1").Stamp("c3").Stamp("b2").Purge("base");
        Assert.AreEqual("1 | a1 | upgrade\n2 | b2 | stamp\n3 | c3 | stamp\n4 | c3 | unstamp\n5 | a1 | unstamp\n6 | b2 | unstamp",
            story.Ask(Rows));
        Assert.AreEqual("∅", story.Ask("SELECT checksum FROM alembic_history WHERE seq = 6"));
    }

    [TestMethod]
    public void A_history_that_begins_late_begins_with_what_is_there()
    {
        using var story = Linear();
        story.Options = _ => { };
        story.Upgrade("b2");
        story.Options = o => o.KeepsHistory = true;
        Assert.IsNull(Findings(story));
        Assert.AreEqual("", story.Tables());
        story.Upgrade();
        Assert.AreEqual("1 | a1 | stamp\n2 | b2 | stamp\n3 | c3 | upgrade", story.Ask(Rows));
        Assert.AreEqual("", Findings(story));
    }

    [TestMethod]
    public void What_another_program_applied_or_took_back_is_no_finding()
    {
        using var story = Linear().Then("d4", _ => { });
        story.Upgrade("b2");
        story.Ask("UPDATE alembic_version SET version_num = 'c3' RETURNING 1");
        Assert.AreEqual("", Findings(story));
        story.Upgrade();
        story.Ask("UPDATE alembic_version SET version_num = 'b2' RETURNING 1");
        Assert.AreEqual("", Findings(story));
        story.Upgrade("c3");
        Assert.AreEqual(
            "1 | a1 | upgrade\n2 | b2 | upgrade\n3 | c3 | stamp\n4 | d4 | upgrade\n5 | c3 | unstamp\n6 | d4 | unstamp\n7 | c3 | upgrade",
            story.Ask(Rows));
        Assert.AreEqual("", Findings(story));
    }

    [TestMethod]
    public void Edited_deleted_and_missed_revisions_are_told_apart()
    {
        using var story = Linear();
        story.Upgrade();
        Assert.AreEqual("", Findings(story));

        // b2 says something else; c3 follows a new x9 in place of b2; d4, which was applied, is no more.
        Revision[] files =
        [
            Revision("a1"), Revision("b2", "a1") with { UpgradeChecksum = "other" }, Revision("x9", "b2"), Revision("c3", "x9"),
        ];
        story.Ask(
            "INSERT INTO alembic_history SELECT 4, 'd4', direction, checksum, tool_version, applied_at, applied_by, 0 FROM "
                + "alembic_history WHERE seq = 3 RETURNING 1");
        var entries = Findings(story, new RevisionMap(files))!.Split('\n');
        Assert.HasCount(3, entries);
        Assert.MatchesRegex(@"^b2: /b2.cs was edited after it was applied on \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC by me@here$", entries[0]);
        Assert.MatchesRegex("^d4: was applied on .* UTC by me@here, but its file no longer exists$", entries[1]);
        Assert.MatchesRegex("^x9: /x9.cs was never applied here, but c3, which follows it, was applied on .* UTC by me@here$",
            entries[2]);

        var map = new RevisionMap(files);
        Assert.Throws<AlembicException>(() => Accept(story, map, ["a1"]));
        Accept(story, map, ["b2", "d4"]);
        Assert.StartsWith("x9: ", Findings(story, map)!);
        Assert.HasCount(1, Findings(story, map)!.Split('\n'));
        Accept(story, map, ["all"]);
        Assert.AreEqual("", Findings(story, map));
        // Accepted is not for ever.
        files[1] = files[1] with { UpgradeChecksum = "another" };
        Assert.StartsWith("b2: /b2.cs was edited after it was accepted", Findings(story, new RevisionMap(files))!);
    }

    [TestMethod]
    public void On_PostgreSQL_a_role_that_may_not_create_it_is_warned_and_migrates()
    {
        using var database = new PostgreSqlDatabase();
        Execute(database.Open(),
            "CREATE ROLE alembic_poor LOGIN; CREATE SCHEMA poor; CREATE TABLE public.alembic_version (version_num varchar(32) PRIMARY "
                + "KEY); GRANT ALL ON public.alembic_version TO alembic_poor; GRANT ALL ON SCHEMA poor TO alembic_poor");
        try
        {
            using var story = Linear(op => op.Execute("CREATE TABLE IF NOT EXISTS poor.made (id int)"));
            story.Database = () => new TestDatabase(PostgreSqlDatabase.Dialect, () =>
            {
                var connection = database.Open();
                using var command = connection.CreateCommand();
                command.CommandText = "SET ROLE alembic_poor";
                command.ExecuteNonQuery();
                return connection;
            }, "postgresql://");
            story.Upgrade();
            Assert.AreEqual("c3", database.Rows("SELECT version_num FROM alembic_version"));
            Assert.HasCount(1, story.Log.Where(l => l.Contains("No history is kept in 'alembic_history'", StringComparison.Ordinal))
                .ToList(), string.Join("\n", story.Log));
            Assert.Contains("permission denied for schema public", string.Join("\n", story.Log));

            // It is there, but others' alone.
            Execute(database.Open(),
                "UPDATE alembic_version SET version_num = 'a1'; CREATE TABLE alembic_history (seq bigint, revision text, direction text, "
                    + "checksum text, tool_version text, applied_at timestamp, applied_by text, duration_ms bigint)");
            story.Upgrade();
            Assert.AreEqual("c3", database.Rows("SELECT version_num FROM alembic_version"));
            Execute(database.Open(),
                "UPDATE alembic_version SET version_num = 'a1'; GRANT SELECT ON alembic_history TO alembic_poor; INSERT INTO "
                    + "alembic_history VALUES (1, 'a1', 'upgrade', 'up-a1', '', now(), '', 0)");
            story.Upgrade();
            Assert.AreEqual("c3", database.Rows("SELECT version_num FROM alembic_version"));
            Assert.AreEqual("1", database.Rows("SELECT count(*) FROM alembic_history"));
        }
        finally
        {
            Execute(database.Open(), "DROP OWNED BY alembic_poor; DROP ROLE alembic_poor");
        }
    }

    [TestMethod]
    public void On_PostgreSQL_the_rows_come_with_the_version_row_and_in_UTC()
    {
        using var database = new PostgreSqlDatabase();
        using var story = Linear(op => op.Execute("SET LOCAL TimeZone = 'Pacific/Kiritimati'"));
        story.Database = () => new TestDatabase(PostgreSqlDatabase.Dialect, database.Open, "postgresql://");
        story.Upgrade();
        Assert.AreEqual("1|a1|upgrade|up-a1; 2|b2|upgrade|up-b2; 3|c3|upgrade|up-c3",
            database.Rows("SELECT seq, revision, direction, checksum FROM alembic_history ORDER BY seq"));
        Assert.AreEqual("True",
            database.Rows("SELECT bool_and(abs(extract(epoch FROM now() AT TIME ZONE 'UTC' - applied_at)) < 60) FROM alembic_history"));
        // The rows of a step are one transaction.
        Assert.AreEqual("1",
            database.Rows(
                "SELECT count(*) FROM alembic_history h, alembic_version v WHERE h.xmin = v.xmin AND h.revision = v.version_num"));
        story.Stamp("a1");
        Assert.AreEqual("", Findings(story));
    }

    [TestMethod]
    public void On_MariaDB_the_rows_come_with_the_version_row()
    {
        using var database = new MariaDbDatabase();
        using var story = Linear(op => op.Execute("CREATE TABLE IF NOT EXISTS made (id int)"));
        story.Database = () => new TestDatabase(database.Dialect, database.Open, "mariadb://");
        story.Upgrade().Downgrade("a1").Stamp("c3");
        Assert.AreEqual("1|a1|upgrade; 2|b2|upgrade; 3|c3|upgrade; 4|c3|downgrade; 5|b2|downgrade; 6|b2|stamp; 7|c3|stamp",
            database.Rows("SELECT seq, revision, direction FROM alembic_history ORDER BY seq"));
        Assert.AreEqual("0",
            database.Rows("SELECT count(*) FROM alembic_history WHERE abs(timestampdiff(SECOND, applied_at, utc_timestamp())) > 60"));
        Assert.AreEqual("", Findings(story));
    }

    [TestMethod]
    public void On_MariaDB_a_first_migration_that_fails_takes_its_rows_back()
    {
        using var database = new MariaDbDatabase();
        Execute(database.Open(), "CREATE TABLE pet (id int)");
        using var story = new Story
        {
            Database = () => new TestDatabase(database.Dialect, database.Open, "mariadb://"), Options = o => o.KeepsHistory = true
        }.Then("a1", op =>
        {
            op.Execute("INSERT INTO pet VALUES (1)");
            throw new InvalidOperationException("broken");
        });
        Assert.Throws<MigrationFailedException>(() => story.Upgrade());
        Assert.AreEqual("0", database.Rows("SELECT count(*) FROM pet"));
        Assert.AreEqual("0", database.Rows("SELECT count(*) FROM alembic_history"));
    }

    private static void Execute(DbConnection connection, string sql)
    {
        using (connection)
        using (var command = connection.CreateCommand())
        {
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    private static Story Linear(Action<Op>? upgrade = null)
    {
        var story = new Story { Options = o => o.KeepsHistory = true, ToolVersion = "1.2.3", User = "me@here" };
        foreach (var (id, after) in new[] { ("a1", null), ("b2", "a1"), ("c3", "b2") })
            story.Then(Revision(id, after), upgrade ?? (_ => { }));
        return story;
    }

    private static Revision Revision(string id, string? after = null) =>
        new(id, after is null ? [] : [after], path: $"/{id}.cs") { UpgradeChecksum = $"up-{id}", DowngradeChecksum = $"down-{id}" };

    private static IReadOnlyList<RunLogFinding> Accept(Story story, RevisionMap map, params string[] revisions)
    {
        story.Map = map;
        return story.With(migrator => migrator.Accept(revisions));
    }

    // Null where there is no history.
    private static string? Findings(Story story, RevisionMap? map = null)
    {
        story.Map = map ?? story.Map;
        return story.With(migrator => migrator.Verify()) is { } found ? string.Join("\n", found.Select(f => f.Text)) : null;
    }
}

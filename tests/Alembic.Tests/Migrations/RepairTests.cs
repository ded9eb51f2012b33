using Alembic.Migrations;
using Alembic.Schema;
using Alembic.Tests.Databases.MySql;
using Alembic.Tests.Databases.PostgreSql;

namespace Alembic.Tests.Migrations;

/// <summary>What a person says of a migration that was broken off, and what is told of one that is still at work.</summary>
[TestClass]
public sealed class RepairTests
{
    [TestMethod]
    [DataRow(Repair.Done)]
    [DataRow(Repair.Retry)]
    [DataRow(Repair.Forget)]
    public void Beside_a_run_at_work_repair_waits_and_leaves_its_journal(Repair repair)
    {
        using var database = new MariaDbDatabase();
        using var run = new RunAtWork(stay => Broken(database, stay));
        using var other = Broken(database, _ => { });
        other.LockTimeout = TimeSpan.Zero;
        var task = Assert.Throws<LockTimeoutException>(
            () => other.With(migrator => migrator.Repair(repair)));
        Assert.StartsWith("The migration lock was not released within 0 s: it is held by connection ", task.Message);
        Assert.AreEqual("s2", Rows(database, "SELECT revision FROM alembic_journal"));

        other.Log.Clear();
        other.With(migrator => migrator.Revisions());
        var told = string.Join('\n', other.Log);
        Assert.MatchesRegex(@"s2: its upgrade is being run by connection \d+ of the server \(.*\); 1 step is done", told);
        Assert.DoesNotContain("not finished", told);
        Assert.IsNull(run.End());
        Assert.AreEqual("0", Rows(database, "SELECT count(*) FROM alembic_journal"));
    }

    [TestMethod]
    [DataRow(Repair.Done)]
    [DataRow(Repair.Retry)]
    [DataRow(Repair.Forget)]
    public void What_was_said_of_a_run_at_work_is_not_carried_out_when_it_has_ended(Repair repair)
    {
        using var database = new MariaDbDatabase();
        using var run = new RunAtWork(stay => Broken(database, stay), fails: true);
        using var other = Broken(database, _ => { });
        other.OnLog = line =>
        {
            if (line.Contains("waiting for", StringComparison.Ordinal))
                run.LetGo();
        };
        var refused = Assert.ThrowsExactly<AlembicException>(() => other.With(migrator => migrator.Repair(repair)));
        Assert.AreEqual("s2 was running when repair was called, and did not finish: nothing was changed", refused.Message);
        Assert.IsNotNull(run.End());
        Assert.AreEqual("s2", Rows(database, "SELECT revision FROM alembic_journal"));
    }

    // Of a run in one transaction, or in its first statement, nothing is noted yet.
    [TestMethod]
    public void Whoever_looks_is_told_of_a_run_of_which_nothing_is_noted()
    {
        using var postgres = new PostgreSqlDatabase();
        using var maria = new MariaDbDatabase();
        foreach (var story in new Func<Story>[] { () => On(postgres), () => On(maria) })
        {
            using var run = new RunAtWork(stay => story().Then("s1", stay));
            using var other = story().Then("s1", _ => { });
            Assert.IsEmpty(other.With(migrator => migrator.Revisions()));
            var told = string.Join('\n', other.Log);
            Assert.MatchesRegex("A migration is being run by .*: this shows what was committed before", told);
            Assert.IsNull(run.End());
            other.Log.Clear();
            other.With(migrator => migrator.Revisions());
            Assert.DoesNotContain("is being run", string.Join('\n', other.Log));
        }
    }

    [TestMethod]
    public void Whoever_holds_the_lock_is_named_and_can_be_ended()
    {
        using var postgres = new PostgreSqlDatabase();
        using var maria = new MariaDbDatabase();
        foreach (var story in new Func<Story>[] { () => On(postgres), () => On(maria) })
        {
            using var run = new RunAtWork(stay => story().Then("s1", op =>
            {
                stay(op);
                op.Execute("SELECT 1");
            }));
            using var other = story().Then("s1", _ => { });
            using var migrator = other.Migrator();
            var holder = migrator.LockHolder()!;
            Assert.MatchesRegex(@"^(process|connection) \d+ of the server \(", holder.Text);
            Assert.AreEqual(holder, migrator.Status().LockHolder);

            migrator.BreakLock(holder);
            Assert.IsNotNull(run.End());
            // The server ends it when it comes to it.
            for (var tries = 0; migrator.LockHolder() is not null; tries++)
            {
                Assert.IsLessThan(600, tries, "the lock is free once the connection has ended");
                Thread.Sleep(50);
            }
            other.Upgrade();
            Assert.AreEqual("s1", string.Join(' ', migrator.Revisions()));
        }
    }

    [TestMethod]
    public void Forgetting_takes_the_row_away_and_says_so()
    {
        using var database = new MariaDbDatabase();
        using var story = Broken(database, _ => throw new InvalidOperationException("broken off"));
        Assert.Throws<MigrationFailedException>(() => story.Upgrade());
        Assert.AreEqual("s2", story.With(migrator => migrator.Repair(Repair.Forget)).Revision);
        Assert.AreEqual("0", Rows(database, "SELECT count(*) FROM alembic_journal"));
    }

    [TestMethod]
    public void A_database_that_is_not_there_is_not_made_to_be_repaired()
    {
        using var story = new Story().Then("s1", op => op.Execute("SELECT 1"));
        Assert.Throws<AlembicException>(() => story.With(migrator => migrator.Repair(Repair.Forget)));
        Assert.IsFalse(story.HasFile);
    }

    [TestMethod]
    public void A_migration_of_which_nothing_was_done_leaves_no_row()
    {
        using var database = new MariaDbDatabase();
        using var story = On(database).Then("s1", op => op.Execute("SELECT 1"))
            .Then("s2", op => op.AddColumn("no_such", new Column("x", SqlType.Integer)));
        Assert.Throws<MigrationFailedException>(() => story.Upgrade());
        Assert.AreEqual("0", Rows(database, "SELECT count(*) FROM alembic_journal"));
        using var instead = On(database).Then("s1", op => op.Execute("SELECT 1"))
            .Then("s3", op => op.Execute("CREATE TABLE made (id INTEGER)"));
        instead.Upgrade();
        Assert.AreEqual("s3", Rows(database, "SELECT version_num FROM alembic_version"));
    }

    [TestMethod]
    public void A_row_of_an_older_version_of_which_nothing_was_done_is_no_obstacle()
    {
        using var database = new MariaDbDatabase();
        using var story = Broken(database, _ => throw new InvalidOperationException("broken off"));
        Assert.Throws<MigrationFailedException>(() => story.Upgrade());
        Execute(database, "UPDATE alembic_journal SET done = 0, pending = NULL, revision = 'given_up'");
        using var instead = On(database).Then("s1", op => op.Execute("SELECT 1")).Then("s3", op =>
        {
            op.Execute("CREATE TABLE other (id INTEGER)");
            throw new InvalidOperationException("broken off");
        });
        Assert.Throws<MigrationFailedException>(() => instead.Upgrade());
        Assert.AreEqual("s3|1", Rows(database, "SELECT revision, done FROM alembic_journal"));
    }

    [TestMethod]
    public void A_migration_that_another_program_finished_is_settled()
    {
        using var database = new MariaDbDatabase();
        using var story = Broken(database, _ => throw new InvalidOperationException("broken off"));
        Assert.Throws<MigrationFailedException>(() => story.Upgrade());
        Execute(database, "UPDATE alembic_version SET version_num = 's2'");
        using var further = Broken(database, _ => { }).Then("s3", op => op.Execute("CREATE TABLE later (id INTEGER)"));
        further.Upgrade();
        Assert.DoesNotContain("not finished", string.Join('\n', further.Log));
        Assert.AreEqual("s3", Rows(database, "SELECT version_num FROM alembic_version"));
        Assert.AreEqual("0", Rows(database, "SELECT count(*) FROM alembic_journal"));
    }

    [TestMethod]
    public void A_migration_whose_file_is_gone_is_told_with_the_way_out()
    {
        using var database = new MariaDbDatabase();
        using var story = Broken(database, _ => throw new InvalidOperationException("broken off"));
        Assert.Throws<MigrationFailedException>(() => story.Upgrade());
        using var without = On(database).Then("s1", op => op.Execute("SELECT 1")).Then("s3", op => op.Execute("SELECT 1"));
        var error = Assert.Throws<AlembicException>(() => without.Upgrade());
        Assert.AreEqual(
            "its file is missing: restore it and finish it, or undo by hand what it did and run dotnet alembic repair --forget",
            error.Hint);
    }

    [TestMethod]
    public void The_journal_holds_a_text_of_any_length_and_old_tables_are_widened()
    {
        using var database = new MariaDbDatabase();
        var text = $"CREATE TABLE made (id INTEGER) /* {new string('x', 70_000)} */";
        using var story = Broken(database, _ => throw new InvalidOperationException("broken off"));
        Assert.Throws<MigrationFailedException>(() => story.Upgrade());
        Execute(database, "DELETE FROM alembic_journal; ALTER TABLE alembic_journal MODIFY COLUMN statements TEXT; DROP TABLE made");
        using var wide = On(database).Then("s1", op => op.Execute("SELECT 1")).Then("s2", op => op.Execute(text));
        wide.Upgrade();
        Assert.AreEqual("s2", Rows(database, "SELECT version_num FROM alembic_version"));
        Assert.AreEqual("longtext", Rows(database,
            "SELECT DATA_TYPE FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'alembic_journal' AND "
                + "COLUMN_NAME = 'statements'"));
    }

    [TestMethod]
    [DataRow("latin1")]
    [DataRow("utf8mb3")]
    public void The_journal_holds_letters_that_the_database_itself_does_not(string letters)
    {
        using var database = new MariaDbDatabase();
        Execute(database, $"ALTER DATABASE CHARACTER SET {letters}");
        using var story = On(database).Then("s1", op => op.Execute("CREATE TABLE made (id INTEGER) /* 日本語 🐘 */"))
            .Then("s2", op =>
            {
                op.Execute("CREATE TABLE again (id INTEGER) /* 日本語 🐘 */");
                throw new InvalidOperationException("broken off");
            });
        Assert.Throws<MigrationFailedException>(() => story.Upgrade());
        Assert.AreEqual("s1", Rows(database, "SELECT version_num FROM alembic_version"));
        Assert.AreEqual("s2", Rows(database, "SELECT revision FROM alembic_journal"));
    }

    // In a transaction of its own: another one may see an older state.
    private static string Rows(MariaDbDatabase database, string sql)
    {
        using var another = database.Another();
        return another.Rows(sql);
    }

    private static void Execute(MariaDbDatabase database, string statements)
    {
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }

    private static Story On(PostgreSqlDatabase database) =>
        new() { Database = () => new TestDatabase(PostgreSqlDatabase.Dialect, database.Open, "postgresql://") };

    private static Story On(MariaDbDatabase database) =>
        new() { Database = () => new TestDatabase(database.Dialect, database.Open, "mariadb://") };

    // The second one makes a table, and then what is given.
    private static Story Broken(MariaDbDatabase database, Action<Op> then) => On(database)
        .Then("s1", op => op.Execute("SELECT 1"))
        .Then("s2", op =>
        {
            op.Execute("CREATE TABLE made (id INTEGER)");
            then(op);
        });
}

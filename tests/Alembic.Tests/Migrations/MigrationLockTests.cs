using System.Data.Common;
using Alembic.Databases.MySql;
using Alembic.Databases.Sqlite;
using Alembic.Migrations;
using Alembic.Tests.Databases.MySql;
using Alembic.Tests.Databases.PostgreSql;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Alembic.Tests.Migrations;

[TestClass]
public sealed class MigrationLockTests
{
    [TestMethod]
    [DataRow("DELETE")]
    [DataRow("WAL")]
    public void Eight_at_once_make_each_step_once_on_SQLite(string journal)
    {
        using var first = Steps(new Story());
        first.Ask($"PRAGMA journal_mode = {journal}");
        first.Database = () => Sqlite(first);
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 },
            _ => Steps(new Story { Database = first.Database }).Upgrade());
        Assert.AreEqual(("s9", "1 2 3 4 5 6 7 8 9"),
            (first.Versions(), first.Ask("SELECT group_concat(n, ' ') FROM (SELECT n FROM done ORDER BY rowid)")));
    }

    [TestMethod]
    public void Nobody_comes_in_between_while_a_migration_is_outside_of_its_transaction_on_SQLite()
    {
        static Story Blocks(Story story)
        {
            story.Then("s0", op => op.Execute("CREATE TABLE n (v INTEGER); INSERT INTO n VALUES (0)"));
            for (var i = 1; i <= 3; i++)
            {
                story.Then($"s{i}", op =>
                {
                    op.Execute("UPDATE n SET v = v + 1");
                    op.AutocommitBlock(() =>
                    {
                        Thread.Sleep(300);
                        op.Execute("UPDATE n SET v = v + 100");
                        Thread.Sleep(300);
                    });
                    op.Execute("UPDATE n SET v = v + 10000");
                });
            }
            return story;
        }

        using var first = Blocks(new Story());
        first.Database = () => Sqlite(first);
        // What a run leaves that was killed.
        var file = first.Path + "-alembic-lock";
        File.WriteAllText(file, "");
        Parallel.For(0, 6, new ParallelOptions { MaxDegreeOfParallelism = 6 },
            _ => Blocks(new Story { Database = first.Database }).Upgrade());
        Assert.AreEqual(("s3", "30303"), (first.Versions(), first.Ask("SELECT v FROM n")));
        Assert.IsFalse(File.Exists(file));
    }

    [TestMethod]
    public void The_lock_file_is_closed_before_it_is_deleted()
    {
        using var story = Steps(new Story());
        story.Upgrade("s1");
        using var session = new OnlineSession(story.Database(), story);
        List<string> deleted = [];
        var migrationLock = new SqliteLock(session, TimeProvider.System, file =>
        {
            using (new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                deleted.Add(file);
            File.Delete(file);
        });
        Assert.IsTrue(migrationLock.Keep());
        migrationLock.EndKeeping();
        Assert.AreEqual(story.Path + "-alembic-lock", deleted.Single());
        Assert.IsTrue(migrationLock.TryHold());
    }

    // On Windows, a file that another process has open is refused so.
    [TestMethod]
    public void A_lock_file_that_cannot_be_deleted_is_left_where_it_is()
    {
        using var story = Steps(new Story());
        story.Upgrade("s1");
        using var session = new OnlineSession(story.Database(), story);
        var migrationLock = new SqliteLock(session, TimeProvider.System, _ => throw new UnauthorizedAccessException());
        Assert.IsTrue(migrationLock.Keep());
        migrationLock.EndKeeping();
        Assert.IsTrue(File.Exists(story.Path + "-alembic-lock"));
        Assert.IsTrue(migrationLock.Keep());
        migrationLock.EndKeeping();
    }

    [TestMethod]
    public void Whoever_looks_at_the_lock_file_is_in_nobodys_way()
    {
        using var story = Steps(new Story());
        story.Upgrade("s1");
        using var session = new OnlineSession(story.Database(), story);
        var path = story.Path + "-alembic-lock";
        File.WriteAllText(path, "");
        var looking = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None);
        var clock = new QuickClock { OnPause = looking.Dispose };
        var migrationLock = new SqliteLock(
            session, clock, _ => throw new IOException("The file is being used by another process."));
        Assert.IsTrue(migrationLock.Keep());
        Assert.HasCount(1, clock.Pauses);
        migrationLock.EndKeeping();
        Assert.IsTrue(File.Exists(path));
        Assert.IsFalse(SqliteLock.IsHeld(story.Path));
    }

    [TestMethod]
    public void A_lock_that_is_not_free_in_time_changes_nothing()
    {
        using var story = Steps(new Story());
        story.Database = () => Sqlite(story);
        story.Upgrade("s1");
        using var other = story.Open();
        using var transaction = other.BeginTransaction();
        var clock = new QuickClock();
        story.Clock = clock;
        var error = Assert.Throws<LockTimeoutException>(
            () => story.Run(migrator => migrator.PlanUpgrade("heads"), new ApplyOptions { LockTimeout = TimeSpan.FromSeconds(2) }));
        Assert.AreEqual("The migration lock was not released within 2 s: it is held by another process", error.Message);
        Assert.IsNotEmpty(clock.Pauses);
        Assert.IsTrue(
            story.Log.Any(line => line.StartsWith("The migration lock is held by another process: waiting", StringComparison.Ordinal)),
            string.Join("; ", story.Log));
        transaction.Rollback();
        Assert.AreEqual("s1", story.Versions());
    }

    [TestMethod]
    public void A_run_with_nothing_to_do_does_not_wait()
    {
        using var story = Steps(new Story());
        story.Database = () => Sqlite(story);
        story.Upgrade();
        using var other = story.Open();
        using var transaction = other.BeginTransaction();
        story.Upgrade();
    }

    [TestMethod]
    public void On_PostgreSQL_the_holder_is_known_and_can_be_ended()
    {
        using var mine = new PostgreSqlDatabase();
        using var theirs = mine.Another();
        Shown(mine.Session, theirs.Session, PostgreSqlDatabase.Dialect, "process ");
    }

    [TestMethod]
    public void On_MariaDB_the_holder_is_known_and_can_be_ended()
    {
        using var mine = new MariaDbDatabase();
        using var theirs = mine.Another();
        Shown(mine.Session, theirs.Session, mine.Dialect, "connection ");
    }

    [TestMethod]
    public void A_lease_is_one_runs_until_it_is_given_back_taken_or_over()
    {
        using var database = new MariaDbDatabase();
        using var other = database.Another();
        // A run is another object each time: nothing but the row connects them.
        MySqlLease Lease(OnlineSession session) =>
            new(new(session, null, "alembic_version") { Connect = database.Open }, database.Dialect);
        foreach (var session in new[] { database.Session, other.Session })
            session.Rollback();
        var (mine, theirs) = (Lease(database.Session), Lease(other.Session));
        Assert.IsNull(mine.Holder());
        Assert.IsTrue(mine.TryTake());
        Assert.IsTrue(mine.TryHold());
        Assert.IsFalse(theirs.TryTake());
        Assert.Throws<AlembicException>(() => theirs.TryHold());
        Assert.AreEqual(mine.Holder(), theirs.Holder());
        Assert.MatchesRegex(@"^lease [0-9a-f-]{36} \(\S+@\S+ on \S+:\d+\)$", theirs.Holder()!.Text);

        mine.Release();
        Assert.IsNull(mine.Holder());
        Assert.IsTrue(theirs.TryTake());
        mine = Lease(database.Session);
        mine.Break(theirs.Holder()!);
        Assert.AreEqual("The migration lock was lost: another run may hold it now",
            Assert.Throws<AlembicException>(() => theirs.TryHold()).Message);
        Assert.IsTrue(mine.TryTake());

        // Nobody renews it any more.
        theirs = Lease(other.Session);
        other.Op.Execute("UPDATE alembic_lock SET lease_until = SYSDATE(6) - INTERVAL 1 SECOND");
        Assert.IsNull(theirs.Holder());
        Assert.IsTrue(theirs.TryTake());
        Assert.Throws<AlembicException>(() => mine.TryHold());
        mine.Abandon();
        Assert.IsTrue(theirs.TryHold());
        theirs.Abandon();
        Assert.IsNull(theirs.Holder());
        theirs.Abandon();
    }

    [TestMethod]
    public void A_lease_is_renewed_while_the_run_is_busy()
    {
        using var database = new MariaDbDatabase();
        database.Session.Rollback();
        var clock = new FakeTimeProvider();
        var lease = new MySqlLease(
            new(database.Session, null, "alembic_version") { Connect = database.Open, Clock = clock }, database.Dialect);
        Assert.IsTrue(lease.TryTake());
        database.Op.Execute("UPDATE alembic_lock SET lease_until = SYSDATE(6) + INTERVAL 2 SECOND");
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.AreEqual("1", database.Rows("SELECT lease_until > SYSDATE(6) + INTERVAL 20 SECOND FROM alembic_lock"));
        lease.Release();
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.IsNull(lease.Holder());
    }

    private static void Shown(OnlineSession mine, OnlineSession theirs, Alembic.Operations.Dialect dialect, string holder)
    {
        var (my, their) = (dialect.Lock(new(mine, null, "alembic_version")), dialect.Lock(new(theirs, null, "alembic_version")));
        Assert.IsNull(my.Holder());
        Assert.IsTrue(their.TryTake());
        Assert.IsTrue(their.TryHold());
        Assert.IsFalse(my.TryTake());
        Assert.IsTrue(dialect.Lock(new(mine, null, "another_table")).TryTake());
        Assert.Throws<AlembicException>(() => my.TryHold());
        var found = my.Holder()!;
        Assert.AreEqual(their.Holder(), found);
        Assert.StartsWith(holder + found.Id, found.Text);

        their.Release();
        Assert.IsTrue(my.TryTake());
        my.Release();
        Assert.IsTrue(their.TryTake());
        my.Break(found);
        // The server ends it when it comes to it.
        for (var tries = 0; !my.TryTake(); tries++)
        {
            Assert.IsLessThan(600, tries, "the lock is free once the connection has ended");
            Thread.Sleep(50);
        }
        Assert.Throws<DbException>(() => their.TryHold());
    }

    private static TestDatabase Sqlite(Story story) => new TestDatabase(new SqliteDialect(), story.Open, "sqlite://")
    {
        IsThere = () => story.HasFile,
        Busy = exception => exception is SqliteException { SqliteErrorCode: 5 or 6 },
        Beginning = connection =>
        {
            ((SqliteConnection)connection).DefaultTimeout = 1;
            return connection.BeginTransaction();
        },
    };

    private static Story Steps(Story story)
    {
        story.Then("s0", op => op.Execute("CREATE TABLE done (n INTEGER)"));
        foreach (var n in Enumerable.Range(1, 9))
            story.Then($"s{n}", op => op.Execute($"INSERT INTO done VALUES ({n})"));
        return story;
    }
}

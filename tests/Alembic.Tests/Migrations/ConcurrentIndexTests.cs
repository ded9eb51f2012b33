using Alembic.Migrations;
using Alembic.Tests.Databases.PostgreSql;
using Npgsql;

namespace Alembic.Tests.Migrations;

/// <summary>
/// Indexes that PostgreSQL builds concurrently leave one that is not valid when they fail; the next run makes it, whatever it was that
/// failed.
/// </summary>
[TestClass]
public sealed class ConcurrentIndexTests
{
    private const string Ours =
        "SELECT c.relname, i.indisvalid, i.indisunique FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relname LIKE "
            + "'Ix%' ORDER BY 1";

    private const string Waiting = "A lock on a table is held: waiting for ";

    /// <summary>What an index is made with.</summary>
    public static IReadOnlyDictionary<string, Action<Op>> Ways { get; } = new Dictionary<string, Action<Op>>
    {
        ["a directive"] = op => op.CreateIndex("Ix \"pet\"", "Pet", ["name"], unique: true, concurrently: true, schema: "My zoo"),
        ["if it is not there"] = op =>
            op.CreateIndex("Ix \"pet\"", "Pet", ["name"], unique: true, concurrently: true, ifNotExists: true, schema: "My zoo"),
        ["SQL"] =
            op =>
                op.Execute(
                    "-- as it is written by hand\n/* or \n so */ create unique index concurrently \"Ix \"\"pet\"\"\" on \"My zoo\" . "
                        + "\"Pet\" (name)"),
    };

    [TestMethod]
    [DynamicData(nameof(WaysAndFailures))]
    public void One_that_failed_is_made_by_the_next_run(string way, string failure)
    {
        using var database = New();
        using (var failing = Index(database, Ways[way]))
        {
            using var blocker = database.Open();
            var cause = Cause(database, blocker, failure);
            var error = Assert.Throws<MigrationFailedException>(
                () => failing.Run(migrator => migrator.PlanUpgrade("heads"), new ApplyOptions { LockTimeout = TimeSpan.FromSeconds(2) }));
            Assert.AreEqual(failure == "lock", error.InnerException is LockTimeoutException, $"{error.InnerException}");
            cause.Wait();
        }
        Assert.StartsWith("Ix \"pet\"|False", database.Rows(Ours), "the failure is none");

        database.Op.Execute("DELETE FROM \"My zoo\".\"Pet\" WHERE id = 3; ALTER DATABASE " + Name(database) + " RESET lock_timeout");
        using var again = Index(database, Ways[way]);
        again.Upgrade();
        Assert.AreEqual("Ix \"pet\"|True|True", database.Rows(Ours));
        Assert.AreEqual("1|s2", database.Rows("SELECT (SELECT n FROM done), (SELECT version_num FROM alembic_version)"));
    }

    [TestMethod]
    public void One_that_gets_no_lock_for_now_is_made_by_the_same_run()
    {
        using var database = New();
        database.Op.Execute($"DELETE FROM \"My zoo\".\"Pet\" WHERE id = 3; ALTER DATABASE {Name(database)} SET lock_timeout = '300ms'");
        using var blocker = database.Open();
        Cause(database, blocker, "lock");
        using var story = Index(database, Ways["a directive"]);
        var isLeaving = false;
        story.OnLog = line =>
        {
            if (isLeaving || !line.StartsWith(Waiting, StringComparison.Ordinal))
                return;
            isLeaving = true;
            Run(blocker, "COMMIT");
        };
        story.Upgrade();
        Assert.AreEqual("Ix \"pet\"|True|True", database.Rows(Ours));
        Assert.IsTrue(isLeaving, string.Join("\n", story.Log));
    }

    [TestMethod]
    public void One_that_was_left_half_dropped_goes()
    {
        using var database = New();
        database.Op.Execute("DELETE FROM \"My zoo\".\"Pet\" WHERE id = 3");
        database.Op.Execute("CREATE UNIQUE INDEX \"Ix \"\"pet\"\"\" ON \"My zoo\".\"Pet\" (name)");
        static void Drop(Op op) => op.DropIndex("Ix \"pet\"", "Pet", concurrently: true, schema: "My zoo");
        using (var failing = Index(database, Drop))
        {
            using var blocker = database.Open();
            Run(blocker, "BEGIN; SELECT * FROM \"My zoo\".\"Pet\"");
            var killing = Kill(database, "pg_terminate_backend", "DROP INDEX CONCURRENTLY");
            Assert.Throws<MigrationFailedException>(() => failing.Upgrade());
            killing.Wait();
        }
        Assert.AreEqual("Ix \"pet\"|False|True", database.Rows(Ours));
        using var again = Index(database, Drop);
        again.Upgrade();
        Assert.AreEqual("", database.Rows(Ours));
        Assert.AreEqual("1|s2", database.Rows("SELECT (SELECT n FROM done), (SELECT version_num FROM alembic_version)"));
    }

    [TestMethod]
    public void Another_ones_index_of_that_name_is_not_touched()
    {
        using var database = New();
        database.Op.Execute("CREATE INDEX \"Ix \"\"pet\"\"\" ON \"My zoo\".\"Pet\" (id)");
        using var story = Index(database, Ways["a directive"]);
        Assert.Contains("already exists", Assert.Throws<MigrationFailedException>(() => story.Upgrade()).Message);
        Assert.AreEqual("Ix \"pet\"|True|False", database.Rows(Ours));
    }

    public static IEnumerable<object[]> WaysAndFailures =>
        from way in Ways.Keys
        from failure in new[] { "duplicates", "lock", "cancelled", "killed" }
        select new object[] { way, failure };

    private static PostgreSqlDatabase New()
    {
        var database = new PostgreSqlDatabase();
        // What is open would be waited for.
        database.Session.Rollback();
        database.Op
            .Execute(
                "CREATE SCHEMA \"My zoo\"; CREATE TABLE \"My zoo\".\"Pet\" (id INT, name TEXT); INSERT INTO \"My zoo\".\"Pet\" VALUES "
                    + "(1, 'ada'), (2, 'bob'), (3, 'bob'); CREATE TABLE done (n INT); INSERT INTO done VALUES (0)");
        return database;
    }

    private static Story Index(PostgreSqlDatabase database, Action<Op> index) => new Story
    {
        Database = () => new TestDatabase(PostgreSqlDatabase.Dialect, database.Open, "postgresql://")
        {
            Busy = exception => exception.SqlState is PostgresErrorCodes.LockNotAvailable
        },
    }
    .Then("s1", op => op.Execute("SELECT 1"))
    .Then("s2", op =>
    {
        op.Execute("UPDATE done SET n = n + 1");
        op.AutocommitBlock(() => index(op));
    });

    private static Task Cause(PostgreSqlDatabase database, NpgsqlConnection blocker, string failure)
    {
        if (failure == "duplicates")
            return Task.CompletedTask;
        // Whoever has written the table is waited for.
        Run(blocker, "BEGIN; UPDATE \"My zoo\".\"Pet\" SET name = name");
        if (failure == "lock")
            database.Op.Execute($"ALTER DATABASE {Name(database)} SET lock_timeout = '300ms'");
        return failure switch
        {
            "cancelled" => Kill(database, "pg_cancel_backend", "CREATE"),
            "killed" => Kill(database, "pg_terminate_backend", "CREATE"),
            _ => Task.CompletedTask,
        };
    }

    // Once it waits for the blocker.
    private static Task Kill(PostgreSqlDatabase database, string how, string what) => Task.Run(() =>
    {
        using var connection = database.Open();
        using var command = new NpgsqlCommand(
            $"SELECT count({how}(pid)) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query ~* "
                + $"'{what}'", connection);
        for (var tries = 0; command.ExecuteScalar() is 0L; tries++)
        {
            Assert.IsLessThan(600, tries, "nothing to end");
            Thread.Sleep(50);
        }
    });

    private static string Name(PostgreSqlDatabase database) => database.Rows("SELECT current_database()");

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}

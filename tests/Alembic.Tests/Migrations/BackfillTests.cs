using Alembic.Databases.MySql;
using Alembic.Databases.SqlServer;
using Alembic.Operations;
using Alembic.Migrations;
using Alembic.Schema;
using Alembic.Tests.Databases.MySql;
using Alembic.Tests.Databases.PostgreSql;
using Alembic.Tests.Databases.SqlServer;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using MySqlConnector;

namespace Alembic.Tests.Migrations;

/// <summary>A table's rows are changed batch by batch, each row once, however often the run is broken off.</summary>
[TestClass]
public sealed class BackfillTests
{
    private const string Count = "UPDATE item SET n = n + 1 WHERE id BETWEEN @from AND @to";

    private static readonly string[] Kinds = ["SQLite", "PostgreSQL", "MariaDB"];

    public static IEnumerable<object[]> EveryKind => Kinds.Select(kind => new object[] { kind });

    public static IEnumerable<object[]> Sizes =>
        from kind in Kinds
        from size in new[] { (0, 10), (1, 1), (30, 10), (95, 7), (3, 1000) }
        select new object[] { kind, size.Item1, size.Item2 };

    [TestMethod]
    [DynamicData(nameof(Sizes))]
    public void Every_row_is_changed_once_in_batches(string kind, int rows, int batch)
    {
        using var place = new Place(kind);
        var changed = -1L;
        // With gaps, and not in order.
        using var story = Items(place, Enumerable.Range(1, rows).Select(i => i * 7919L % 100_003 - 50_000), "BIGINT",
            op => changed = op.Backfill("item", "id", Count, batch: batch)).Upgrade();
        Assert.AreEqual(rows, changed);
        Assert.AreEqual($"{rows}|{rows}", place.Rows("SELECT count(*), coalesce(sum(CASE n WHEN 1 THEN 1 ELSE 1000 END), 0) FROM item"));
        Assert.HasCount((rows + batch - 1) / batch, story.Log.Where(line => line == Count));
        Assert.Contains($"Backfill of item: {rows} rows, done", story.Log);
    }

    public static IEnumerable<object[]> Keys
    {
        get
        {
            string[] texts = ["", "a", "B", "b", "ä", "it's", "Z\\", "%", "zz", "0", "10", "9"];
            string[] guids = [.. texts.Select((_, i) => new Guid(i, 2, 3, 4, 5, 6, 7, 8, 9, 10, (byte)(200 - i)).ToString())];
            string[] moments = [.. texts.Select((_, i) => $"2026-01-{28 - i} 03:04:05.12345{i % 10}")];
            object[] Of(string kind, string type, string[] keys) => [kind, type, keys];
            return
            [
                .. Kinds.Select(kind => Of(kind, "VARCHAR(50)", texts)),
                .. Kinds.Select(kind => Of(kind, "NUMERIC(30, 10)", [.. texts.Select((_, i) => $"{i * 1e15:F0}.000000000{i % 10}")])),
                Of("SQLite", "REAL", [.. texts.Select((_, i) => $"{i / 3.0:R}")]),
                Of("PostgreSQL", "DOUBLE PRECISION", [.. texts.Select((_, i) => $"{i / 3.0:R}")]),
                Of("MariaDB", "DOUBLE", [.. texts.Select((_, i) => $"{i / 3.0:R}")]),
                Of("PostgreSQL", "uuid", guids), Of("MariaDB", "UUID", guids), Of("MariaDB", "CHAR(36)", guids),
                Of("PostgreSQL", "timestamp", moments), Of("PostgreSQL", "timestamptz", moments), Of("MariaDB", "DATETIME(6)", moments),
                Of("PostgreSQL", "interval", [.. texts.Select((_, i) => $"{i} hours 1 second")]),
                Of("PostgreSQL", "date", [.. moments.Select(m => m[..10])]), Of("MariaDB", "DATE", [.. moments.Select(m => m[..10])]),
                Of("MariaDB", "TIME(3)", [.. moments.Select((m, i) => $"{i}{m[13..23]}")]),
                Of("MariaDB", "BINARY(3)", [.. texts.Select((_, i) => $"\u001e{(char)(i + 65)}'")]),
                Of("MariaDB", "BIGINT UNSIGNED", [.. texts.Select((_, i) => $"{ulong.MaxValue - (ulong)i}")]),
                Of("PostgreSQL", "SMALLINT", [.. texts.Select((_, i) => $"{i}")]),
            ];
        }
    }

    [TestMethod]
    [DynamicData(nameof(Keys))]
    public void Rows_are_counted_off_by_any_key_and_found_again(string kind, string type, string[] keys)
    {
        using var place = new Place(kind);
        // Each key twice: no batch ends between two rows that have the same.
        using (var story = Items(place, keys.Concat(keys), type,
            op => op.Backfill("item", "id", Count + " AND n < @most", batch: 5, parameters: new { most = 1 })))
        {
            story.Upgrade();
            Assert.AreEqual("1", place.Rows("SELECT DISTINCT n FROM item"));
            Assert.IsLessThanOrEqualTo(5, story.Log.Count(line => line.StartsWith("UPDATE item", StringComparison.Ordinal)));
        }

        // Broken off after each batch.
        place.Execute(
            "UPDATE item SET n = 0; DELETE FROM alembic_version WHERE version_num = 's2'; INSERT INTO alembic_version VALUES ('s1')");
        for (var runs = 1; ; runs++)
        {
            using var cancel = new CancellationTokenSource();
            using var story = Items(place, keys, type,
                op => op.Backfill("item", "id", Count, batch: 5, pause: TimeSpan.FromMilliseconds(1)),
                new ApplyOptions { Cancelled = cancel.Token });
            story.OnLog = line => { if (line == Count) cancel.Cancel(); };
            try
            {
                story.Upgrade();
                Assert.IsGreaterThan(3, runs);
                break;
            }
            catch (MigrationCancelledException)
            {
                Assert.IsLessThan(20, runs);
            }
        }
        Assert.AreEqual("1", place.Rows("SELECT DISTINCT n FROM item"));
        Assert.AreEqual("s2", place.Rows("SELECT version_num FROM alembic_version"));
    }

    [TestMethod]
    [DynamicData(nameof(EveryKind))]
    public void It_goes_on_after_a_batch_that_failed_with_what_was_put_right(string kind)
    {
        using var place = new Place(kind);
        var changed = 0L;
        using var story = Items(place, Enumerable.Range(1, 100), "INTEGER", op => changed = op.Backfill("item", "id", Count, batch: 10))
            .Upgrade("s1");
        place.Execute(
            "ALTER TABLE item RENAME TO everything; CREATE TABLE item (id INTEGER, n INTEGER NOT NULL CHECK (n = 0 OR id <> 37)); INSERT "
                + "INTO item SELECT id, n FROM everything");
        Assert.Throws<MigrationFailedException>(() => story.Upgrade());
        Assert.AreEqual("30|30", place.Rows("SELECT count(*), max(id) FROM item WHERE n = 1"));
        Assert.AreEqual(0, changed);

        using var again = Items<int>(place, [], "INTEGER",
            op => changed = op.Backfill("item", "id", "UPDATE item SET n = n + 1 WHERE id BETWEEN @from AND @to AND id <> 37", batch: 35));
        again.Upgrade();
        Assert.AreEqual("0|37|37; 1|1|100", place.Rows("SELECT n, min(id), max(id) FROM item GROUP BY n ORDER BY n"));
        Assert.AreEqual(99, changed);
        Assert.HasCount(2, again.Log.Where(line => line.StartsWith("UPDATE item", StringComparison.Ordinal)));
        Assert.Contains(
            "s2: its upgrade was started and not finished; 1 step is done, and it stopped at: Backfill of item: 30 rows, at id 30; dotnet "
                + "alembic upgrade continues from there", again.Log);
        Assert.AreEqual("s2", place.Rows("SELECT version_num FROM alembic_version"));
        Assert.AreEqual("1", place.Rows("SELECT count(*) FROM steps"));

        // What is under way is the table's, not the text's; another table's it is not.
        again.Downgrade("s1");
        Assert.AreEqual("0|99", place.Rows("SELECT sum(n), count(*) FROM item WHERE id <> 37"));
    }

    [TestMethod]
    [DynamicData(nameof(EveryKind))]
    public void Another_backfill_does_not_go_on_from_it(string kind)
    {
        using var place = new Place(kind);
        static void Fails(Op op) =>
            op.Backfill("item", "id", Count.Replace("n + 1", "CASE WHEN id < 6 THEN 1 END", StringComparison.Ordinal), batch: 5);
        using (var story = Items(place, Enumerable.Range(1, 9), "INTEGER", Fails))
            Assert.Throws<MigrationFailedException>(() => story.Upgrade());
        using var other = Items<int>(place, [], "INTEGER",
            op => op.Backfill("item", "n", "DELETE FROM item WHERE n BETWEEN @from AND @to"));
        Assert.Contains("the file has changed in those steps since",
            Assert.Throws<MigrationFailedException>(() => other.Upgrade()).Message);
        Assert.AreEqual("9|5", place.Rows("SELECT count(*), sum(n) FROM item"));
    }

    [TestMethod]
    [DynamicData(nameof(EveryKind))]
    public void One_that_is_done_is_not_done_again_when_a_later_step_fails(string kind)
    {
        using var place = new Place(kind);
        static void Twice(Op op, string then)
        {
            op.Backfill("item", "id", Count, batch: 4);
            op.Execute(then);
            op.Backfill("item", "id", Count, batch: 3);
        }
        using (var story = Items(place, Enumerable.Range(1, 10), "INTEGER", op => Twice(op, "DELETE FROM nonsense")))
            Assert.Throws<MigrationFailedException>(() => story.Upgrade());
        Assert.AreEqual("1", place.Rows("SELECT DISTINCT n FROM item"));
        using var again = Items<int>(place, [], "INTEGER", op => Twice(op, "DELETE FROM steps"));
        again.Upgrade();
        Assert.AreEqual("2", place.Rows("SELECT DISTINCT n FROM item"));
    }

    [TestMethod]
    [DynamicData(nameof(EveryKind))]
    public void Rows_that_come_behind_the_last_batch_are_done_too(string kind)
    {
        using var place = new Place(kind);
        var last = 30;
        using var story = Items(place, Enumerable.Range(1, last), "INTEGER", op => op.Backfill("item", "id", Count, batch: 10))
            .Upgrade("s1");
        story.OnLog = line =>
        {
            if (line.StartsWith("SELECT id FROM item WHERE id > @bound", StringComparison.Ordinal) && last < 36)
                place.Execute($"INSERT INTO item (id, n) VALUES ({++last}, 0)");
        };
        story.Upgrade();
        Assert.AreEqual("36|1|1", place.Rows("SELECT count(*), min(n), max(n) FROM item"));
    }

    [TestMethod]
    [DynamicData(nameof(EveryKind))]
    public void It_is_refused_where_it_could_not_be_right(string kind)
    {
        using var place = new Place(kind);
        void Refused(string message, string? hint, Action<Op> backfill, bool inBlock = true)
        {
            using var story = Items(place, Enumerable.Range(1, 9), "INTEGER", backfill, inBlock: inBlock);
            var error = Assert.Throws<MigrationFailedException>(() => story.Upgrade());
            Assert.Contains(message, error.Message);
            Assert.Contains(hint ?? "", error.Hint!);
            Assert.AreEqual("9|0", place.Rows("SELECT count(*), sum(n) FROM item"));
        }

        Refused("The backfill of 'item' commits every batch, and cannot do that inside of the migration's transaction",
            "op.AutocommitBlock(() => op.Backfill(…))", op => op.Backfill("item", "id", Count), inBlock: false);
        Refused("its SQL has no @from", "end it with: WHERE id BETWEEN @from AND @to",
            op => op.Backfill("item", "id", "UPDATE item SET n = 1 -- WHERE id BETWEEN @from AND @to"));
        Refused("its SQL has no @to", null, op => op.Backfill("item", "id", "UPDATE item SET n = 1 WHERE id >= @from"));
        Refused("both bounds belong to it, but its SQL says > @from", null,
            op => op.Backfill("item", "id", "UPDATE item SET n = 1 WHERE id > @from AND id <= @to"));
        Refused("both bounds belong to it, but its SQL says <@to", null,
            op => op.Backfill("item", "id", "UPDATE item SET n = 1 WHERE id >= @from AND id <@to"));
        Refused("has batches of 0 rows", null, op => op.Backfill("item", "id", Count, batch: 0));
        place.Execute("UPDATE item SET note = 'x' WHERE id > 1");
        Refused("would never reach rows whose note is NULL", "give them a value first", op => op.Backfill("item", "note", Count));
        using var right = Items<int>(place, [], "INTEGER",
            op => op.Backfill("item", "id", "UPDATE item SET n = 1 WHERE id >= @from AND @to >= id"));
        right.Upgrade();
        Assert.AreEqual("9|9", place.Rows("SELECT count(*), sum(n) FROM item"));
    }

    [TestMethod]
    public void A_script_has_no_place_for_it()
    {
        using var story = new Story().Then("s1", op => op.AutocommitBlock(() => op.Backfill("item", "id", Count)));
        Assert.Contains("op.Backfill needs a database and cannot be used with --sql",
            Assert.Throws<MigrationFailedException>(() => story.Script()).Message);
    }

    [TestMethod]
    public void A_batch_waits_for_a_lock_and_is_done_then()
    {
        using var place = new Place("PostgreSQL");
        using var story = Items(place, Enumerable.Range(1, 100), "INTEGER", op => op.Backfill("item", "id", Count, batch: 10))
            .Upgrade("s1");
        using var other = place.Database.Open();
        using var transaction = other.BeginTransaction();
        using (var command = other.CreateCommand())
        {
            command.CommandText = "UPDATE item SET note = 'theirs' WHERE id = 42";
            command.ExecuteNonQuery();
        }
        var upgrade = Task.Run(() => story.Upgrade());
        SpinWait.SpinUntil(() => story.Log.ToArray().Any(line => line.StartsWith("A lock on a table is held", StringComparison.Ordinal)),
            TimeSpan.FromSeconds(30));
        Assert.AreEqual("40", place.Rows("SELECT count(*) FROM item WHERE n = 1"));
        transaction.Commit();
        upgrade.GetAwaiter().GetResult();
        Assert.AreEqual("100|1", place.Rows("SELECT sum(n), count(note) FROM item"));
    }

    [TestMethod]
    public void SQLite_enforces_foreign_keys_in_it_and_only_there()
    {
        using var place = new Place("SQLite");
        using var story = Items(place, Enumerable.Range(1, 9), "INTEGER PRIMARY KEY", op =>
        {
            op.Backfill("item", "id", "INSERT INTO part SELECT id, id FROM item WHERE id BETWEEN @from AND @to", batch: 3);
            Assert.Throws<SqliteException>(
                () => op.Backfill("part", "id", "UPDATE part SET item_id = item_id + 1 WHERE id BETWEEN @from AND @to", batch: 4));
        }, after: op => op.AlterColumn("item", "note", nullable: true, type: SqlType.String(99))).Upgrade("s1");
        place.Execute("CREATE TABLE part (id INTEGER PRIMARY KEY, item_id INTEGER REFERENCES item (id) ON DELETE CASCADE)");
        story.Upgrade();
        // The rebuild dropped no row that points to the table; the last batch, which did not go, left nothing behind.
        Assert.AreEqual("9|53", place.Rows("SELECT count(*), sum(item_id) FROM part"));
    }

    [TestMethod]
    public void On_SQL_Server_its_queries_parse()
    {
        var backfill = new Backfill("order", "key", "") { Schema = "my schema" };
        string[] queries = [
            .. new[]
            {
                backfill.KeyWhere(new SqlServerDialect(), ">=", 1, 999),
                backfill.KeyWhere(new SqlServerDialect(), "IS NOT NULL", fromEnd: true)
            }.Select(s => s.Text)];
        foreach (var query in queries)
            TransactSql.Parse(query);
        Assert.AreEqual("SELECT [key] FROM [my schema].[order] WHERE [key] >= @bound ORDER BY [key] OFFSET 999 ROWS FETCH NEXT 1 ROWS ONLY",
            queries[0]);
    }

    private static Story Items<T>(Place place, IEnumerable<T> keys, string type, Action<Op> backfill, ApplyOptions? apply = null,
        bool inBlock = true, Action<Op>? after = null) =>
        new Story { Database = () => place.Database, Apply = apply ?? new ApplyOptions() }
            .Then("s1", op =>
            {
                op.CreateTable("steps", [new Column("what", SqlType.String(20))]);
                op.CreateTable("item", [new Column("id", SqlType.Raw(type)), new Column("n", SqlType.Integer, nullable: false),
                    new Column("note", SqlType.String(20))]);
                op.BulkInsert("item", ["id", "n"], keys.Select(key => new object?[] { key, 0 }));
            })
            .Then("s2", op =>
            {
                op.Execute("INSERT INTO steps VALUES ('s2')");
                if (inBlock)
                    op.AutocommitBlock(() => backfill(op));
                else
                    backfill(op);
                after?.Invoke(op);
            }, op => op.AutocommitBlock(
                () => op.Backfill("item", "id", "UPDATE item SET n = n - 1 WHERE id BETWEEN @from AND @to AND n > 0", batch: 9)));

    /// <summary>A database with what the tool tells of its driver.</summary>
    private sealed class Place : IDisposable
    {
        private readonly Action _drop;

        public Place(string kind)
        {
            if (kind == "SQLite")
            {
                var story = new Story();
                (Database, _drop) = (story.Database(), story.Dispose);
            }
            else if (kind == "PostgreSQL")
            {
                var url = PostgreSqlServer.NewDatabase();
                (Database, _drop) = (PostgreSqlDatabase.At(url, e => e.SqlState == "55P03"), () => PostgreSqlServer.Drop(url));
            }
            else
            {
                var settings = MySqlServer.MariaDb.NewDatabase();
                (Database, _drop) = (new TestDatabase(new MySqlDialect(isMariaDb: true), () => Open(settings), "mariadb://"),
                    () => MySqlServer.Drop(settings));
            }
        }

        public Database Database { get; }

        public string Rows(string sql)
        {
            using var session = new OnlineSession(Database, NullLogger.Instance);
            return string.Join("; ", session.Query(new Statement(sql)).Select(row => string.Join("|", row.Values)));
        }

        public void Execute(string sql)
        {
            using var session = new OnlineSession(Database, NullLogger.Instance);
            session.Execute(new Statement(sql));
        }

        public void Dispose() => _drop();

        private static MySqlConnection Open(string settings)
        {
            var connection = new MySqlConnection(settings);
            connection.Open();
            return connection;
        }
    }
}

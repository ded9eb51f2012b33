using System.Globalization;
using Alembic.Migrations;
using Alembic.Schema;
using Alembic.Tests.Databases;

namespace Alembic.Tests.Migrations;

/// <summary>Values get into the database and out of it as they are, and never as SQL.</summary>
[TestClass]
public sealed class DataMigrationTests
{
    private const string Columns = "id INTEGER PRIMARY KEY, v";

    private static readonly (object? Value, string Stored)[] Values =
    [
        (null, "NULL"), (DBNull.Value, "NULL"), (42, "42"), (-7L, "-7"), ((short)3, "3"), ((byte)200, "200"), (uint.MaxValue, "4294967295"),
        (true, "1"), (false, "0"),
        (1.5, "1.5"), (-0.25f, "-0.25"), ("", "''"), ("it's", "'it''s'"), ("a\tb", "'a\tb'"),
        ("two\r\nlines; -- @v /*", "'two\r\nlines; -- @v /*'"), ("ü😀", "'ü😀'"), ("'); DROP TABLE t; --", "'''); DROP TABLE t; --'"),
        ('x', "'x'"), (new byte[] { 0, 255, 39 }, "X'00FF27'"), (Array.Empty<byte>(), "X''"),
        (new DateTime(2026, 11, 22, 1, 2, 3, 456), "'2026-11-22 01:02:03.456'"),
        (new DateTime(2026, 11, 22), "'2026-11-22 00:00:00'"),
        (new DateTimeOffset(2026, 11, 22, 1, 2, 3, TimeSpan.FromHours(2)), "'2026-11-22 01:02:03+02:00'"),
        (new DateOnly(2026, 11, 22), "'2026-11-22'"), (new TimeOnly(1, 2, 3), "'01:02:03'"),
        (new TimeOnly(1, 2, 3, 4), "'01:02:03.0040000'"), (new TimeSpan(1, 2, 3, 4), "'1.02:03:04'"),
        (Guid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e"), "'0F8FAD5B-D9CB-469F-A165-70867728950E'"), (DayOfWeek.Friday, "5"),
        (12.50m, "'12.5'"), (100m, "'100.0'"), (0.0000000000000000000000000001m, "'0.0000000000000000000000000001'"),
    ];

    public static IEnumerable<object[]> EachValue =>
        Enumerable.Range(0, Values.Length).Select(i => new object[] { i, $"{Values[i].Value?.GetType().Name} {Values[i].Stored}" });

    [TestMethod]
    [DynamicData(nameof(EachValue))]
    public void A_value_is_the_same_as_parameter_as_literal_and_in_a_script(int index, string what)
    {
        var (value, stored) = Values[index];
        Action<Op> upgrade = op =>
        {
            op.Execute($"CREATE TABLE t ({Columns})");
            op.Execute("INSERT INTO t VALUES (1, @v)", new { v = value });
            op.Execute("INSERT INTO t VALUES (2, @v)", new Dictionary<string, object?> { ["v"] = value });
            op.BulkInsert("t", ["id", "v"], [[3, value]]);
            op.BulkInsert("t", [new { id = 4, v = value }]);
        };
        using var story = new Story().Then("a1", upgrade);
        var expected = string.Join('\n', Enumerable.Range(1, 4).Select(i => $"{i} | {stored}"));
        Assert.AreEqual(expected, story.Upgrade().Ask("SELECT id, quote(v) FROM t ORDER BY id"), what);
        using var scripted = new Story().Then("a1", upgrade);
        scripted.Ask(scripted.Script());
        Assert.AreEqual(expected, scripted.Ask("SELECT id, quote(v) FROM t ORDER BY id"), what);
    }

    [TestMethod]
    public void Text_with_a_zero_in_it_is_kept()
    {
        Action<Op> upgrade = op =>
        {
            op.Execute($"CREATE TABLE t ({Columns})");
            op.BulkInsert("t", ["id", "v"], [[1, "a\0b'c"]]);
        };
        using var story = new Story().Then("a1", upgrade);
        Assert.AreEqual("text | 61006227" + "63", story.Upgrade().Ask("SELECT typeof(v), hex(v) FROM t"));
    }

    [TestMethod]
    public void A_thousand_rows_of_everything_arrive()
    {
        var kinds = Values.Select(v => v.Value).Where(v => v is not DBNull).ToArray();
        string[] names = ["id", .. kinds.Select((_, i) => $"c{i}")];
        using var story = new Story().Then("a1", op =>
        {
            op.Execute($"CREATE TABLE t ({string.Join(", ", names)})");
            op.BulkInsert("t", names, [.. Enumerable.Range(1, 1000).Select(i => new object?[] { i }.Concat(kinds).ToArray())]);
        });
        story.Upgrade();
        Assert.AreEqual("1000 | 1000 | 500500", story.Ask("SELECT count(*), count(DISTINCT id), sum(id) FROM t"));
        Assert.AreEqual("1", story.Ask($"SELECT count(*) FROM (SELECT DISTINCT {string.Join(", ", names.Skip(1))} FROM t)"));
    }

    [TestMethod]
    public void Rows_that_do_not_fit_their_columns_are_refused()
    {
        static string Refused(Action<Op> upgrade)
        {
            using var story = new Story().Then("a1", op => { op.Execute($"CREATE TABLE t ({Columns})"); upgrade(op); });
            return Assert.Throws<MigrationFailedException>(() => story.Upgrade()).Message;
        }
        Assert.AreEqual("a1: Row 2 of the bulk insert into 't' has 1 values for 2 columns",
            Refused(op => op.BulkInsert("t", ["id", "v"], [[1, 2], [3]])));
        Assert.AreEqual("a1: A row of the bulk insert into 't' has no value for the column 'v'",
            Refused(op => op.BulkInsert("t", [new { id = 1, v = 2 }, new { id = 2 }])));
        Assert.AreEqual("a1: A row of the bulk insert into 't' has a value for 'w', which the first row does not have",
            Refused(op => op.BulkInsert("t", [new { id = 1, v = 2 }, new { id = 2, v = 1, w = 3 }])));
        Assert.AreEqual("a1: A value of type System.Object cannot be written as a literal",
            Refused(op => op.BulkInsert("t", ["id", "v"], [[1, new object()]])));
        Assert.AreEqual("a1: NaN has no literal in sqlite", Refused(op => op.BulkInsert("t", ["id", "v"], [[1, double.NaN]])));
    }

    [TestMethod, DoNotParallelize]
    public void A_hundred_thousand_rows_are_inserted_in_bounded_memory()
    {
        using var story = new Story();
        var rows = new ManyRows(story.Log.Clear);
        story.Then("a1", op =>
        {
            op.Execute("CREATE TABLE many (id INTEGER PRIMARY KEY, name TEXT, amount DOUBLE)");
            op.BulkInsert("many", ["id", "name", "amount"], rows.Values());
        });
        story.Upgrade();
        rows.AssertBounded();
        Assert.AreEqual("100000 | 5000050000 | 33333", story.Ask("SELECT count(*), sum(id), count(*) - count(amount) FROM many"));
    }

    [TestMethod]
    public void Rows_are_read_as_they_are_needed()
    {
        List<long> seen = [];
        using var story = new Story().Then("a1", op =>
        {
            op.Execute("CREATE TABLE t (id INTEGER)");
            IEnumerable<object> Rows()
            {
                for (var i = 0; i < 2500; i++)
                {
                    if (i % 1000 == 500 && !op.IsOffline)
                        seen.Add((long)op.Query("SELECT count(*) AS n FROM t")[0]["n"]!);
                    yield return new { id = i };
                }
            }
            op.BulkInsert("t", Rows());
        });
        Assert.HasCount(2501, story.Script().Split("INSERT INTO t (id) VALUES ("));
        story.Upgrade();
        CollectionAssert.AreEqual(new[] { 0L, 1000L }, seen);
        Assert.AreEqual("2500", story.Ask("SELECT count(*) FROM t"));
    }

    [TestMethod]
    public void A_row_that_does_not_fit_is_counted_from_the_first()
    {
        using var story = new Story()
            .Then("a1", op => op.BulkInsert("t", ["id"], Enumerable.Range(0, 3000).Select(i => i == 2345 ? new object?[] { 1, 2 } : [i])));
        Assert.AreEqual("a1: Row 2346 of the bulk insert into 't' has 2 values for 1 columns",
            Assert.Throws<MigrationFailedException>(() => story.Script()).Message);
    }

    [TestMethod]
    public void No_rows_are_no_statement()
    {
        using var story = new Story().Then("a1", op =>
        {
            op.BulkInsert("nowhere", Array.Empty<object>());
            op.BulkInsert("nowhere", ["id"], []);
        });
        Assert.AreEqual("a1", story.Upgrade().Versions());
    }

    [TestMethod]
    public void A_query_gives_rows_by_name_while_the_migration_runs()
    {
        using var story = new Story().Then("a1", op =>
        {
            op.Execute("CREATE TABLE t (id INTEGER, name TEXT, data BLOB)");
            op.BulkInsert("t", [new { id = 1, name = "ada", data = (byte[]?)null }, new { id = 2, name = "bob", data = (byte[]?)[1] }]);
            foreach (var row in op.Query("SELECT id, name AS \"Full Name\", data FROM t WHERE id >= @least ORDER BY id", new { least = 1 }))
                op.Execute("INSERT INTO t VALUES (@id, @name, NULL)",
                    new { id = (long)row["ID"]! * 10, name = $"{row["full name"]}: {row["data"]?.GetType().Name ?? "null"}" });
        });
        Assert.AreEqual("10 | ada: null\n20 | bob: Byte[]", story.Upgrade().Ask("SELECT id, name FROM t WHERE id > 2 ORDER BY id"));
    }

    [TestMethod]
    public void Parameters_may_come_in_any_dictionary()
    {
        using var story = new Story().Then("a1", op =>
        {
            op.Execute("CREATE TABLE t (a, b)");
            op.Execute("INSERT INTO t VALUES (@a, @b)", new Dictionary<string, string> { ["a"] = "x", ["b"] = "y" });
            op.Execute("INSERT INTO t VALUES (@a, @b)", new Dictionary<string, int> { ["@a"] = 1, ["@b"] = 2 });
            op.Execute("INSERT INTO t VALUES (@a, @b)", new System.Collections.Hashtable { ["a"] = 5, ["b"] = null });
        });
        Assert.AreEqual("x | y\n1 | 2\n5 | ∅", story.Upgrade().Ask("SELECT * FROM t"));
    }

    [TestMethod]
    public void The_connection_is_the_one_that_migrates()
    {
        using var story = new Story().Then("a1", op =>
        {
            op.Execute("CREATE TABLE t (a)");
            using (var command = op.Connection.CreateCommand())
            {
                command.Transaction = op.Transaction;
                command.CommandText = "INSERT INTO t VALUES (1)";
                command.ExecuteNonQuery();
            }
            Assert.AreEqual(1L, op.Query("SELECT count(*) AS n FROM t")[0]["n"]);
            Assert.IsFalse(op.IsOffline);
            throw new InvalidOperationException();
        });
        Assert.Throws<MigrationFailedException>(() => story.Upgrade());
        Assert.AreEqual("", story.Tables());
    }

    [TestMethod]
    public void Neither_literals_nor_scripts_know_the_culture()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("")
        {
            NumberFormat = { NegativeSign = "−", NumberDecimalSeparator = "," },
            DateTimeFormat = { TimeSeparator = ".", DateSeparator = "_" }
        };
        try
        {
            using var story = new Story().Then("a1", op =>
            {
                op.CreateTable("t", [new Column("a", SqlType.Double, serverDefault: -1.5m), new Column("b", SqlType.DateTime)]);
                op.BulkInsert("t", ["a", "b"], [[-2.5, new DateTime(2026, 1, 2)], [-3, null]]);
            });
            Assert.AreEqual("-2.5 | 2026-01-02 00:00:00\n-3 | ∅",
                story.Upgrade().Ask("SELECT quote(a), b FROM t").Replace("-3.0", "-3", StringComparison.Ordinal));
            Assert.Contains("DEFAULT -1.5", story.Ask("SELECT sql FROM sqlite_schema WHERE name = 't'"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}

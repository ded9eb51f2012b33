using Alembic.Autogenerate;
using Alembic.Databases.SqlServer;
using Alembic.Operations;
using Alembic.Schema;
using Alembic.Tests.Databases;

namespace Alembic.Tests.Autogenerate;

/// <summary>Values for existing rows, where a column is NOT NULL from now on or becomes so again.</summary>
[TestClass]
public sealed class FillTests
{
    private static readonly Column Id = new("id", SqlType.Integer, primaryKey: true);
    private static readonly Column Name = new("name", SqlType.String(20));

    public static IEnumerable<object[]> Servers => [["sqlite"], ["postgresql"], ["mariadb"], ["mysql"]];

    private static IEnumerable<(SqlType Type, string Text, string Value)> Values =>
    [
        (SqlType.Integer, "7", "7"), (SqlType.String(20), "it's", "it's"), (SqlType.String(20), "''", ""), (SqlType.Text, "long", "long"),
        (SqlType.Numeric(8, 2), "1.25", "1.25"),
        (SqlType.Date, "2026-01-02", "2026-01-02"), (SqlType.String(20), "sql:upper(name)", "ADA"), (SqlType.Integer, "SQL: id + 1", "2"),
    ];

    public static IEnumerable<object[]> Added =>
        from server in Servers from value in Values from batch in new[] { false, true }
        select (object[])[server[0], value.Type, value.Text, value.Value, batch];

    [TestMethod]
    [DynamicData(nameof(Added))]
    public void A_new_column_takes_the_value_in_existing_rows_and_keeps_no_default(string dialect, SqlType type, string text,
        string value, bool batch)
    {
        var there = On(dialect, new ComparisonOptions { Fills = [new("t", "n", text)], RenderAsBatch = batch }, Of(Id, Name),
            Of(Id, Name, new Column("n", type, nullable: false)), "n");
        Assert.AreEqual(value, there);
    }

    [TestMethod]
    [DynamicData(nameof(Servers))]
    public void What_the_model_says_is_taken_and_the_columns_own_default_stays(string dialect)
    {
        var fill = new Column("n", SqlType.Integer, nullable: false, serverDefault: 5) { Fill = 3 };
        Assert.AreEqual("3", On(dialect, null, Of(Id, Name), Of(Id, Name, fill), "n"));
        Assert.AreEqual("1", On(dialect, null, Of(Id, Name), Of(Id, Name, fill with { Fill = Sql.Text("id") }), "n"));
        Assert.AreEqual("ada",
            On(dialect, null, Of(Id, Name), Of(Id, Name, new Column("n", SqlType.String(20)) { Fill = Sql.Text("name") }), "n"));
        // The command line goes before the model.
        Assert.AreEqual("9", On(dialect, new ComparisonOptions { Fills = [new("t", "n", "9")] }, Of(Id, Name), Of(Id, Name, fill), "n"));
    }

    [TestMethod]
    [DynamicData(nameof(Servers))]
    public void A_column_that_becomes_not_null_is_filled_first(string dialect)
    {
        var before = new Column("n", SqlType.String(20));
        ComparisonOptions Options(string text) => new() { Fills = [new("t", "n", text)] };
        Assert.AreEqual("x", On(dialect, Options("x"), Of(Id, Name, before), Of(Id, Name, before with { Nullable = false }), "n"));
        Assert.AreEqual("ada",
            On(dialect, Options("sql:name"), Of(Id, Name, before),
                Of(Id, Name, before with { Nullable = false, Comment = dialect == "sqlite" ? null : "said" }), "n"));
        // The value is one of the new type.
        Assert.AreEqual("7",
            On(dialect, Options("7"), Of(Id, Name, before),
                Of(Id, Name, before with { Nullable = false, Type = SqlType.Integer, ServerDefault = 5 }), "n"));
    }

    [TestMethod]
    [DynamicData(nameof(Servers))]
    public void A_downgrade_fills_what_it_brings_back(string dialect)
    {
        var n = new Column("n", SqlType.String(20), nullable: false);
        var options = new ComparisonOptions { Fills = [new("t", "n", "x")] };
        Back(dialect, options, Of(Id, Name, n), Of(Id, Name));
        Back(dialect, options, Of(Id, Name, n), Of(Id, Name, n with { Nullable = true }));
    }

    [TestMethod]
    public void Somebody_is_asked_about_what_is_missing_and_nothing_else()
    {
        List<FillQuestion> asked = [];
        var options = new ComparisonOptions
        {
            AskFill = question => { asked.Add(question); return question.Column == "open" ? null : "1"; }
        };
        var plan = Compare.Schemas(
            Of(Id, Name with { Nullable = false }, new Column("a", SqlType.Integer, nullable: false),
                new Column("open", SqlType.Integer, nullable: false), new Column("b", SqlType.Integer),
                new Column("c", SqlType.Integer, nullable: false, serverDefault: 1)),
            Of(Id, Name, new Column("gone", SqlType.Integer, nullable: false)), new PlainDialect("postgresql"), options).Upgrade;
        CollectionAssert.AreEqual(new[]
        {
            new FillQuestion("t", "a", SqlType.Integer, true), new("t", "open", SqlType.Integer, true),
            new("t", "name", SqlType.String(20), false)
        }, asked);
        Assert.StartsWith("'open' is NOT NULL and has no server default",
            plan.Single(p => p.Operation is AddColumn { Column.Name: "open" }).Remark);
    }

    [TestMethod]
    public void A_value_that_nothing_needs_or_that_is_none_is_refused()
    {
        var mistaken = Compare.Schemas(
            Of(Id, new Column("n", SqlType.Integer, nullable: false)), Of(Id), new PlainDialect("postgresql"),
            new ComparisonOptions { Fills = [new("t", "id", "1"), new("t", "n", "seven"), new("u", "n", "7")] }).MistakenFills;
        CollectionAssert.AreEquivalent(
            new[]
            {
                "t.id: no such column is added, and none becomes NOT NULL", "t.n: 'seven' is not a value of type INTEGER",
                "u.n: no such column is added, and none becomes NOT NULL"
            },
            mistaken.Select(m => $"{m.Fill.Table}.{m.Fill.Column}: {m.Reason}").ToList());
    }

    [TestMethod]
    public void Sql_server_drops_the_default_by_its_name()
    {
        var dialect = new SqlServerDialect();
        string Script(string text) => Scripts.Squeezed(dialect, op =>
        {
            var options = new ComparisonOptions { Fills = [new("t", "n", text)] };
            foreach (var operation in Compare.Schemas(Of(Id, new Column("n", SqlType.Integer, nullable: false)), Of(Id), dialect,
                options).UpgradeOperations)
                op.Invoke(operation);
        });
        StringAssert.Matches(Script("7"), new("^ALTER TABLE t ADD n INTEGER NOT NULL DEFAULT 7; GO .*alter table t drop constraint"));
        Assert.AreEqual(
            "ALTER TABLE t ADD n INTEGER NULL; GO UPDATE t SET n = id WHERE n IS NULL; GO ALTER TABLE t ALTER COLUMN n INTEGER NOT NULL; "
                + "GO", Script("sql:id"));
    }

    private static MetaData Of(params SchemaItem[] items) => new([new Table("t", items)]);

    // Up with a row, and down again; gives the row's value.
    private static string On(string dialect, ComparisonOptions? options, MetaData from, MetaData to, string column) =>
        Journey.On(dialect, (journey, _) =>
    {
        string? value = null;
        (journey with { Options = options })
            .Make(from, to, "INSERT INTO t (id, name) VALUES (1, 'ada')",
                between: () =>
                    value = journey.Rows($"SELECT CAST({column} AS {(dialect is "postgresql" or "sqlite" ? "TEXT" : "CHAR")}) FROM t")
                        .Single());
        return value!;
    });

    private static void Back(string dialect, ComparisonOptions options, MetaData from, MetaData to) => Journey.On(dialect, (journey, _) =>
    {
        var own = journey with { Options = options };
        own.Run(own.Compare(from).UpgradeOperations);
        var there = own.Compare(to);
        own.Run([.. there.UpgradeOperations, new Execute("INSERT INTO t (id, name) VALUES (1, 'ada')"), .. there.DowngradeOperations]);
        Assert.AreEqual("x", own.Rows("SELECT n FROM t").Single());
        Journey.Nothing(own.Compare(from));
        return 0;
    });
}

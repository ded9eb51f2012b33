using Alembic.Autogenerate;
using Alembic.Databases.Sqlite;
using Alembic.Operations;
using Alembic.Migrations;
using Alembic.Schema;
using CsCheck;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alembic.Tests.Autogenerate;

/// <summary>On a real database: the upgrade leaves nothing to be found, the downgrade brings back what there was.</summary>
[TestClass]
public sealed class SqliteMigrationTests
{
    private static readonly SqliteDialect Dialect = new();

    private static readonly ComparisonOptions Everything = new() { CompareServerDefault = true };

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Any_model_can_be_reached_from_any_other_and_left_again(bool batch) =>
        Gen.Select(RandomModels.Models, RandomModels.Models).Check(250, (from, to) =>
        {
            using var session = Open();
            Run(session, [.. from.Tables.Select(t => new CreateTable(t))]);
            var start = SqliteInspector.Inspect(session);

            var there = Compare.Schemas(to, start, Dialect, Everything with { RenderAsBatch = batch },
                tables => Dialect.RoundTrip(session, tables));
            Run(session, there.UpgradeOperations);
            Nothing(Compare.Schemas(to, SqliteInspector.Inspect(session), Dialect, Everything,
                tables => Dialect.RoundTrip(session, tables)));

            Run(session, there.DowngradeOperations);
            var end = SqliteInspector.Inspect(session);
            Nothing(Compare.Schemas(start, end, Dialect, Everything));
            Nothing(Compare.Schemas(end, start, Dialect, Everything));
        });

    [TestMethod]
    public void Shadow_tables_of_a_virtual_table_are_not_there()
    {
        using var session = Open();
        Run(session, [new Execute("CREATE VIRTUAL TABLE words USING fts5(word)"),
            new Execute("CREATE TABLE words_of_mine (a INTEGER PRIMARY KEY AUTOINCREMENT)")]);
        Assert.AreEqual("words_of_mine", SqliteInspector.Inspect(session).Tables.Single().Name);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void The_key_of_a_table_without_rowid_changes(bool batch)
    {
        Column a = new("a", SqlType.Text, nullable: false), b = new("b", SqlType.Text, nullable: false, serverDefault: "2");
        var without = new DialectOptions([("sqlite_with_rowid", false)]);
        Table Of(params SchemaItem[] items) => new("t", items, options: without);
        var from = Of(a, b, new PrimaryKeyConstraint(["a", "b"]));
        foreach (var to in new[] { Of(a, b, new PrimaryKeyConstraint(["b", "a"])), Of(a, new PrimaryKeyConstraint(["a"])),
            Of(a, b, new Column("c", SqlType.Text, nullable: false, serverDefault: "x"), new PrimaryKeyConstraint(["b", "c"])) })
        {
            using var session = Journey.InMemory([]);
            var journey = new Journey(Dialect, session) { Options = new() { RenderAsBatch = batch } };
            journey.Make(new MetaData([from, Other]), new MetaData([to, Other with { Name = "u" }]),
                insert: "INSERT INTO t (a, b) VALUES ('1', '2')");
        }
    }

    private static Table Other { get; } = new("other", [new Column("id", SqlType.Integer, primaryKey: true)]);

    [TestMethod]
    public void A_key_that_counts_becomes_another_and_counts_again()
    {
        Table Of(params SchemaItem[] more) => new("t", [new Column("b", SqlType.Integer, nullable: false), .. more]);
        var counting = Of(new Column("id", SqlType.Integer, primaryKey: true, autoincrement: true));
        var id = new Column("id", SqlType.Integer, nullable: false);
        foreach (var to in new[] { Of(id, new PrimaryKeyConstraint(["id", "b"])), Of(id, new PrimaryKeyConstraint(["b"])), Of(id) })
        {
            using var session = Journey.InMemory([]);
            new Journey(Dialect, session).Make(new MetaData([counting]), new MetaData([to]), insert: "INSERT INTO t VALUES (1, 2)");
        }
    }

    [TestMethod]
    public void A_column_that_others_are_computed_of_is_computed_in_another_way()
    {
        static MetaData Of(string sql) => new([new Table("t",
        [
            new Column("a", SqlType.Integer), new Column("b", SqlType.Integer, computed: new Computed(sql, persisted: true)),
            new Column("c", SqlType.Integer, computed: new Computed("b + 1", persisted: false)),
            new Column("d", SqlType.Integer, computed: new Computed("c * c", persisted: true)),
            new TableIndex("ix_d", ["d"]), new CheckConstraint("c < 1000", "ck_c"),
        ])]);
        using var session = Journey.InMemory([]);
        new Journey(Dialect, session).Make(Of("a * 2"), Of("a * 3"), insert: "INSERT INTO t (a) VALUES (1)",
            between: () => Assert.AreEqual(16L, session.Query(new Statement("SELECT d FROM t")).Single()["d"]));
    }

    [TestMethod]
    public void Options_of_a_table_are_read_back()
    {
        using var session = Open();
        var table = new Table("t", [new Column("id", SqlType.Integer, primaryKey: true)],
            options: new() { ["sqlite_strict"] = true, ["sqlite_with_rowid"] = false });
        Run(session, [new CreateTable(table)]);
        Assert.AreEqual(table, SqliteInspector.Inspect(session).Tables.Single());
    }

    [TestMethod]
    public void A_check_guards_an_enum_where_it_is_asked_for_and_changes_with_its_values()
    {
        using var session = Open();
        MetaData Model(params Column[] columns) => new([new Table("t", [new Column("id", SqlType.Integer, primaryKey: true), .. columns])]);
        Column Mood(params string[] values) => new("mood", SqlType.Enum("mood_check", values, check: true));
        var steps = new[]
        {
            Model(), Model(Mood("a", "it's")), Model(Mood("a", "it's", "c")), Model(Mood("a")), Model(),
            Model(new Column("mood", SqlType.Enum("mood_check", ["a"])))
        };
        foreach (var model in steps)
        {
            var there = Compare.Schemas(model, SqliteInspector.Inspect(session), Dialect, Everything);
            Run(session, there.UpgradeOperations);
            Nothing(Compare.Schemas(model, SqliteInspector.Inspect(session), Dialect, Everything));
            Run(session, there.DowngradeOperations);
            Run(session, there.UpgradeOperations);
            Nothing(Compare.Schemas(model, SqliteInspector.Inspect(session), Dialect, Everything));
            if (model == steps[1])
                Assert.ThrowsExactly<InvalidOperationException>(() => Run(session, [new Execute("INSERT INTO t (mood) VALUES ('c')")]));
        }
        Run(session, [new Execute("INSERT INTO t (mood) VALUES ('any')")]);
    }

    [TestMethod]
    public void Constraints_without_a_name_can_be_dropped_and_come_back()
    {
        using var session = Open();
        Run(session, [new Execute("CREATE TABLE u (id INTEGER PRIMARY KEY)"),
            new Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, u_id INT REFERENCES u ON DELETE CASCADE, b INT)")]);
        var model = new MetaData([Of("u"), Of("t", new Column("u_id", SqlType.Raw("INT")), new Column("b", SqlType.Raw("INT")))]);

        var comparison = Compare.Schemas(model, SqliteInspector.Inspect(session), Dialect);
        Assert.AreEqual("op.DropConstraint(\"fk_t_u_id_u\", \"t\", type: ConstraintType.ForeignKey)",
            new CodeWriter().Write(comparison.UpgradeOperations.Single()));
        Run(session, comparison.UpgradeOperations);
        Nothing(Compare.Schemas(model, SqliteInspector.Inspect(session), Dialect));
        Run(session, comparison.DowngradeOperations);
        Assert.AreEqual("CASCADE", SqliteInspector.Inspect(session).Tables[1].ForeignKeys.Single().OnDelete);
    }

    private static Table Of(string name, params Column[] columns) =>
        new(name, [new Column("id", SqlType.Integer, primaryKey: true), .. columns]);

    private static OnlineSession Open()
    {
        var session = new OnlineSession(
            new TestDatabase(Dialect,
                () => { var connection = new SqliteConnection("Data Source=:memory:"); connection.Open(); return connection; },
                "sqlite://"), NullLogger.Instance);
        session.Begin();
        return session;
    }

    private static void Run(OnlineSession session, IEnumerable<Operation> operations)
    {
        var compiler = new OperationCompiler(Dialect, session, session);
        foreach (var operation in operations)
        {
            try
            {
                compiler.Accept(operation);
            }
            catch (SqliteException e)
            {
                throw new InvalidOperationException($"{new CodeWriter().Write(operation)}: {e.Message}", e);
            }
        }
    }

    private static void Nothing(Comparison comparison)
    {
        Assert.AreEqual("",
            string.Join('\n',
                comparison.Log.Where(e => !e.Message.StartsWith("Computed default", StringComparison.Ordinal)).Select(e => e.Message)));
        Assert.IsTrue(comparison.IsEmpty);
    }
}

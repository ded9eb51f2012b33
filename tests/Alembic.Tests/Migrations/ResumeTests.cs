using Alembic.Databases.MySql;
using Alembic.Databases.PostgreSql;
using Alembic.Migrations;
using Alembic.Schema;
using Alembic.Tests.Databases.MySql;
using Alembic.Tests.Databases.PostgreSql;

namespace Alembic.Tests.Migrations;

/// <summary>Migrations that are broken off where the database cannot take back what they did.</summary>
[TestClass]
public sealed class ResumeTests
{
    private static readonly Action<Op>[] OnMariaDb =
    [
        op => op.CreateTable("pet",
            [new Column("id", SqlType.Integer, primaryKey: true), new Column("name", SqlType.String(20), nullable: false)]),
        op => op.BulkInsert("pet", ["id", "name"], [[1, "ada"], [2, "bob"]]),
        op => op.AddColumn("pet", new Column("legs", SqlType.Integer, nullable: false, serverDefault: 4)),
        op => op.Execute("UPDATE pet SET legs = legs + 1"),
        op => op.BatchAlterTable("pet", batch =>
        {
            batch.AlterColumn("name", type: SqlType.String(50));
            batch.AlterColumn("name", newColumnName: "title");
        }),
        op => op.Execute("INSERT INTO pet (id, title, legs) SELECT id + 10, title, legs FROM pet"),
        op => op.CreateIndex("ix_pet", "pet", ["title"]),
        op => op.DropColumn("pet", "legs"),
    ];

    private static readonly Action<Op>[] OnPostgreSql =
    [
        op => op.CreateTable("pet",
            [new Column("id", SqlType.Integer, primaryKey: true), new Column("name", SqlType.String(20), nullable: false)]),
        op => op.BulkInsert("pet", ["id", "name"], [[1, "ada"], [2, "bob"]]),
        op => op.AutocommitBlock(() =>
        {
            op.CreateIndex("ix_pet", "pet", ["name"], concurrently: true);
            op.Execute("UPDATE pet SET name = name || '!'");
            op.CreateIndex("ix_pet_2", "pet", ["id", "name"], concurrently: true);
        }),
        op => op.Execute("INSERT INTO pet SELECT id + 10, name FROM pet"),
        op => op.AddColumn("pet", new Column("legs", SqlType.Integer)),
    ];

    public static IEnumerable<object[]> Positions => Enumerable.Range(0, OnMariaDb.Length + 1).Select(at => new object[] { at });

    [TestMethod]
    [DynamicData(nameof(Positions))]
    public void A_migration_on_MariaDB_goes_on_where_it_was_broken_off(int at)
    {
        using var database = new MariaDbDatabase();
        BreaksOff(OnMariaDb, at, () => Database(database), new InvalidOperationException("broken off"));
        Assert.AreEqual("1|ada; 2|bob; 11|ada; 12|bob", database.Rows("SELECT * FROM pet ORDER BY id"));
        Assert.AreEqual("0", database.Rows("SELECT count(*) FROM alembic_journal"));
        Assert.AreEqual("s2", database.Rows("SELECT version_num FROM alembic_version"));
    }

    [TestMethod]
    [DynamicData(nameof(Positions))]
    public void A_statement_that_MariaDB_refuses_is_put_right_and_the_migration_goes_on(int at)
    {
        using var database = new MariaDbDatabase();
        BreaksOff(OnMariaDb, at, () => Database(database), null);
        Assert.AreEqual("1|ada; 2|bob; 11|ada; 12|bob", database.Rows("SELECT * FROM pet ORDER BY id"));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(2)]
    [DataRow(3)]
    [DataRow(5)]
    public void A_migration_on_PostgreSQL_goes_on_after_its_autocommit_block(int at)
    {
        using var database = new PostgreSqlDatabase();
        BreaksOff(OnPostgreSql, at, () => Database(database), new InvalidOperationException("broken off"));
        Assert.AreEqual("1|ada!|∅; 2|bob!|∅; 11|ada!|∅; 12|bob!|∅", database.Rows("SELECT * FROM pet ORDER BY id"));
        Assert.AreEqual("ix_pet|True; ix_pet_2|True; pet_pkey|True",
            database.Rows("SELECT indexrelid::regclass::text, indisvalid FROM pg_index WHERE indrelid = 'pet'::regclass ORDER BY 1"));
    }

    [TestMethod]
    public void Another_command_does_not_pass_over_an_unfinished_migration()
    {
        using var database = new MariaDbDatabase();
        using var story = Two(OnMariaDb, 3, () => Database(database), () => throw new InvalidOperationException("broken off"));
        Assert.Throws<MigrationFailedException>(() => story.Upgrade());
        var error = Assert.Throws<AlembicException>(() => story.Downgrade("base"));
        Assert.AreEqual("s2: its upgrade was started and not finished; 3 steps are done", error.Message);
        Assert.AreEqual("finish it first: dotnet alembic upgrade s2", error.Hint);
    }

    [TestMethod]
    public void A_file_that_was_edited_where_it_was_done_is_refused()
    {
        using var database = new MariaDbDatabase();
        using (var story = Two(OnMariaDb, 3, () => Database(database), () => throw new InvalidOperationException("broken off")))
            Assert.Throws<MigrationFailedException>(() => story.Upgrade());
        Action<Op>[] edited = [op => op.Execute("SELECT 1"), .. OnMariaDb];
        using var again = Two(edited, 0, () => Database(database), () => { });
        Assert.Contains("the file has changed in those steps since",
            Assert.Throws<MigrationFailedException>(() => again.Upgrade()).Message);
        Assert.AreEqual("1|ada|4; 2|bob|4", database.Rows("SELECT * FROM pet"));
    }

    [TestMethod]
    public void Between_statements_that_commit_by_themselves_no_transaction_is_begun()
    {
        using var database = new MariaDbDatabase();
        List<int> begun = [];
        using var story = new Story { Database = () => Database(database) }.Then("s1", op =>
        {
            Count();
            foreach (var name in new[] { "a", "b", "c" })
                op.CreateTable(name, [new Column("id", SqlType.Integer)]);
            Assert.AreEqual("3", database.Rows("SELECT done FROM alembic_journal"));
            // Now one is, for whatever the migration asks and changes.
            Count();
            op.Execute("INSERT INTO a VALUES (1)");
            Assert.IsNotNull(op.Transaction);
            Assert.AreEqual("", database.Rows("SELECT * FROM a"));

            void Count() => begun.Add(Convert.ToInt32(op.Query("SHOW SESSION STATUS LIKE 'Com_begin'")[0]["Value"], null));
        });
        story.Upgrade();
        Assert.AreEqual(1, begun[1] - begun[0]);
        using var now = database.Another();
        Assert.AreEqual("1", now.Rows("SELECT * FROM a"));
    }

    [TestMethod]
    public void A_step_is_noted_as_done_at_once_also_without_autocommit()
    {
        using var database = new MariaDbDatabase();
        using var story = new Story { Database = () => Database(database) }.Then("s1", op =>
        {
            op.Execute("SET autocommit = 0");
            op.CreateTable("a", [new Column("id", SqlType.Integer)]);
            op.CreateTable("b", [new Column("id", SqlType.Integer)]);
            Assert.AreEqual("3|∅", database.Rows("SELECT done, pending FROM alembic_journal"));
        });
        story.Upgrade();
    }

    // The first migration is whole; the second one fails before one of its steps, and is run again without that.
    private static void BreaksOff(Action<Op>[] steps, int at, Func<Database> database, Exception? error)
    {
        using (var story = Two(steps, at, database, error is null ? null : () => throw error))
            Assert.Throws<MigrationFailedException>(() => story.Upgrade());
        using var again = Two(steps, at, database, () => { });
        again.Upgrade();
        Assert.IsEmpty(again.Upgrade().Log.Where(line => line.Contains("not finished", StringComparison.Ordinal)).Skip(1));
    }

    private static Story Two(Action<Op>[] steps, int at, Func<Database> database, Action? then) => new Story { Database = database }
        .Then("s1", op => op.Execute("SELECT 1"))
        .Then("s2", op =>
        {
            foreach (var (index, step) in steps.Index())
            {
                if (index == at)
                    Break(op, then);
                step(op);
            }
            if (at == steps.Length)
                Break(op, then);
        });

    private static void Break(Op op, Action? then)
    {
        if (then is null)
            op.AddColumn("no_such_table", new Column("x", SqlType.Integer));
        else
            then();
    }

    private static TestDatabase Database(MariaDbDatabase database) => new TestDatabase(database.Dialect, database.Open, "mariadb://");

    private static TestDatabase Database(PostgreSqlDatabase database) =>
        new TestDatabase(PostgreSqlDatabase.Dialect, database.Open, "postgresql://");
}

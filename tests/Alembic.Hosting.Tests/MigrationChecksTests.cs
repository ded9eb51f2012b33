using Alembic.Migrations;
using Alembic.Operations;
using Alembic.Revisions;
using Alembic.Schema;
using Alembic.Sqlite;
using Alembic.Testing;
using Microsoft.Data.Sqlite;

namespace Alembic.Hosting.Tests;

[TestClass]
public sealed class MigrationChecksTests : IDisposable
{
    private static readonly MigrationSet Good = MigrationSet.FromAssembly(typeof(MigrationChecksTests).Assembly);

    private static readonly Column Id = new("id", SqlType.Integer, primaryKey: true);

    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public MigrationChecksTests() => _connection.Open();

    public void Dispose() => _connection.Dispose();

    [TestMethod]
    public void Migrations_that_are_right_pass()
    {
        MigrationChecks.HasSingleHead(Good);
        MigrationChecks.GoUpAndDown(Good, Database);
    }

    [TestMethod]
    public void Two_heads_are_named() => Fails(
        "There are 2 heads: b, c; dotnet alembic merge heads joins them",
        () => MigrationChecks.HasSingleHead(
            Set(("a", [], _ => { }, _ => { }), ("b", ["a"], _ => { }, _ => { }), ("c", ["a"], _ => { }, _ => { }))));

    [TestMethod]
    public void A_downgrade_that_leaves_something_is_told_with_what_would_put_it_right() => Fails(
        "b: downgrade does not restore the schema from before upgrade; what would fix it:\nop.DropColumn(\"t\", \"x\")",
        () => MigrationChecks.GoUpAndDown(
            Set(Table, ("b", ["a"], op => op.AddColumn("t", new Column("x", SqlType.Integer), ifNotExists: true), _ => { })), Database));

    [TestMethod]
    public void A_downgrade_that_forgets_a_view_is_told() => Assert.MatchesRegex(
        "^b: downgrade does not restore the schema from before upgrade; what would fix it:\nwithout: .*\\bv\\b",
        Assert.ThrowsExactly<MigrationCheckException>(() => MigrationChecks.GoUpAndDown(
            Set(Table, ("b", ["a"], op => op.Execute("CREATE VIEW v AS SELECT id FROM t"), _ => { })), Database)).Message);

    [TestMethod]
    public void An_upgrade_that_gives_something_else_the_second_time_is_told()
    {
        var times = 0;
        Fails(
            "b: after a downgrade, upgrade gives a different schema than the first time; what would fix it:\nop.AddColumn(\"t\", new "
                + "Column(\"x\", SqlType.Integer))",
            () => MigrationChecks.GoUpAndDown(Set(Table, ("b", ["a"], op =>
            {
                if (times++ == 0)
                    op.AddColumn("t", new Column("x", SqlType.Integer));
            }, op => op.DropColumn("t", "x", ifExists: true))), Database));
    }

    [TestMethod]
    public void Branches_and_merges_go_up_and_down() => MigrationChecks.GoUpAndDown(
        Set(
            Table,
            ("b", ["a"], op => op.CreateTable("u", [Id]), op => op.DropTable("u")),
            ("c", ["a"], op => op.CreateTable("v", [Id]), op => op.DropTable("v")),
            ("d", ["b", "c"], op => op.CreateTable("w", [Id]), op => op.DropTable("w"))),
        Database);

    [TestMethod]
    public void A_script_does_what_a_run_does()
    {
        using var other = new SqliteConnection("Data Source=:memory:");
        other.Open();
        MigrationChecks.HaveScripts(Set(Table, ("b", ["a"], op =>
        {
            op.Execute("INSERT INTO t VALUES (1), (2)");
            op.AlterColumn("t", "id", newColumnName: "key");
            op.Execute("CREATE TRIGGER tr AFTER DELETE ON t BEGIN INSERT INTO t VALUES (3); SELECT 1; END");
        }, _ => { })), Database, new SqliteDatabase(other));
    }

    [TestMethod]
    [DataRow("CREATE TABLE u (x INTEGER)", "The script gives a different schema than a run; what would fix it:\nop.CreateTable(\"u\"")]
    [DataRow("INSERT INTO t VALUES (1)", "The script leaves different rows than a run, which leaves:\nt: 1 rows")]
    public void A_script_that_does_something_else_is_told(string onlineOnly, string message)
    {
        using var other = new SqliteConnection("Data Source=:memory:");
        other.Open();
        Assert.StartsWith(message, Assert.ThrowsExactly<MigrationCheckException>(() => MigrationChecks.HaveScripts(
            Set(Table, ("b", ["a"], op =>
            {
                if (!op.IsOffline)
                    op.Execute(onlineOnly);
            }, _ => { })), Database, new SqliteDatabase(other))).Message);
    }

    [TestMethod]
    public void A_script_that_the_database_refuses_is_told_with_the_statement()
    {
        using var other = new SqliteConnection("Data Source=:memory:");
        other.Open();
        Assert.EndsWith("\nINSERT INTO nowhere VALUES (1)", Assert.ThrowsExactly<MigrationCheckException>(() =>
            MigrationChecks.HaveScripts(Set(Table, ("b", ["a"], op =>
            {
                if (op.IsOffline)
                    op.Execute("INSERT INTO nowhere VALUES (1)");
            }, _ => { })), Database, new SqliteDatabase(other))).Message);
    }

    [TestMethod]
    public void What_the_model_has_and_the_migrations_do_not_make_is_told()
    {
        MigrationChecks.Match(new MetaData([new Table("t", [Id])]), Set(Table), Database);
        Fails(
            "The migrations do not create what the model has; missing is:\nop.AddColumn(\"t\", new Column(\"x\", SqlType.Integer))",
            () => MigrationChecks.Match(new MetaData([new Table("t", [Id, new Column("x", SqlType.Integer)])]), Set(Table), Database));
    }

    [TestMethod]
    [DataRow("sqlite", "ALTER TABLE book ADD COLUMN name VARCHAR(80)")]
    [DataRow("mssql", "ALTER TABLE [book] ADD [name] VARCHAR(80) NULL")]
    public void One_migration_is_recorded_without_a_database(string dialect, string sql)
    {
        var recorded = RecordedMigration.Upgrade(Good, "aaa300000003", dialect);
        Assert.IsInstanceOfType<AddColumn>(recorded.Operations.Single());
        Assert.AreEqual(sql.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal),
            recorded.Sql.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal));
    }

    [TestMethod]
    public void A_downgrade_is_recorded_too() =>
        Assert.AreEqual("DROP TABLE book", RecordedMigration.Downgrade(Good, "aaa200000002", "postgresql").Sql);

    private SqliteDatabase Database => new(_connection);

    private static (string, string[], Action<Op>, Action<Op>) Table => ("a", [], op => op.CreateTable("t", [Id]), op => op.DropTable("t"));

    private static MigrationSet Set(params (string Id, string[] Down, Action<Op> Up, Action<Op> Back)[] revisions)
    {
        var migrations = revisions.ToDictionary(r => r.Id, r => new Written(r.Up, r.Back));
        return new(new RevisionMap([.. revisions.Select(r => new Revision(r.Id, r.Down))]), _ => revision => migrations[revision.Id]);
    }

    private static void Fails(string message, Action check) =>
        Assert.AreEqual(message, Assert.ThrowsExactly<MigrationCheckException>(check).Message);

    private sealed class Written(Action<Op> upgrade, Action<Op> downgrade) : Migration
    {
        public override void Upgrade(Op op) => upgrade(op);

        public override void Downgrade(Op op) => downgrade(op);
    }
}

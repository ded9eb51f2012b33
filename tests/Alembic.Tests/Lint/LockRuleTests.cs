using System.Data.Common;
using System.Globalization;
using Alembic.Databases;
using Alembic.Lint;
using Alembic.Operations;
using Alembic.Schema;
using Alembic.Tests.Databases.PostgreSql;
using Npgsql;

namespace Alembic.Tests.Lint;

/// <summary>
/// Two connections show what a rule about locks says: while the migration that it finds is open, another one waits; on the safe way it does
/// not, or no row is read or written under the lock, so that it is held for a moment only.
/// </summary>
[TestClass]
public sealed class LockRuleTests : IDisposable
{
    private const string Probe = "INSERT INTO a (x, y) VALUES (500, 'new')";

    private const string Reads =
        "SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0) FROM pg_stat_xact_user_tables WHERE relname = 'a'";

    private const string FileNumber = "SELECT pg_relation_filenode('a')::bigint";

    private static readonly Dictionary<string, (string Code, Action<Op> Upgrade, string SafeSetup)> Cases = new()
    {
        ["index"] = ("ALB5201", op => op.CreateIndex("ix_x", "a", ["x"]), ""),
        ["drop index"] = ("ALB5202", op => op.DropIndex("ix_y", "a"), ""),
        ["foreign key"] = ("ALB5204", op => op.CreateForeignKey("fk", "a", "b", ["x"], ["id"]), ""),
        ["check"] = ("ALB5205", op => op.CreateCheckConstraint("ck", "a", "x > 0"), ""),
        ["not null"] = ("ALB5206", op => op.AlterColumn("a", "y", nullable: false, existingType: SqlType.String(10)), ""),
        ["type"] = ("ALB5207", op => op.AlterColumn("a", "x", type: SqlType.BigInteger, existingType: SqlType.Integer), ""),
        ["default"] = ("ALB5208", op => op.AddColumn("a", new Column("z", SqlType.Float, serverDefault: Sql.Text("random()"))), ""),
        ["unique"] = ("ALB5209", op => op.CreateUniqueConstraint("uq", "a", ["x"]), ""),
        ["primary key"] = ("ALB5209", op => op.CreatePrimaryKey("pk", "a", ["x"]), ""),
        ["computed"] = ("ALB5210", op => op.AddColumn("a", new Column("z", SqlType.Integer, computed: new Computed("x + 1", true))), ""),
        ["validate"] = (
            "ALB5211",
            op => { op.CreateCheckConstraint("ck", "a", "x > 0", notValid: true); op.ValidateConstraint("ck", "a"); },
            "ALTER TABLE a ADD CONSTRAINT ck CHECK (x > 0) NOT VALID"),
        ["rows"] = (
            "ALB5213",
            op => { op.AddColumn("a", new Column("z", SqlType.Integer)); op.Execute("UPDATE a SET z = 1"); },
            "ALTER TABLE a ADD COLUMN z INTEGER"),
    };

    private readonly string _url = PostgreSqlServer.NewDatabase();

    public static IEnumerable<object[]> Names => Cases.Keys.Select(name => new object[] { name });

    public void Dispose() => PostgreSqlServer.Drop(_url);

    [TestMethod]
    [DynamicData(nameof(Names))]
    public void What_is_found_makes_others_wait_and_the_safe_way_does_not(string name)
    {
        var (code, upgrade, safeSetup) = Cases[name];
        using var migrating = Open();
        using var other = Open();
        Run(migrating, """
            CREATE TABLE b (id INTEGER PRIMARY KEY);
            INSERT INTO b SELECT generate_series(1, 1000);
            CREATE TABLE a (x INTEGER NOT NULL, y VARCHAR(10));
            INSERT INTO a SELECT n, 'y' FROM generate_series(1, 100) n;
            CREATE INDEX ix_y ON a (y);
            """);
        Run(other, "SET lock_timeout = '300ms'");

        var found = LintedMigration.Of(Dialect, upgrade, _ => { }).Upgrade.Operations.Select(o => o.Operation).ToList();
        Run(migrating, "BEGIN");
        var touches = Touches(migrating, () => found.ForEach(operation => Run(migrating, operation)));
        Assert.IsTrue(Waits(other), "nobody waits for what the rule finds");
        // It takes the longer the more rows there are; only to drop an index takes as long as others are in the table.
        Assert.AreEqual(name != "drop index", touches);
        Run(migrating, "ROLLBACK");

        if (safeSetup.Length > 0)
            Run(migrating, safeSetup);
        var steps = LintCases.Problems("postgresql", upgrade, code).Single().Safe.Where(s => s.Operation is not null).ToList();
        Assert.IsNotEmpty(steps);
        foreach (var step in steps)
        {
            if (step.IsOutside)
                Concurrently(migrating, other, step);
            else
                InTransaction(migrating, other, step);
        }
    }

    [TestMethod]
    public void CONCURRENTLY_in_a_transaction_is_refused_and_the_safe_way_is_not()
    {
        static void Upgrade(Op op) => op.CreateIndex("ix_x", "a", ["x"], concurrently: true);
        using var migrating = Open();
        Run(migrating, "CREATE TABLE a (x INTEGER)");
        Run(migrating, "BEGIN");
        var safe = LintCases.Problems("postgresql", Upgrade, "ALB5203").Single().Safe.Single();
        Assert.ThrowsExactly<PostgresException>(() => Run(migrating, safe.Operation!));
        Run(migrating, "ROLLBACK");
        Assert.IsTrue(safe.IsOutside);
        Run(migrating, safe.Operation!);
    }

    [TestMethod]
    public void A_new_value_of_an_enum_is_refused_in_its_transaction_and_not_after_it()
    {
        static void Upgrade(Op op)
        {
            op.AlterEnumType("e", ["a", "b"], existingValues: ["a"]);
            op.Execute("INSERT INTO t VALUES ('b')");
        }
        using var migrating = Open();
        Run(migrating, "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (x e)");
        Run(migrating, "BEGIN; ALTER TYPE e ADD VALUE 'b'");
        var safe = LintCases.Problems("postgresql", Upgrade, "ALB5212").Single().Safe.Single();
        Assert.AreEqual("55P04", Assert.ThrowsExactly<PostgresException>(() => Run(migrating, safe.Operation!)).SqlState);
        Run(migrating, "ROLLBACK; ALTER TYPE e ADD VALUE 'b'");
        Run(migrating, safe.Operation!);
    }

    [TestMethod]
    public void Without_an_index_a_delete_looks_at_all_rows_that_may_point_to_it()
    {
        static void Upgrade(Op op) => op.CreateTable("a",
            [new Column("id", SqlType.Integer, primaryKey: true), new Column("b_id", SqlType.Integer, foreignKey: new("b.id"))]);
        using var migrating = Open();
        Run(migrating, "CREATE TABLE b (id INTEGER PRIMARY KEY); INSERT INTO b SELECT generate_series(1, 1000)");
        foreach (var operation in LintedMigration.Of(Dialect, Upgrade, _ => { }).Upgrade.Operations)
            Run(migrating, operation.Operation);
        Run(migrating, "INSERT INTO a SELECT n, 1 FROM generate_series(1, 1000) n; SET enable_seqscan = off");
        Assert.IsGreaterThanOrEqualTo(1000, RowsRead());
        Run(migrating, LintCases.Problems("postgresql", Upgrade, "ALB5303").Single().Safe.Single().Operation!);
        Assert.AreEqual(0, RowsRead());

        long RowsRead()
        {
            Run(migrating, "BEGIN");
            var before = Number(migrating, Reads);
            Run(migrating, "DELETE FROM b WHERE id = 1000");
            var read = Number(migrating, Reads) - before;
            Run(migrating, "ROLLBACK");
            return read;
        }
    }

    private static Dialect Dialect => Dialects.Named("postgresql");

    // Held open, it lets others through; or it has neither read nor written a row, and is over at once.
    private static void InTransaction(NpgsqlConnection migrating, NpgsqlConnection other, SafeStep step)
    {
        Run(migrating, "BEGIN");
        var touches = Touches(migrating, () => Run(migrating, step.Operation!));
        Assert.IsTrue(!touches || !Waits(other), $"{step.Operation} reads rows under its lock");
        Run(migrating, "COMMIT");
    }

    // Whether rows are read, or the table is written anew.
    private static bool Touches(NpgsqlConnection connection, Action work)
    {
        var (read, file) = (Number(connection, Reads), Number(connection, FileNumber));
        work();
        return Number(connection, Reads) != read || Number(connection, FileNumber) != file;
    }

    // A reader with an older view keeps it at work until it has been looked at.
    private void Concurrently(NpgsqlConnection migrating, NpgsqlConnection other, SafeStep step)
    {
        using var reader = Open();
        Run(reader, "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM a");
        var id = migrating.ProcessID;
        var work = Task.Run(() => Run(migrating, step.Operation!));
        var waiting = $"SELECT count(*) FROM pg_stat_activity WHERE pid = {id} AND wait_event_type = 'Lock'";
        for (var tries = 0; Number(other, waiting) == 0; tries++)
        {
            Assert.IsTrue(tries < 600 && !work.IsCompleted, "it did not wait for the reader");
            Thread.Sleep(50);
        }
        Assert.IsFalse(Waits(other), $"others wait for {step.Operation}");
        Run(reader, "COMMIT");
        work.Wait();
    }

    private static bool Waits(NpgsqlConnection connection)
    {
        Run(connection, "BEGIN");
        try
        {
            Run(connection, Probe);
            return false;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return true;
        }
        finally
        {
            Run(connection, "ROLLBACK");
        }
    }

    private NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection(PostgreSqlServer.ConnectionString(_url));
        connection.Open();
        return connection;
    }

    private static void Run(NpgsqlConnection connection, Operation operation)
    {
        foreach (var statement in Dialect.Compile(operation, Offline.Instance))
            Run(connection, statement.Text);
    }

    private static void Run(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static long Number(NpgsqlConnection connection, string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}

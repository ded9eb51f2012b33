using Alembic.Operations;
using Alembic.Schema;
using Alembic.Tests.Databases.MySql;
using MySqlConnector;

namespace Alembic.Tests.Lint;

/// <summary>
/// The server itself says whether others may write while it changes a table: with LOCK=NONE it refuses a change during which nobody can,
/// and carries out the safe way.
/// </summary>
[TestClass]
public sealed class MySqlLockRuleTests
{
    private static readonly Dictionary<string, (string Code, Action<Op> Upgrade)> Cases = new()
    {
        ["type"] = ("ALB5221", op => op.AlterColumn("a", "x", type: SqlType.BigInteger, existingType: SqlType.Integer)),
        ["longer text"] = ("ALB5221", op => op.AlterColumn("a", "y", type: SqlType.String(80), existingType: SqlType.String(10))),
        ["foreign key"] = ("ALB5222", op => op.CreateForeignKey("fk", "a", "b", ["x"], ["id"])),
        ["check"] = ("ALB5223", op => op.CreateCheckConstraint("ck", "a", "x > 0")),
        ["computed"] = ("ALB5224", op => op.AddColumn("a", new Column("z", SqlType.Integer, computed: new Computed("x + 1", true)))),
        ["primary key"] = ("ALB5225", op =>
        {
            op.DropConstraint("PRIMARY", "a", ConstraintType.PrimaryKey);
            op.CreatePrimaryKey(null, "a", ["x", "id"]);
        }),
        ["full text"] = ("ALB5226", op => op.CreateIndex("ft", "a", ["y"], method: "fulltext")),
        ["numbers"] = ("ALB5227", op => op.Execute("ALTER TABLE a ADD COLUMN n INTEGER NOT NULL AUTO_INCREMENT UNIQUE")),
    };

    private static readonly Dictionary<string, Action<Op>> InPlace = new()
    {
        ["longer text"] = op => op.AlterColumn("a", "y", type: SqlType.String(60), existingType: SqlType.String(10)),
        ["text with two bytes for its length"] = op => op.AlterColumn(
            "a", "y", type: SqlType.String(80), existingType: SqlType.String(10)),
        ["text that was long"] = op => op.AlterColumn("a", "long", type: SqlType.String(300), existingType: SqlType.String(100)),
        ["enum"] = op => op.AlterColumn("a", "kind", type: SqlType.Enum(null, ["one", "two"]), existingType: SqlType.Enum(null, ["one"])),
        ["index"] = op => op.CreateIndex("ix", "a", ["y"]),
        ["column"] = op => op.AddColumn("a", new Column("z", SqlType.Integer, nullable: false, serverDefault: 0)),
        ["not null"] = op => op.AlterColumn(
            "a", "x", nullable: false, existingType: SqlType.Integer, existingNullable: true, type: SqlType.Integer),
    };

    public static IEnumerable<object[]> Found => from server in new[] { "mariadb", "mysql" } from name in Cases.Keys
        where (server, name) != ("mariadb", "longer text")
        select new object[] { server, name };

    public static IEnumerable<object[]> Quiet => from server in new[] { "mariadb", "mysql" } from name in InPlace.Keys
        where (server, name) != ("mysql", "text with two bytes for its length")
        select new object[] { server, name };

    [TestMethod]
    [DynamicData(nameof(Found))]
    public void What_is_found_keeps_writers_out_and_the_safe_way_does_not(string server, string name)
    {
        var (code, upgrade) = Cases[name];
        using var database = New(server);
        using var connection = database.Open();
        var problem = LintCases.Problems(database.Dialect.Name, upgrade, code).Single();
        var found = problem.At!.Text ?? problem.At.Operation;
        var refused = Assert.ThrowsExactly<MySqlException>(() => BesideWriters(connection, database.Dialect, found));
        Assert.Contains("LOCK=NONE", refused.Message);
        foreach (var step in problem.Safe.Where(s => s.Operation is not null))
            BesideWriters(connection, database.Dialect, step.Operation!);
    }

    [TestMethod]
    [DynamicData(nameof(Quiet))]
    public void What_is_not_found_keeps_nobody_out(string server, string name)
    {
        using var database = New(server);
        using var connection = database.Open();
        Assert.AreEqual("", LintCases.Codes(database.Dialect.Name, op =>
        {
            op.Execute("UPDATE a SET x = 0 WHERE x IS NULL");
            InPlace[name](op);
        }));
        InPlace[name](new Op(database.Dialect, new Sink(o => BesideWriters(connection, database.Dialect, o)), database.Session));
    }

    [TestMethod]
    [DataRow("mariadb")]
    [DataRow("mysql")]
    public void A_change_of_all_rows_makes_writers_wait_and_one_of_some_rows_does_not(string server)
    {
        using var database = New(server);
        database.Op.Execute("INSERT INTO a VALUES (2, 1, 'y', 'l', 'one')");
        using var migrating = database.Open();
        using var other = database.Open();
        Run(other, "SET SESSION innodb_lock_wait_timeout = 1");
        var problem = LintCases.Problems(database.Dialect.Name, op => op.Execute("UPDATE a SET x = 2"), "ALB5228").Single();
        Assert.IsTrue(Waits(problem.At!.Text!.Text));
        // As op.Backfill does it.
        Assert.IsFalse(Waits("UPDATE a SET x = 2 WHERE id BETWEEN 1 AND 1"));

        bool Waits(string sql)
        {
            Run(migrating, "START TRANSACTION");
            Run(migrating, sql);
            try
            {
                Run(other, "UPDATE a SET y = 'new' WHERE id = 2");
                return false;
            }
            catch (MySqlException exception) when (exception.ErrorCode == MySqlErrorCode.LockWaitTimeout)
            {
                return true;
            }
            finally
            {
                Run(migrating, "ROLLBACK");
            }
        }

        static void Run(MySqlConnection connection, string sql)
        {
            using var command = new MySqlCommand(sql, connection);
            command.ExecuteNonQuery();
        }
    }

    private static MariaDbDatabase New(string kind)
    {
        var database = new MariaDbDatabase(MySqlServer.Of(kind));
        database.Op.Execute("CREATE TABLE b (id INTEGER PRIMARY KEY)");
        database.Op.Execute("INSERT INTO b VALUES (1)");
        database.Op.Execute("CREATE TABLE a (id INTEGER PRIMARY KEY, x INTEGER, y VARCHAR(10), `long` VARCHAR(100), kind ENUM('one')) "
            + "DEFAULT CHARACTER SET utf8mb4");
        database.Op.Execute("INSERT INTO a VALUES (1, 1, 'y', 'l', 'one')");
        return database;
    }

    private static void BesideWriters(MySqlConnection connection, Dialect dialect, Operation operation)
    {
        foreach (var statement in dialect.Compile(operation, Offline.Instance))
        {
            using var command = connection.CreateCommand();
            var text = statement.Text;
            command.CommandText = text.StartsWith("ALTER TABLE", StringComparison.Ordinal) ? $"{text}, LOCK=NONE"
                : text.StartsWith("CREATE ", StringComparison.Ordinal) ? $"{text} LOCK=NONE"
                : text;
            command.ExecuteNonQuery();
        }
    }

    private sealed class Sink(Action<Operation> accept) : IOperationSink
    {
        public void Accept(Operation operation) => accept(operation);
    }
}

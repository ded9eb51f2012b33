using Alembic.Databases.Sqlite;
using Alembic.Lint;
using Alembic.Migrations;
using Alembic.Operations;
using Alembic.Schema;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alembic.Tests.Lint;

/// <summary>
/// Two connections show what the rule about SQLite's lock says: until the migration that it finds is committed another one can't write, and
/// that takes the longer the more rows there are; on the safe way no row is written.
/// </summary>
[TestClass]
public sealed class SqliteLockRuleTests : IDisposable
{
    private const int Busy = 5;

    private static readonly Dictionary<string, Action<Op>> Copied = new()
    {
        ["type"] = op => op.AlterColumn("a", "x", type: SqlType.Text, existingType: SqlType.Integer),
        ["not null and a new name"] = op => op.AlterColumn("a", "x", nullable: false, newColumnName: "y", existingType: SqlType.Integer),
        ["default of its own"] = op => op.AddColumn("a",
            new Column("y", SqlType.DateTime, nullable: false, serverDefault: Sql.Text("CURRENT_TIMESTAMP"))),
        ["stored column"] = op => op.AddColumn("a", new Column("y", SqlType.Integer, computed: new Computed("x + 1", true))),
        ["check"] = op => op.CreateCheckConstraint("ck_x", "a", "x > 0"),
        ["dropped check"] = op => op.DropConstraint("ck", "a", ConstraintType.Check),
    };

    private static readonly Dictionary<string, Action<Op>> InPlace = new()
    {
        ["column"] = op => op.AddColumn("a", new Column("y", SqlType.Integer)),
        ["name"] = op => op.AlterColumn("a", "x", newColumnName: "y"),
        ["index"] = op => op.CreateIndex("ix", "a", ["x"]),
        ["new table"] = op =>
        {
            op.CreateTable("b", [new Column("id", SqlType.Integer, primaryKey: true)]);
            op.CreateCheckConstraint("ck", "b", "id > 0");
        },
    };

    private readonly string _file = Path.GetTempFileName();

    public static IEnumerable<object[]> Found => Copied.Keys.Select(name => new object[] { name });

    public static IEnumerable<object[]> Quiet => InPlace.Keys.Select(name => new object[] { name });

    public void Dispose() => File.Delete(_file);

    [TestMethod]
    [DynamicData(nameof(Found))]
    public void What_is_found_keeps_writers_out_while_rows_are_copied_and_the_safe_way_copies_none(string name)
    {
        Fill();
        var problem = LintCases.Problems("sqlite", Copied[name], "ALB5241").Single();
        Assert.IsTrue(Copies(problem.At!.Operation));
        foreach (var step in problem.Safe.Where(s => s.Operation is not null))
            Assert.IsFalse(Copies(step.Operation!));
    }

    [TestMethod]
    [DynamicData(nameof(Quiet))]
    public void What_is_not_found_copies_no_row(string name)
    {
        Fill();
        Assert.IsEmpty(LintCases.Problems("sqlite", InPlace[name], "ALB5241"));
        var operations = LintedMigration.Of(new SqliteDialect(), InPlace[name], _ => { }).Upgrade.Operations.Select(o => o.Operation);
        Assert.IsFalse(Copies([.. operations]));
    }

    // A copy begins on another page of the file. Nobody else can write before the end.
    private bool Copies(params IReadOnlyList<Operation> operations)
    {
        var dialect = new SqliteDialect();
        using var session = new OnlineSession(new TestDatabase(dialect, Open, "sqlite://"), NullLogger.Instance);
        using var other = Open();
        var before = Page();
        session.Begin();
        foreach (var operation in operations)
            new OperationCompiler(dialect, session, session).Accept(operation);
        var waiting = Assert.ThrowsExactly<SqliteException>(() => Run(other, "INSERT INTO a (x) VALUES (500)"));
        Assert.AreEqual(Busy, waiting.SqliteErrorCode);
        var after = Page();
        session.Rollback();
        return after != before;

        string Page() => $"{session.Query(new Statement("SELECT rootpage FROM sqlite_schema WHERE name = 'a'"))[0]["rootpage"]}";
    }

    private void Fill()
    {
        using var connection = Open();
        Run(connection, "CREATE TABLE a (id INTEGER PRIMARY KEY, x INTEGER, CONSTRAINT ck CHECK (x > -1))");
        Run(connection, "INSERT INTO a (x) VALUES (1), (2)");
    }

    private SqliteConnection Open()
    {
        // Whoever has to wait is told soon.
        var connection = new SqliteConnection($"Data Source={_file};Pooling=False;Default Timeout=1");
        connection.Open();
        return connection;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

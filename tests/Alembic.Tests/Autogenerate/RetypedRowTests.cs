using Alembic.Autogenerate;
using Alembic.Databases.Sqlite;
using Alembic.Migrations;
using Alembic.Operations;
using Alembic.Schema;
using Alembic.Tests.Databases.PostgreSql;

namespace Alembic.Tests.Autogenerate;

/// <summary>Rows of the model where their columns change.</summary>
[TestClass]
public sealed class RetypedRowTests
{
    [TestMethod]
    public void A_column_that_no_longer_takes_NULL_gets_its_values_first()
    {
        MetaData Of(bool nullable, object? value) =>
            new([new Table("mood", [new Column("id", SqlType.Integer, primaryKey: true), new Column("rank", SqlType.Integer, nullable)])])
            {
                Rows = [new TableRows("mood", ["id"], ["id", "rank"], [[1, value], [2, 2]])],
            };
        using var session = Journey.InMemory([]);
        var journey = new Journey(new SqliteDialect(), session);
        journey.Run([.. journey.Compare(Of(true, null)).UpgradeOperations, new BulkInsert("mood", ["id", "rank"], [[1, null], [2, 7]])]);
        var model = Of(false, 5);
        var changes = journey.Compare(model).UpgradeOperations;
        var (before, after, log) = new RowComparison(session, new SqliteDialect(), journey.Inspect(), changes).Compare(model.Rows, []);
        Assert.AreEqual("Detected 2 changed rows of 'mood'", log.Single().Message);

        var all = new Comparison([.. before, .. changes.Select(o => new PlannedOperation(o)), .. after], []);
        journey.Run(all.UpgradeOperations);
        Assert.AreEqual("5 2", string.Join(' ', journey.Rows("SELECT rank FROM mood ORDER BY id")));
        journey.Run(all.DowngradeOperations);
        Assert.AreEqual(" 7", string.Join(' ', journey.Rows("SELECT rank FROM mood ORDER BY id")));
    }

    [TestMethod]
    public void They_are_compared_by_their_texts_on_postgresql()
    {
        using var database = new PostgreSqlDatabase();
        database.Op.Execute("CREATE TABLE mood (id INTEGER PRIMARY KEY, rank VARCHAR(5))");
        database.Op.Execute("INSERT INTO mood VALUES (1, 'low'), (2, '7'), (3, NULL)");
        var rows = new TableRows("mood", ["id"], ["id", "rank"], [["1", 3], ["2", 7], ["3", null], ["new", 1]]);
        AlterColumn[] changes =
        [
            new("mood", "id") { Type = SqlType.Text, ExistingType = SqlType.Integer },
            new("mood", "rank") { Type = SqlType.Integer, ExistingType = SqlType.String(5) },
        ];
        var comparison = new RowComparison(
            database.Session, PostgreSqlDatabase.Dialect, PostgreSqlDatabase.Dialect.Inspect(database.Session, false), changes);
        var found = comparison.Compare([rows], []).After.Select(p => new CodeWriter().Write(p.Operation).ReplaceLineEndings("")).ToList();
        Assert.HasCount(2, found);
        Assert.Contains("[\"new\", 1]", found[0]);
        Assert.AreEqual("op.UpdateData(\"mood\", [\"id\"], [\"1\"], [\"rank\"], [3])", found[1]);
    }
}

using Alembic.Autogenerate;
using Alembic.Databases.Sqlite;
using Alembic.Operations;
using Alembic.Schema;
using Alembic.Tests.Databases.PostgreSql;

namespace Alembic.Tests.Autogenerate;

/// <summary>What operations cannot say of a constraint is named where the constraint goes.</summary>
[TestClass]
public sealed class LostConstraintTests
{
    [TestMethod]
    [DataRow("CREATE TABLE t (a TEXT, b INT, UNIQUE (a COLLATE nocase, b DESC))", "UNIQUE (a COLLATE nocase, b DESC)")]
    [DataRow("CREATE TABLE t (a TEXT UNIQUE ON CONFLICT IGNORE, b INT)", "UNIQUE ON CONFLICT IGNORE of 'a'")]
    [DataRow("CREATE TABLE t (a TEXT, b INT, PRIMARY KEY (a COLLATE nocase, b))", "PRIMARY KEY (a COLLATE nocase, b)")]
    [DataRow("CREATE TABLE t (a TEXT, b INT NOT NULL ON CONFLICT REPLACE)", "NOT NULL ON CONFLICT REPLACE of 'b'")]
    [DataRow("CREATE TABLE t (a TEXT, b INT, c TEXT CONSTRAINT u UNIQUE ON CONFLICT FAIL)", "CONSTRAINT u UNIQUE ON CONFLICT FAIL of 'c'")]
    [DataRow("CREATE TABLE t (a TEXT, b INT, c INTEGER PRIMARY KEY AUTOINCREMENT)", "PRIMARY KEY AUTOINCREMENT of 'c'")]
    [DataRow("CREATE TABLE t (a TEXT, b INT UNIQUE, c TEXT UNIQUE, CHECK (b > 0))", null)]
    public void On_sqlite(string table, string? lost)
    {
        foreach (var batch in new[] { false, true })
        {
            using var session = Journey.InMemory([]);
            var dialect = new SqliteDialect();
            session.Query(new Statement(table));
            var model = new MetaData([new Table("t", [new Column("a", SqlType.Text), new Column("b", SqlType.Raw("INT"))])]);
            var comparison = Compare.Schemas(
                model, dialect.Inspect(session, false), dialect, new ComparisonOptions { RenderAsBatch = batch });
            Assert.AreNotEqual(0, comparison.Upgrade.Count);

            var named = Restoration.Named(comparison, dialect, session);
            string[] notes = lost is null ? [] : [$"The downgrade does not bring back as it was: {lost}"];
            CollectionAssert.AreEqual(notes, named.Upgrade.Select(p => p.Remark).OfType<string>().ToList());
            CollectionAssert.AreEqual(notes, named.Log.Select(e => e.Message).Except(comparison.Log.Select(e => e.Message)).ToList());
        }
    }

    [TestMethod]
    public void Values_by_which_a_table_is_partitioned_stay()
    {
        using var database = new PostgreSqlDatabase();
        database.Session.Query(new Statement(
            "CREATE TYPE m AS ENUM ('a', 'b'); CREATE TABLE t (c m NOT NULL) PARTITION BY LIST (c); CREATE TABLE u (c m)"));
        var lost = PostgreSqlDatabase.Dialect.NotRestored(database.Session, new AlterEnumType("m", ["a", "b", "c"], ["a", "b"]));
        CollectionAssert.AreEqual(
            new[] { "the values of the type 'm', because the table 't' is partitioned by it" }, lost.ToList());
        Assert.IsEmpty(PostgreSqlDatabase.Dialect.NotRestored(database.Session, new AlterEnumType("m", ["a"], ["a", "b"])));
    }
}

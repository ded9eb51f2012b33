using Alembic.Databases;
using Alembic.Migrations;
using Alembic.Operations;

namespace Alembic.Tests.Migrations;

/// <summary>What the journal takes a statement for.</summary>
[TestClass]
public sealed class StatementKindTests
{
    [TestMethod]
    // Data: a transaction takes it back.
    [DataRow("mariadb", "UPDATE t SET a = 1", "data")]
    [DataRow("mariadb", "  -- why\n# more\n/* so */ insert into t values (';')", "data")]
    [DataRow("mariadb", "UPDATE t SET a = 1;", "data")]
    [DataRow("mariadb", "-- nothing", "data")]
    [DataRow("mariadb", "INSERT /*!40001 IGNORE */ INTO t VALUES (1)", "data")]
    [DataRow("postgresql", "WITH x AS (SELECT 1) DELETE FROM t", "data")]
    [DataRow("sqlite", "REPLACE INTO t VALUES (1)", "data")]
    // The schema shows whether it was carried out.
    [DataRow("mariadb", "ALTER TABLE t ADD a INT", "visible")]
    [DataRow("mariadb", "RENAME TABLE a TO b", "visible")]
    [DataRow("mariadb", "create or replace view v as select ';' as x", "visible")]
    [DataRow("postgresql", "CREATE INDEX CONCURRENTLY i ON t (a)", "visible")]
    [DataRow("postgresql", "CREATE FUNCTION f() RETURNS int AS $$ BEGIN RETURN 1; END $$ LANGUAGE plpgsql", "visible")]
    [DataRow("mariadb", "CREATE DEFINER=`a`@`b` TRIGGER x BEFORE INSERT ON t FOR EACH ROW BEGIN SET @a = 1; SET @b = 2; END", "visible")]
    [DataRow("sqlite", "CREATE TEMP TRIGGER x AFTER INSERT ON t BEGIN DELETE FROM u; DELETE FROM v; END", "visible")]
    // Nothing shows it.
    [DataRow("mariadb", "GRANT SELECT ON t TO me", "other")]
    [DataRow("mariadb", "CREATE USER me", "other")]
    [DataRow("mariadb", "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO BEGIN DELETE FROM t; DELETE FROM u; END", "other")]
    [DataRow("mariadb", "/*!40101 ALTER TABLE t ADD a INT */", "other")]
    [DataRow("mariadb", "/*M!100100 ALTER TABLE t ADD a INT */;", "other")]
    [DataRow("postgresql", "/*!40101 a comment to PostgreSQL */", "data")]
    // A part of it may have been done.
    [DataRow("mariadb", "CALL p()", "several")]
    [DataRow("mariadb", "UPDATE t SET a = 1; UPDATE t SET a = 2", "several")]
    [DataRow("mariadb", "CREATE TABLE made (begins_at INT); INSERT INTO made VALUES (1)", "several")]
    public void A_statement_is_taken_for(string dialect, string sql, string kind)
    {
        var kinds = new StatementKind(Dialects.Named(dialect));
        var statement = new Statement(sql);
        var found = kinds.HasSeveral(statement) ? "several" : kinds.IsData(statement) ? "data" : kinds.IsVisible(statement) ? "visible" : "other";
        Assert.AreEqual(kind, found);
        Assert.IsFalse(kinds.HasSeveral(statement) && (kinds.IsData(statement) || kinds.IsVisible(statement)));
    }
}

using Alembic.Databases;
using Alembic.Migrations;
using Alembic.Operations;

namespace Alembic.Tests.Migrations;

/// <summary>What the journal takes a statement for.</summary>
[TestClass]
public sealed class StatementKindTests
{
    [TestMethod]
    // A transaction takes it back.
    [DataRow("mariadb", "UPDATE t SET a = 1", "data")]
    [DataRow("mariadb", "  -- why\n# more\n/* so */ insert into t values (';')", "data")]
    [DataRow("mariadb", "UPDATE t SET a = 1;", "data")]
    [DataRow("mariadb", "-- nothing", "data")]
    [DataRow("mariadb", "INSERT /*!40001 IGNORE */ INTO t VALUES (1)", "data")]
    [DataRow("mariadb", "SET @x = (SELECT max(id) FROM t)", "data")]
    [DataRow("postgresql", "WITH x AS (SELECT 1) DELETE FROM t", "data")]
    [DataRow("sqlite", "REPLACE INTO t VALUES (1)", "data")]
    // It is carried out again in another session.
    [DataRow("mariadb", "SET FOREIGN_KEY_CHECKS = 0", "session")]
    [DataRow("mariadb", "SET @a = 1, @b = 'x'", "session")]
    [DataRow("mariadb", "/*!40101 SET NAMES utf8mb4 */", "session")]
    [DataRow("postgresql", "SET search_path TO shop, public", "session")]
    [DataRow("postgresql", "SELECT set_config('app.n', '7', false)", "session")]
    [DataRow("postgresql", "SELECT set_config('app.n', max(n)::text, false) FROM t", "data")]
    [DataRow("postgresql", "/*!40101 a comment to PostgreSQL */", "data")]
    [DataRow("sqlite", "PRAGMA foreign_keys = OFF", "session")]
    // Where the schema is as it was, it may be sent again: it did not happen, or is refused.
    [DataRow("mariadb", "ALTER TABLE t ADD a INT", "again")]
    [DataRow("mariadb", "ALTER TABLE `s`.`t` ADD a INT, DROP COLUMN b", "again")]
    [DataRow("mariadb", "/*!40101 ALTER TABLE t ADD a INT */", "again")]
    [DataRow("mariadb", "/*M!100100 ALTER TABLE t ADD a INT */;", "again")]
    [DataRow("mariadb", "RENAME TABLE a TO b", "again")]
    [DataRow("mariadb", "CREATE USER me", "again")]
    [DataRow("mariadb", "CREATE TABLE made (begins_at INT, `begin` INT)", "again")]
    [DataRow("mariadb", "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO BEGIN DELETE FROM t; DELETE FROM u; END", "again")]
    [DataRow("mariadb", "CREATE DEFINER=`a`@`b` TRIGGER x BEFORE INSERT ON t FOR EACH ROW BEGIN SET @a = 1; SET @b = 2; END", "again")]
    [DataRow("mariadb",
        "CREATE FUNCTION f(a INT) RETURNS INT BEGIN IF a > 1 THEN RETURN CASE a WHEN 2 THEN 3 END; END IF; CASE a WHEN 1 THEN RETURN 1; "
            + "ELSE RETURN 2; END CASE; END", "again")]
    [DataRow("postgresql", "CREATE INDEX CONCURRENTLY i ON t (a)", "again")]
    [DataRow("postgresql", "CREATE FUNCTION f() RETURNS int AS $$ BEGIN RETURN 1; END $$ LANGUAGE plpgsql", "again")]
    [DataRow("postgresql", "CREATE POLICY p ON t", "again")]
    [DataRow("sqlite", "CREATE TEMP TRIGGER x AFTER INSERT ON t BEGIN DELETE FROM u; DELETE FROM v; END", "again")]
    // Twice is as good as once.
    [DataRow("mariadb", "GRANT SELECT ON t TO me", "repeatable")]
    [DataRow("mariadb", "create or replace view v as select ';' as x", "repeatable")]
    [DataRow("mariadb", "DROP TABLE IF EXISTS a, b", "repeatable")]
    [DataRow("postgresql", "VACUUM t", "repeatable")]
    // Only a person can tell.
    [DataRow("mariadb", "RENAME TABLE a TO c, b TO a, c TO b", "anything")]
    [DataRow("mariadb", "ALTER TABLE p EXCHANGE PARTITION p0 WITH TABLE q", "anything")]
    [DataRow("mariadb", "ALTER TABLE p COALESCE PARTITION 1", "anything")]
    [DataRow("mariadb", "ALTER TABLE p ADD PARTITION PARTITIONS 1", "anything")]
    [DataRow("mariadb", "CREATE OR REPLACE TABLE t (a INT)", "anything")]
    [DataRow("mariadb", "TRUNCATE TABLE t", "anything")]
    [DataRow("mariadb", "EXECUTE s", "anything")]
    [DataRow("mariadb", "SET autocommit = 0", "session, alone")]
    [DataRow("mariadb", "SET STATEMENT max_statement_time = 1 FOR UPDATE t SET a = a + 1", "anything")]
    [DataRow("postgresql", "ALTER TABLE t ALTER COLUMN a TYPE int USING a + 1", "anything")]
    [DataRow("postgresql", "DO $$ BEGIN DELETE FROM t; END $$", "anything")]
    [DataRow("postgresql", "CREATE STATISTICS ON a, b FROM t", "anything")]
    [DataRow("postgresql", "SOMETHING NEW", "anything")]
    // A part of it may have been done.
    [DataRow("mariadb", "CALL p()", "several")]
    [DataRow("mariadb", "DROP TABLE a, b", "several")]
    [DataRow("mariadb", "UPDATE t SET a = 1; UPDATE t SET a = 2", "several")]
    [DataRow("mariadb", "CREATE TABLE made (begins_at INT); INSERT INTO made VALUES (1)", "several")]
    [DataRow("mariadb", "CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW BEGIN SET @a = 1; END; UPDATE t SET a = 2", "several")]
    [DataRow("mariadb", "BEGIN NOT ATOMIC UPDATE t SET a = 1; END", "several")]
    public void A_statement_is_taken_for(string dialect, string sql, string expected)
    {
        var kind = StatementKind.Of(new(sql), Dialects.Named(dialect));
        Assert.AreEqual(expected, kind switch
        {
            { HasSeveral: true } => "several",
            { IsSession: true, IsData: false } when sql.StartsWith("SET", StringComparison.Ordinal) => "session, alone",
            { IsSession: true } => "session",
            { IsData: true } => "data",
            { IsRepeatable: true } => "repeatable",
            { MayBeSentAgain: true } => "again",
            _ => "anything",
        });
        Assert.IsFalse(kind.HasSeveral && (kind.IsData || kind.IsSchema || kind.IsRepeatable || kind.IsRead));
    }

    [TestMethod]
    [DataRow("SET @x = 1, @y := 2", "@x @y")]
    [DataRow("SET @x = @y + 1", "@x")]
    [DataRow("UPDATE t SET a = @x", "LAST_INSERT_ID ROW_COUNT FOUND_ROWS LASTVAL")]
    [DataRow("SELECT a, b INTO @x, @y FROM t WHERE c = @z", "LAST_INSERT_ID ROW_COUNT FOUND_ROWS LASTVAL @x @y")]
    [DataRow("SELECT @n := count(*) FROM t", "LAST_INSERT_ID ROW_COUNT FOUND_ROWS LASTVAL @n")]
    [DataRow("CREATE TEMPORARY TABLE IF NOT EXISTS `kept` AS SELECT 1", "kept")]
    [DataRow("PREPARE s FROM 'SELECT 1'", "s")]
    [DataRow("ALTER TABLE t ADD a INT", "")]
    public void A_statement_leaves_in_the_session(string sql, string names) =>
        Assert.AreEqual(names, string.Join(' ', StatementKind.Of(new(sql), Dialects.Named("mariadb")).Leaves(new(sql))));

    [TestMethod]
    [DataRow("UPDATE t SET a = @x", true)]
    [DataRow("UPDATE t SET a = '@x' -- @x", false)]
    [DataRow("SET @x = 1", false)]
    [DataRow("SET @y = 2, @x = @X + 1", true)]
    [DataRow("INSERT INTO u SELECT * FROM `kept`", true)]
    [DataRow("INSERT INTO u SELECT nextval('kept')", true)]
    [DataRow("/*!50000 UPDATE t SET a = @x */", true)]
    public void A_statement_reads_what_was_left(string sql, bool reads) => Assert.AreEqual(
        reads,
        StatementKind.Of(new(sql), Dialects.Named("mariadb"))
            .Reads(new(sql), new HashSet<string>(["@x", "kept"], StringComparer.OrdinalIgnoreCase)) is not null);

    [TestMethod]
    public void A_parameter_is_no_variable() => Assert.IsNull(
        StatementKind.Of(new("UPDATE t SET a = @x"), Dialects.Named("mariadb")).Reads(
            new("UPDATE t SET a = @x") { Parameters = new Dictionary<string, object?> { ["x"] = 1 } }, new HashSet<string>(["@x"])));
}

using System.Text.RegularExpressions;
using Alembic.Databases.MySql;
using Alembic.Schema;

namespace Alembic.Tests.Databases.MySql;

[TestClass]
public sealed class MySqlScriptTests
{
    private static readonly MySqlDialect MySql = new();

    private static readonly MySqlDialect MariaDb = new(isMariaDb: true);

    // Where nothing is asked before, the script asks whether there is such an index, and whether another key leans on it.
    private const string LeftIndex =
        "SET @alembic_index = IF(EXISTS (SELECT 1 FROM information_schema.STATISTICS s WHERE s.TABLE_SCHEMA = DATABASE() AND "
            + "s.TABLE_NAME = 't' AND s.INDEX_NAME = 'fk' "
        + "AND s.NON_UNIQUE = 1 AND s.SEQ_IN_INDEX = 1 AND NOT EXISTS (SELECT 1 FROM information_schema.KEY_COLUMN_USAGE k WHERE "
        + "k.REFERENCED_TABLE_NAME IS NOT NULL AND k.ORDINAL_POSITION = 1 "
        + "AND NOT (k.TABLE_SCHEMA = s.TABLE_SCHEMA AND k.TABLE_NAME = s.TABLE_NAME AND k.CONSTRAINT_NAME = s.INDEX_NAME) AND "
        + "(k.TABLE_SCHEMA = s.TABLE_SCHEMA AND k.TABLE_NAME = s.TABLE_NAME "
        + "AND k.COLUMN_NAME = s.COLUMN_NAME OR k.REFERENCED_TABLE_SCHEMA = s.TABLE_SCHEMA AND k.REFERENCED_TABLE_NAME = s.TABLE_NAME "
        + "AND k.REFERENCED_COLUMN_NAME = s.COLUMN_NAME))), "
        + "'DROP INDEX fk ON t', 'DO 0'); PREPARE alembic_index FROM @alembic_index; EXECUTE alembic_index; DEALLOCATE PREPARE "
        + "alembic_index;";

    // What a directive prints; the second text where MariaDB is told otherwise.
    private static readonly (Action<Op> Directive, string MySql, string? MariaDb)[] Table =
    [
        (op => op.CreateTable("t", [new Column("id", SqlType.Integer, primaryKey: true)]),
            "CREATE TABLE t ( id INTEGER NOT NULL AUTO_INCREMENT, PRIMARY KEY (id) );", null),
        (op => op.CreateTable("t", [new Column("id", SqlType.Integer, primaryKey: true, autoincrement: false)]),
            "CREATE TABLE t ( id INTEGER NOT NULL, PRIMARY KEY (id) );", null),
        (op => op.CreateTable("t", [new Column("id", SqlType.Integer, primaryKey: true, foreignKey: new ForeignKey("u.id"))]),
            "CREATE TABLE t ( id INTEGER NOT NULL, PRIMARY KEY (id), FOREIGN KEY(id) REFERENCES u (id) );", null),
        (op => op.CreateTable("t",
            [new Column("a", SqlType.Integer, primaryKey: true), new Column("b", SqlType.Integer, primaryKey: true)]),
            "CREATE TABLE t ( a INTEGER NOT NULL, b INTEGER NOT NULL, PRIMARY KEY (a, b) );", null),
        (op => op.CreateTable("t", [new Column("c", SqlType.String(9), comment: "it's \\")], comment: "a 'table'"),
            "CREATE TABLE t ( c VARCHAR(9) COMMENT 'it''s \\\\' )COMMENT='a ''table''';", null),
        (op => op.CreateTable("t", [new Column("c", SqlType.Enum("x", ["a", "it's", "\\"]), nullable: false, serverDefault: "a")]),
            "CREATE TABLE t ( c ENUM('a','it''s','\\\\') NOT NULL DEFAULT 'a' );", null),
        (op => op.CreateTable("t",
            [new Column("c", SqlType.Text, serverDefault: "x"), new Column("d", SqlType.Json, serverDefault: Sql.Text("json_array()"))]),
            "CREATE TABLE t ( c TEXT DEFAULT ('x'), d JSON DEFAULT (json_array()) );", null),
        (op => op.CreateTable("t", [new Column("c", MySqlType.Timestamp(6)),
            new Column("d", MySqlType.Timestamp(), serverDefault: Sql.Text("CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP"))]),
            "CREATE TABLE t ( c TIMESTAMP(6) NULL, d TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP );", null),
        (op => op.CreateTable("t",
            [new Column("c", SqlType.Integer, nullable: false, computed: new Computed("a + 1", persisted: true), comment: "x")]),
            "CREATE TABLE t ( c INTEGER GENERATED ALWAYS AS (a + 1) STORED NOT NULL COMMENT 'x' );",
            "CREATE TABLE t ( c INTEGER GENERATED ALWAYS AS (a + 1) STORED COMMENT 'x' );"),
        (op => op.CreateTable("t", [new Column("c", SqlType.String(9), collation: "utf8mb4_bin")], schema: "my db"),
            "CREATE TABLE `my db`.t ( c VARCHAR(9) COLLATE utf8mb4_bin );", null),
        (op => op.AddColumn("t", new Column("id", SqlType.Integer, primaryKey: true, autoincrement: true)),
            "ALTER TABLE t ADD COLUMN id INTEGER NOT NULL AUTO_INCREMENT PRIMARY KEY;", null),
        (op => op.AlterColumn("t", "c", nullable: false, existingType: SqlType.Integer), "ALTER TABLE t MODIFY c INTEGER NOT NULL;", null),
        (op => op.AlterColumn("t", "c", type: SqlType.BigInteger, existingNullable: false, existingServerDefault: 5, existingComment: "x"),
            "ALTER TABLE t MODIFY c BIGINT NOT NULL DEFAULT 5 COMMENT 'x';", null),
        (op => op.AlterColumn("t", "c", newColumnName: "d`", existingType: SqlType.Integer),
            "ALTER TABLE t CHANGE c `d``` INTEGER NULL;", null),
        (op => op.AlterColumn("t", "c", autoincrement: true, existingType: SqlType.Integer, existingNullable: false),
            "ALTER TABLE t MODIFY c INTEGER NOT NULL AUTO_INCREMENT;", null),
        (op => op.AlterColumn("t", "c", serverDefault: Sql.Text("CURRENT_TIMESTAMP")),
            "ALTER TABLE t ALTER COLUMN c SET DEFAULT (CURRENT_TIMESTAMP);", null),
        (op => op.AlterColumn("t", "c", serverDefault: Sql.Text("uuid()")), "ALTER TABLE t ALTER COLUMN c SET DEFAULT (uuid());", null),
        (op => op.AlterColumn("t", "c", comment: "", existingType: SqlType.Integer, existingComment: "x"),
            "ALTER TABLE t MODIFY c INTEGER NULL;", null),
        (op => op.AlterColumn("t", "c", collation: "utf8mb4_bin", existingType: SqlType.Text, existingNullable: false),
            "ALTER TABLE t MODIFY c TEXT COLLATE utf8mb4_bin NOT NULL;", null),
        (op => op.AlterColumn("t", "c", nullable: true, existingType: SqlType.Text, existingCollation: "utf8mb4_bin"),
            "ALTER TABLE t MODIFY c TEXT COLLATE utf8mb4_bin NULL;", null),
        (op => op.AlterColumn("t", "c", collation: "", existingType: SqlType.Text, existingCollation: "utf8mb4_bin"),
            "ALTER TABLE t MODIFY c TEXT NULL;", null),
        (op => op.AlterColumn("t", "c", comment: "x", existingType: SqlType.Integer, existingNullable: false,
            existingComputed: new Computed("a + 1", persisted: true)),
            "ALTER TABLE t MODIFY c INTEGER GENERATED ALWAYS AS (a + 1) STORED NOT NULL COMMENT 'x';",
            "ALTER TABLE t MODIFY c INTEGER GENERATED ALWAYS AS (a + 1) STORED COMMENT 'x';"),
        (op => op.AlterColumn("t", "c"), "", null),
        (op => op.RenameTable("t", "u", schema: "s"), "ALTER TABLE s.t RENAME TO s.u;", null),
        (op => op.CreateIndex("ix", "t", ["a", Sql.Text("b(9)")], method: "hash"), "CREATE INDEX ix ON t (a, b(9)) USING HASH;", null),
        (op => op.CreateIndex("ix", "t", ["a"], method: "fulltext"), "CREATE FULLTEXT INDEX ix ON t (a);", null),
        (op => op.CreateIndex("ix", "t", ["a"], where: "a > 1"), "CREATE INDEX ix ON t (a);", null),
        (op => op.DropIndex("ix", "t", schema: "s"), "DROP INDEX ix ON s.t;", null),
        (op => op.DropConstraint("pk", "t", ConstraintType.PrimaryKey), "ALTER TABLE t DROP PRIMARY KEY;", null),
        (op => op.DropConstraint("c", "t", ConstraintType.Check), "ALTER TABLE t DROP CHECK c;", "ALTER TABLE t DROP CONSTRAINT c;"),
        (op => op.DropConstraint("c", "t"), "ALTER TABLE t DROP CONSTRAINT c;", null),
        (op => op.DropConstraint("fk", "t", ConstraintType.ForeignKey), "ALTER TABLE t DROP FOREIGN KEY fk; " + LeftIndex,
            "ALTER TABLE t DROP FOREIGN KEY fk; DROP INDEX IF EXISTS fk ON t;"),
        (op => op.CreateTableComment("t", "it's", schema: "s"), "ALTER TABLE s.t COMMENT 'it''s';", null),
        (op => op.DropTableComment("t"), "ALTER TABLE t COMMENT '';", null),
        (op => op.BulkInsert("t", ["a", "b", "c"],
            [[1, "\\'\n", null], [true, new byte[] { 1, 255 }, new DateTime(2026, 11, 22, 1, 2, 3)]]),
            "INSERT INTO t (a, b, c) VALUES (1, '\\\\'' ', NULL); INSERT INTO t (a, b, c) VALUES (true, X'01FF', '2026-11-22 "
                + "01:02:03.000000');", null),
        (op => op.Execute("UPDATE t SET a = @a WHERE b = '@a'", new { a = "x\\" }), "UPDATE t SET a = 'x\\\\' WHERE b = '@a';", null),
        (op => op.BatchAlterTable("t",
            batch => { batch.AlterColumn("c", nullable: true, existingType: SqlType.Text); batch.DropConstraint("u",
                ConstraintType.Unique); }),
            "ALTER TABLE t MODIFY c TEXT NULL; ALTER TABLE t DROP INDEX u;", null),
    ];

    public static IEnumerable<object[]> Rows => Enumerable.Range(0, Table.Length).Select(i => new object[] { i, Table[i].MySql });

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void A_directive_prints_its_statements(int row, string expected)
    {
        Assert.AreEqual(Prepared(expected), Unguarded(Scripts.Squeezed(MySql, Table[row].Directive)));
        Assert.AreEqual(Prepared(Table[row].MariaDb ?? expected), Unguarded(Scripts.Squeezed(MariaDb, Table[row].Directive)));
    }

    private static string Unguarded(string script) =>
        Regex.Replace(script, "SET @alembic_guard = .*? DEALLOCATE PREPARE alembic_guard; (?=ALTER TABLE)", "");

    // Where there are backslashes, the client's session is told that they escape: once, and only there.
    private static string Prepared(string expected) =>
        (expected.Contains('\\', StringComparison.Ordinal)
            ? "SET SESSION sql_mode = REPLACE(@@SESSION.sql_mode, 'NO_BACKSLASH_ESCAPES', ''); "
            : "") + expected;

    // What MySQL cannot do, and MariaDB can.
    private static readonly (Action<Op> Directive, string Message)[] Refused =
    [
        (op => op.AlterColumn("t", "c", nullable: true), "All MySQL CHANGE/MODIFY COLUMN operations require the existing type."),
        (op => op.AddColumn("t", new Column("c", SqlType.String())), "VARCHAR requires a length on dialect mysql"),
        (op => op.CreateIndex("ix", "t", ["a"], unique: true, where: "a > 1"),
            "Index 'ix': mysql has no partial indexes, and without its condition a unique one would refuse other rows"),
        (op => op.CreateIndex("ix", "t", ["a"], method: "gin"), "Index 'ix': mysql has no method 'gin'"),
        (op => op.DropIndex("ix"), "mysql needs the table of the index 'ix' to drop it"),
        (op => op.CreateForeignKey("fk", "t", "u", ["a"], ["b"], deferrable: true),
            "Foreign key 'fk': mysql has no deferrable constraints"),
        (op => op.CreateForeignKey("fk", "t", "u", ["a"], ["b"], match: "FULL"), "Foreign key 'fk': mysql has no MATCH FULL"),
        (op => op.AddColumn("t", new Column("", SqlType.Text)), "'' is not a name: MySQL's names are not empty and have no zero character"),
        (op => op.DropColumn("t", "c", ifExists: true), "MySQL has no DROP COLUMN IF EXISTS"),
        (op => op.AddColumn("t", new Column("c", SqlType.Text), ifNotExists: true), "MySQL has no ADD COLUMN IF NOT EXISTS"),
        (op => op.CreateIndex("ix", "t", ["a"], ifNotExists: true), "MySQL has no CREATE INDEX IF NOT EXISTS"),
        (op => op.DropIndex("ix", "t", ifExists: true), "MySQL has no DROP INDEX IF EXISTS"),
        (op => op.DropConstraint("c", "t", ifExists: true), "MySQL has no DROP CONSTRAINT IF EXISTS"),
    ];

    public static IEnumerable<object[]> RefusedRows =>
        Enumerable.Range(0, Refused.Length).Select(i => new object[] { i, Refused[i].Message });

    [TestMethod]
    [DynamicData(nameof(RefusedRows))]
    public void What_it_cannot_do_is_said(int row, string message)
    {
        Assert.AreEqual(message, Assert.ThrowsExactly<AlembicException>(() => Scripts.Of(MySql, Refused[row].Directive)).Message);
        if (message.StartsWith("MySQL has no", StringComparison.Ordinal))
            Assert.Contains("IF", Scripts.Of(MariaDb, Refused[row].Directive));
    }
}

using Alembic.Databases.Sqlite;
using Alembic.Operations;
using Alembic.Migrations;
using Alembic.Schema;

namespace Alembic.Tests.Operations;

/// <summary>The statements of each operation on SQLite, as a script has them.</summary>
[TestClass]
public sealed class SqliteSqlTests
{
    private static readonly (string Sql, Action<Op> Change)[] Cases =
    [
        ("CREATE TABLE t (id INTEGER NOT NULL, name VARCHAR(20) DEFAULT 'it''s' NOT NULL, PRIMARY KEY (id));",
            op => op.CreateTable("t", [new Column("id", SqlType.Integer, primaryKey: true),
                new Column("name", SqlType.String(20), nullable: false, serverDefault: "it's")])),
        ("CREATE TABLE IF NOT EXISTS t (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT);",
            op => op.CreateTable("t", [new Column("id", SqlType.Integer, primaryKey: true, autoincrement: true)], ifNotExists: true)),
        ("CREATE TABLE t (a INTEGER NOT NULL, b INTEGER NOT NULL, CONSTRAINT pk PRIMARY KEY (b, a));",
            op => op.CreateTable("t", [new Column("a", SqlType.Integer, nullable: false), new Column("b", SqlType.Integer, nullable: false),
                new PrimaryKeyConstraint(["b", "a"], name: "pk")])),
        ("CREATE TABLE t (a INTEGER, b INTEGER, FOREIGN KEY(a) REFERENCES u (id) ON DELETE CASCADE, UNIQUE (b), CONSTRAINT ck CHECK (a > "
            + "b)); CREATE INDEX ix_t_a ON t (a);",
            op => op.CreateTable("t",
            [
                new Column("a", SqlType.Integer, index: true, foreignKey: new ForeignKey("u.id", onDelete: "CASCADE")),
                new Column("b", SqlType.Integer, unique: true), new CheckConstraint("a > b", name: "ck"),
            ])),
        ("CREATE TABLE t (a INTEGER GENERATED ALWAYS AS (b + 1) STORED, b DATETIME DEFAULT CURRENT_TIMESTAMP, c TEXT COLLATE \"NOCASE\" "
            + "DEFAULT (lower('X')));",
            op => op.CreateTable("t",
            [
                new Column("a", SqlType.Integer, computed: new Computed("b + 1", persisted: true)),
                new Column("b", SqlType.DateTime, serverDefault: Sql.Text("CURRENT_TIMESTAMP")),
                new Column("c", SqlType.Text, collation: "NOCASE", serverDefault: Sql.Text("lower('X')")),
            ])),
        ("CREATE TABLE t (a BOOLEAN DEFAULT 0, b BOOLEAN DEFAULT '1', c NUMERIC(5, 2) DEFAULT -1.50, "
            + "d INTEGER DEFAULT (1 + 1), e INTEGER DEFAULT (1));",
            op => op.CreateTable("t",
            [
                new Column("a", SqlType.Boolean, serverDefault: false), new Column("b", SqlType.Boolean, serverDefault: "1"),
                new Column("c", SqlType.Numeric(5, 2), serverDefault: -1.50m),
                new Column("d", SqlType.Integer, serverDefault: Sql.Text("1 + 1")),
                new Column("e", SqlType.Integer, serverDefault: Sql.Text("(1)")),
            ])),
        ("CREATE TABLE aux.t (a TEXT);", op => op.CreateTable("t", [new Column("a", SqlType.Text)], schema: "aux")),
        ("DROP TABLE t;", op => op.DropTable("t")),
        ("DROP TABLE IF EXISTS aux.\"order\";", op => op.DropTable("order", schema: "aux", ifExists: true)),
        ("ALTER TABLE \"order\" RENAME TO \"a \"\"b\"\"\";", op => op.RenameTable("order", "a \"b\"")),
        ("ALTER TABLE t ADD COLUMN a TEXT;", op => op.AddColumn("t", new Column("a", SqlType.Text))),
        ("ALTER TABLE t ADD COLUMN a BOOLEAN DEFAULT 0 NOT NULL; CREATE INDEX ix_t_a ON t (a);",
            op => op.AddColumn("t", new Column("a", SqlType.Boolean, nullable: false, serverDefault: false, index: true))),
        ("ALTER TABLE t ADD COLUMN u_id INTEGER CONSTRAINT fk REFERENCES u (id) ON DELETE SET NULL;",
            op => op.AddColumn("t",
                new Column("u_id", SqlType.Integer, foreignKey: new ForeignKey("u.id", name: "fk", onDelete: "SET NULL")))),
        ("ALTER TABLE t DROP COLUMN a;", op => op.DropColumn("t", "a")),
        ("ALTER TABLE t RENAME COLUMN a TO \"B c\";", op => op.AlterColumn("t", "a", newColumnName: "B c")),
        ("", op => op.AlterColumn("t", "a", comment: "x")),
        ("", op => op.CreateTableComment("t", "x")),
        ("CREATE UNIQUE INDEX ix ON t (a, lower(b)) WHERE a > 0;",
            op => op.CreateIndex("ix", "t", ["a", Sql.Text("lower(b)")], unique: true, where: "a > 0")),
        ("CREATE INDEX IF NOT EXISTS ix_t_a ON t (a);", op => op.CreateIndex(null, "t", ["a"], ifNotExists: true)),
        ("CREATE INDEX aux.ix ON t (a);", op => op.CreateIndex("ix", "t", ["a"], schema: "aux", concurrently: true)),
        ("DROP INDEX ix;", op => op.DropIndex("ix", "t")),
        ("DROP INDEX IF EXISTS aux.ix;", op => op.DropIndex("ix", ifExists: true, schema: "aux")),
        ("INSERT INTO t (a, \"B\") VALUES (1, 'it''s'); INSERT INTO t (a, \"B\") VALUES (-1.5, NULL);",
            op => op.BulkInsert("t", ["a", "B"], [[1, "it's"], [-1.5, null]])),
        ("UPDATE t SET a = 'x' || 1;", op => op.Execute("UPDATE t SET a = @a || @b", new { a = "x", b = 1 })),
        ("ALTER TABLE t ADD COLUMN a TEXT; ALTER TABLE t DROP COLUMN b;",
            op => op.BatchAlterTable("t", batch => { batch.AddColumn(new Column("a", SqlType.Text)); batch.DropColumn("b"); })),
    ];

    public static IEnumerable<object[]> Indexes => Enumerable.Range(0, Cases.Length).Select(i => new object[] { i, Cases[i].Sql });

    [TestMethod]
    [DynamicData(nameof(Indexes))]
    public void Each_operation_is_these_statements(int index, string sql)
    {
        var script = new StringWriter();
        var dialect = new SqliteDialect();
        var session = new ScriptSession(dialect, new EnvironmentOptions(), script);
        Cases[index].Change(new Op(dialect, new OperationCompiler(dialect, session, session), session));
        Assert.AreEqual(sql,
            string.Join(' ', script.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                .Replace("( ", "(", StringComparison.Ordinal).Replace(" )", ")", StringComparison.Ordinal));
    }
}

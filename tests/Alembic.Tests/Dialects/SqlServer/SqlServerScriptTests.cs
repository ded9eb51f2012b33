using Alembic.Dialects.SqlServer;
using Alembic.Schema;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Alembic.Tests.Dialects.SqlServer;

/// <summary>There is no SQL Server here: its own parser has to take every script.</summary>
[TestClass]
public sealed class SqlServerScriptTests
{
    private static readonly SqlServerDialect Dialect = new();

    private const string Lookup =
        "declare @const_name varchar(256) select @const_name = QUOTENAME([name]) from sys.default_constraints where parent_object_id = object_id('t') "
        + "and col_name(parent_object_id, parent_column_id) = 'c' exec('alter table t drop constraint ' + @const_name); GO";

    private static readonly (Action<Op> Directive, string Expected)[] Table =
    [
        (op => op.CreateTable("t", [new Column("id", SqlType.Integer, primaryKey: true), new Column("c", SqlType.String(9), nullable: false, serverDefault: "it's")]),
            "CREATE TABLE t ( id INTEGER NOT NULL IDENTITY, c VARCHAR(9) NOT NULL DEFAULT 'it''s', PRIMARY KEY (id) ); GO"),
        (op => op.CreateTable("t", [new Column("id", SqlType.Integer, primaryKey: true, identity: new Identity(start: 5, increment: 2))]), "CREATE TABLE t ( id INTEGER NOT NULL IDENTITY(5,2), PRIMARY KEY (id) ); GO"),
        (op => op.CreateTable("t", [new Column("id", SqlType.Integer, primaryKey: true, autoincrement: false)], ifNotExists: true), "IF OBJECT_ID('t', 'U') IS NULL CREATE TABLE t ( id INTEGER NOT NULL, PRIMARY KEY (id) ); GO"),
        (op => op.CreateTable("t", [new Column("a", SqlType.Integer), new Column("c", SqlType.Integer, computed: new Computed("a * 2", persisted: true))], schema: "s"), "CREATE TABLE s.t ( a INTEGER NULL, c AS (a * 2) PERSISTED ); GO"),
        (op => op.CreateTable("t", [new Column("c", SqlServerType.NVarChar(9), collation: "Latin1_General_CS_AS"), new Column("d", SqlServerType.DateTime2(3)), new Column("e", SqlServerType.VarBinary())]),
            "CREATE TABLE t ( c NVARCHAR(9) COLLATE Latin1_General_CS_AS NULL, d DATETIME2(3) NULL, e VARBINARY(max) NULL ); GO"),
        (op => op.CreateTable("t", [new Column("c", SqlType.Boolean, serverDefault: true), new Column("d", SqlType.Json), new Column("e", SqlType.Uuid, serverDefault: Sql.Text("NEWID()"))]),
            "CREATE TABLE t ( c BIT NULL DEFAULT 1, d NVARCHAR(max) NULL, e UNIQUEIDENTIFIER NULL DEFAULT NEWID() ); GO"),
        (op => op.AddColumn("t", new Column("c", SqlType.Integer, nullable: false, serverDefault: 1, index: true)), "ALTER TABLE t ADD c INTEGER NOT NULL DEFAULT 1; GO CREATE INDEX ix_t_c ON t (c); GO"),
        (op => op.AddColumn("t", new Column("c", SqlType.Integer), ifNotExists: true), "IF COL_LENGTH('t', 'c') IS NULL ALTER TABLE t ADD c INTEGER NULL; GO"),
        (op => op.DropColumn("t", "c"), $"{Lookup} ALTER TABLE t DROP COLUMN c; GO"),
        (op => op.DropColumn("t", "c", ifExists: true), $"{Lookup} ALTER TABLE t DROP COLUMN IF EXISTS c; GO"),
        (op => op.AlterColumn("t", "c", nullable: false, existingType: SqlType.Integer), "ALTER TABLE t ALTER COLUMN c INTEGER NOT NULL; GO"),
        (op => op.AlterColumn("t", "c", type: SqlType.BigInteger, existingNullable: false), "ALTER TABLE t ALTER COLUMN c BIGINT NOT NULL; GO"),
        (op => op.AlterColumn("t", "c", type: SqlType.BigInteger),
            "declare @nullable varchar(9) select @nullable = case is_nullable when 1 then ' NULL' else ' NOT NULL' end from sys.columns where object_id = object_id('t') and name = 'c' "
            + "exec('alter table t alter column c BIGINT' + @nullable); GO"),
        (op => op.AlterColumn("t", "c", serverDefault: 5), $"{Lookup} ALTER TABLE t ADD DEFAULT 5 FOR c; GO"),
        (op => op.AlterColumn("t", "c", serverDefault: 5, existingServerDefault: ServerDefault.None), "ALTER TABLE t ADD DEFAULT 5 FOR c; GO"),
        (op => op.AlterColumn("t", "c", serverDefault: ServerDefault.None), Lookup),
        (op => op.AlterColumn("t", "c", newColumnName: "d"), "EXEC sp_rename 't.c', d, 'COLUMN'; GO"),
        (op => op.AlterColumn("my t", "c]", newColumnName: "it's", schema: "s"), "EXEC sp_rename 's.[my t].[c]]]', 'it''s', 'COLUMN'; GO"),
        (op => op.RenameTable("t", "u", schema: "s"), "EXEC sp_rename 's.t', u; GO"),
        (op => op.DropTable("t", ifExists: true), "DROP TABLE IF EXISTS t; GO"),
        (op => op.CreateIndex("ix", "t", ["a", Sql.Text("b DESC")], unique: true, where: "a > 1", include: ["c"]), "CREATE UNIQUE INDEX ix ON t (a, b DESC) INCLUDE (c) WHERE a > 1; GO"),
        (op => op.CreateIndex("ix", "t", ["a"], method: "clustered"), "CREATE CLUSTERED INDEX ix ON t (a); GO"),
        (op => op.CreateIndex("ix", "t", ["a"], ifNotExists: true), "IF INDEXPROPERTY(OBJECT_ID('t'), 'ix', 'IndexID') IS NULL CREATE INDEX ix ON t (a); GO"),
        (op => op.DropIndex("ix", "t", ifExists: true, schema: "s"), "DROP INDEX IF EXISTS ix ON s.t; GO"),
        (op => op.CreateForeignKey("fk", "t", "u", ["a"], ["b"], onDelete: "RESTRICT", onUpdate: "CASCADE", initially: "IMMEDIATE"),
            "ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY(a) REFERENCES u (b) ON DELETE NO ACTION ON UPDATE CASCADE; GO"),
        (op => op.CreateCheckConstraint("ck", "t", "a > 0"), "ALTER TABLE t ADD CONSTRAINT ck CHECK (a > 0); GO"),
        (op => op.DropConstraint("ck", "t", ConstraintType.Check, ifExists: true), "ALTER TABLE t DROP CONSTRAINT IF EXISTS ck; GO"),
        (op => op.BulkInsert("t", ["a", "b"], [[1, "it's"], [true, "日本"], [null, new byte[] { 1, 255 }], [new DateTime(2026, 11, 22, 1, 2, 3), new DateOnly(2026, 11, 22)]]),
            "SET IDENTITY_INSERT t ON; GO INSERT INTO t (a, b) VALUES (1, 'it''s'); GO INSERT INTO t (a, b) VALUES (1, N'日本'); GO INSERT INTO t (a, b) VALUES (NULL, 0x01FF); GO "
            + "INSERT INTO t (a, b) VALUES ('2026-11-22T01:02:03.000', '20261122'); GO SET IDENTITY_INSERT t OFF; GO"),
        (op => op.BatchAlterTable("t", batch => batch.AlterColumn("c", newColumnName: "d")), "EXEC sp_rename 't.c', d, 'COLUMN'; GO"),
    ];

    public static IEnumerable<object[]> Rows => Enumerable.Range(0, Table.Length).Select(i => new object[] { i, Table[i].Expected });

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public void A_directive_prints_its_statements(int row, string expected)
    {
        Assert.AreEqual(expected, Scripts.Squeezed(Dialect, Table[row].Directive));
        Parse(Scripts.Of(Dialect, Table[row].Directive));
    }

    [TestMethod]
    public void Comments_are_extended_properties_that_are_set_replaced_and_dropped()
    {
        var script = Scripts.Of(Dialect, op =>
        {
            op.CreateTable("t", [new Column("c", SqlType.Integer, comment: "it's")], comment: "who");
            op.AlterColumn("t", "c", comment: "日本", schema: "s");
            op.AlterColumn("t", "c", comment: "");
            op.DropTableComment("t");
        });
        Parse(script);
        Assert.Contains("EXEC sys.sp_addextendedproperty 'MS_Description', N'it''s', 'SCHEMA', @schema, 'TABLE', 't', 'COLUMN', 'c';", script);
        Assert.Contains("EXEC sys.sp_updateextendedproperty 'MS_Description', N'who', 'SCHEMA', @schema, 'TABLE', 't'\n", script);
        Assert.Contains("DECLARE @schema sysname = 's'", script);
        Assert.Contains("minor_id = COLUMNPROPERTY(OBJECT_ID('s.t'), 'c', 'ColumnId')", script);
        Assert.HasCount(3, script.Split("EXEC sys.sp_dropextendedproperty"));
    }

    [TestMethod]
    [DataRow("select")]
    [DataRow("two words")]
    [DataRow("it's")]
    [DataRow("br]ack[et")]
    [DataRow("quo\"te")]
    [DataRow("semi;colon -- /* x")]
    [DataRow("ünïcödé 日本")]
    public void Any_name_will_do(string name) => Parse(Scripts.Of(Dialect, op =>
    {
        op.CreateTable(name, [new Column("id", SqlType.Integer, primaryKey: true), new Column(name, SqlType.Integer, comment: name, index: true)], schema: name, comment: name);
        op.AddColumn(name, new Column(name, SqlType.Integer, unique: true), schema: name, ifNotExists: true);
        op.AlterColumn(name, name, nullable: true, type: SqlType.Text, serverDefault: name, newColumnName: name, comment: name, schema: name);
        op.AlterColumn(name, name, type: SqlType.Text, schema: name);
        op.DropColumn(name, name, schema: name);
        op.RenameTable(name, name, schema: name);
        op.CreateIndex(name, name, [name], include: [name], ifNotExists: true, schema: name);
        op.DropIndex(name, name, ifExists: true, schema: name);
        op.CreateForeignKey(name, name, name, [name], [name], sourceSchema: name, referentSchema: name);
        op.DropConstraint(name, name, schema: name);
        op.BulkInsert(name, [name], [[name]], schema: name);
    }));

    [TestMethod]
    public void What_it_cannot_do_is_said()
    {
        Assert.AreEqual(
            "MS-SQL ALTER COLUMN operations with NULL or NOT NULL require the existing_type or a new type_ be passed.",
            Assert.ThrowsExactly<AlembicException>(() => Scripts.Of(Dialect, op => op.AlterColumn("t", "c", nullable: true))).Message);
        Assert.AreEqual(
            "Foreign key 'fk': SQL Server has no deferrable constraints",
            Assert.ThrowsExactly<AlembicException>(() => Scripts.Of(Dialect, op => op.CreateForeignKey("fk", "t", "u", ["a"], ["b"], deferrable: true))).Message);
        Assert.AreEqual("Index 'ix': SQL Server has no method 'gin'; it has clustered and nonclustered",
            Assert.ThrowsExactly<AlembicException>(() => Scripts.Of(Dialect, op => op.CreateIndex("ix", "t", ["a"], method: "gin"))).Message);
        Assert.AreEqual("SQL Server needs the table of the index 'ix' to drop it", Assert.ThrowsExactly<AlembicException>(() => Scripts.Of(Dialect, op => op.DropIndex("ix"))).Message);
        var name = new string('x', 129);
        Assert.AreEqual($"The name '{name}' is 129 characters long; SQL Server keeps 128", Assert.ThrowsExactly<AlembicException>(() => Scripts.Of(Dialect, op => op.DropTable(name))).Message);
    }

    private static void Parse(string script)
    {
        new TSql160Parser(initialQuotedIdentifiers: true).Parse(new StringReader(script), out var errors);
        Assert.IsEmpty(errors, string.Join('\n', errors.Select(e => $"{e.Line}: {e.Message}")) + "\n" + script);
    }
}

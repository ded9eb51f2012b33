using System.Reflection;
using Alembic.Databases.SqlServer;
using Alembic.Operations;
using Alembic.Schema;
using Alembic.Tests.Migrations;
using System.Text.RegularExpressions;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Alembic.Tests.Databases.SqlServer;

/// <summary>There is no SQL Server here: its own parser has to take every script.</summary>
[TestClass]
public sealed class SqlServerScriptTests
{
    private static readonly SqlServerDialect Dialect = new();

    private const string Lookup =
        "declare @const_name nvarchar(260) select @const_name = QUOTENAME([name]) from sys.default_constraints where parent_object_id = "
            + "object_id('t') "
        + "and col_name(parent_object_id, parent_column_id) = 'c' if @const_name is not null exec('alter table t drop constraint ' + "
        + "@const_name); GO";

    // The default, the checks, the keys and the indexes that name a column.
    private const string Holders =
        "declare @drop nvarchar(max) = '' "
        + "select @drop += 'alter table t drop constraint ' + quotename(f.name) + ';' from sys.foreign_keys f where f.parent_object_id = "
        + "object_id('t') "
        + "and exists (select 1 from sys.foreign_key_columns c where c.constraint_object_id = f.object_id and "
        + "col_name(c.parent_object_id, c.parent_column_id) = 'c') "
        + "select @drop += 'alter table t drop constraint ' + quotename(name) + ';' from sys.default_constraints where parent_object_id "
        + "= object_id('t') and col_name(parent_object_id, parent_column_id) = 'c' "
        + "select @drop += 'alter table t drop constraint ' + quotename(k.name) + ';' from sys.check_constraints k where "
        + "k.parent_object_id = object_id('t') "
        + "and exists (select 1 from sys.sql_expression_dependencies d where d.referencing_id = k.object_id and d.referenced_id = "
        + "k.parent_object_id and col_name(d.referenced_id, d.referenced_minor_id) = 'c') "
        + "select @drop += case when x.is_primary_key = 1 or x.is_unique_constraint = 1 then 'alter table t drop constraint ' + "
        + "quotename(x.name) else 'drop index ' + quotename(x.name) + ' on t' end + ';' "
        + "from sys.indexes x where x.object_id = object_id('t') "
        + "and (exists (select 1 from sys.index_columns c where c.object_id = x.object_id and c.index_id = x.index_id and "
        + "col_name(c.object_id, c.column_id) = 'c') "
        + "or exists (select 1 from sys.sql_expression_dependencies d where d.referencing_class = 7 and d.referencing_id = x.object_id "
        + "and d.referencing_minor_id = x.index_id and d.referenced_id = x.object_id and col_name(d.referenced_id, "
        + "d.referenced_minor_id) = 'c')) "
        + "select @drop += 'drop statistics t.' + quotename(s.name) + ';' from sys.stats s where s.object_id = object_id('t') "
        + "and s.user_created = 1 and exists (select 1 from sys.stats_columns c where c.object_id = s.object_id and c.stats_id = "
        + "s.stats_id and col_name(c.object_id, c.column_id) = 'c') exec(@drop); GO";

    // What ALTER COLUMN would lose, and the default that would not let it.
    private static string Altered(string type, string rest) =>
        $"declare @drop nvarchar(max) = '', @alter nvarchar(max) = 'alter table t alter column c {type}', @add nvarchar(max) = '' "
        + "select @drop = 'alter table t drop constraint ' + quotename(name), @add = 'alter table t add constraint ' + quotename(name) + "
        + "' default ' + definition + ' for c' "
        + "from sys.default_constraints where parent_object_id = object_id('t') and col_name(parent_object_id, parent_column_id) = 'c' "
        + $"select @alter += {rest} from sys.columns where object_id = object_id('t') and name = 'c' exec(@drop) exec(@alter) "
        + "exec(@add); GO";

    [TestMethod]
    public void An_idempotent_script_has_each_revision_under_a_condition()
    {
        using var story = new Story
        {
            Database = () => new TestDatabase(Dialect, () => throw new InvalidOperationException("A script needs no database."), ""),
            IsIdempotent = true,
        }
            .Then("one", op =>
            {
                op.CreateTable("t", [new Column("id", SqlType.Integer, primaryKey: true)]);
                op.BulkInsert("t", [new { id = 1 }]);
            })
            .Then("two", op => op.Execute("CREATE VIEW v AS SELECT 'it''s \\\nGO' AS x\nGO\nDROP VIEW v"));
        var script = story.Script();
        foreach (var batch in Regex.Split(script, "^GO\\r?$", RegexOptions.Multiline))
            TransactSql.Parse(batch);
        Assert.AreEqual(2, Regex.Count(script, "^IF .*\nBEGIN\n(    EXEC\\((.|\n)*?\\);\n)+END$", RegexOptions.Multiline), script);
        Assert.Contains("EXEC('IF EXISTS (SELECT 1 FROM sys.identity_columns", script);
        Assert.Contains("'it''''s \\' + '\nGO''", script);
        foreach (var text in new[] { "SET NOCOUNT ON", "CREATE TABLE #x (id INT)", "USE other" })
        {
            using var refused = new Story { Database = story.Database, IsIdempotent = true }.Then("one", op => op.Execute(text));
            Assert.Contains(text, Assert.ThrowsExactly<UnscriptableException>(() => refused.Script()).Message);
        }
    }

    private const string AsItIs = "case is_nullable when 1 then ' null' else ' not null' end";

    private static readonly (Action<Op> Directive, string Expected)[] Table =
    [
        (op => op.CreateTable("t", [new Column("id", SqlType.Integer, primaryKey: true),
            new Column("c", SqlType.String(9), nullable: false, serverDefault: "it's")]),
            "CREATE TABLE t ( id INTEGER NOT NULL IDENTITY, c VARCHAR(9) NOT NULL DEFAULT 'it''s', PRIMARY KEY (id) ); GO"),
        (op => op.CreateTable("t", [new Column("id", SqlType.Integer, primaryKey: true, identity: new Identity(start: 5, increment: 2))]),
            "CREATE TABLE t ( id INTEGER NOT NULL IDENTITY(5,2), PRIMARY KEY (id) ); GO"),
        (op => op.CreateTable("t", [new Column("id", SqlType.Integer, primaryKey: true, autoincrement: false)], ifNotExists: true),
            "IF OBJECT_ID('t', 'U') IS NULL CREATE TABLE t ( id INTEGER NOT NULL, PRIMARY KEY (id) ); GO"),
        (op => op.CreateTable("t",
            [new Column("a", SqlType.Integer), new Column("c", SqlType.Integer, computed: new Computed("a * 2", persisted: true))],
            schema: "s"), "CREATE TABLE s.t ( a INTEGER NULL, c AS (a * 2) PERSISTED ); GO"),
        (op => op.CreateTable("t", [new Column("c", SqlServerType.NVarChar(9), collation: "Latin1_General_CS_AS"),
            new Column("d", SqlServerType.DateTime2(3)), new Column("e", SqlServerType.VarBinary())]),
            "CREATE TABLE t ( c NVARCHAR(9) COLLATE Latin1_General_CS_AS NULL, d DATETIME2(3) NULL, e VARBINARY(max) NULL ); GO"),
        (op => op.CreateTable("t", [new Column("c", SqlType.Boolean, serverDefault: true), new Column("d", SqlType.Json),
            new Column("e", SqlType.Uuid, serverDefault: Sql.Text("NEWID()"))]),
            "CREATE TABLE t ( c BIT NULL DEFAULT 1, d NVARCHAR(max) NULL, e UNIQUEIDENTIFIER NULL DEFAULT NEWID() ); GO"),
        (op => op.AddColumn("t", new Column("c", SqlType.Integer, nullable: false, serverDefault: 1, index: true)),
            "ALTER TABLE t ADD c INTEGER NOT NULL DEFAULT 1; GO CREATE INDEX ix_t_c ON t (c); GO"),
        (op => op.AddColumn("t", new Column("c", SqlType.Integer, serverDefault: 1)),
            "ALTER TABLE t ADD c INTEGER NULL DEFAULT 1 WITH VALUES; GO"),
        (op => op.AddColumn("t", new Column("c", SqlType.String(9), serverDefault: "x", foreignKey: new ForeignKey("u.id")),
            ifNotExists: true),
            "IF COL_LENGTH('t', 'c') IS NULL ALTER TABLE t ADD c VARCHAR(9) NULL DEFAULT 'x' WITH VALUES, FOREIGN KEY(c) REFERENCES u "
                + "(id); GO"),
        (op => op.CreateTable("t", [new Column("a", SqlType.String(8001)), new Column("b", SqlType.Unicode(4001)),
            new Column("c", SqlType.LargeBinary(8001)), new Column("d", SqlType.String(8000))]),
            "CREATE TABLE t ( a VARCHAR(max) NULL, b NVARCHAR(max) NULL, c VARBINARY(max) NULL, d VARCHAR(8000) NULL ); GO"),
        (op => op.AddColumn("t", new Column("c", SqlType.Integer), ifNotExists: true),
            "IF COL_LENGTH('t', 'c') IS NULL ALTER TABLE t ADD c INTEGER NULL; GO"),
        (op => op.DropColumn("t", "c"), $"{Holders} ALTER TABLE t DROP COLUMN c; GO"),
        (op => op.DropColumn("t", "c", ifExists: true), $"{Holders} ALTER TABLE t DROP COLUMN IF EXISTS c; GO"),
        (op => op.AlterColumn("t", "c", nullable: false, existingType: SqlType.Integer),
            "ALTER TABLE t ALTER COLUMN c INTEGER NOT NULL; GO"),
        (op => op.AlterColumn("t", "c", type: SqlType.BigInteger, existingNullable: false), Altered("BIGINT", "' not null'")),
        (op => op.AlterColumn("t", "c", type: SqlType.BigInteger, existingNullable: false, existingServerDefault: ServerDefault.None),
            "ALTER TABLE t ALTER COLUMN c BIGINT NOT NULL; GO"),
        (op => op.AlterColumn("t", "c", type: SqlType.Numeric(9, 2), existingType: SqlType.Numeric(7, 2), existingNullable: true),
            "ALTER TABLE t ALTER COLUMN c NUMERIC(9, 2) NULL; GO"),
        (op => op.AlterColumn("t", "c", collation: "Latin1_General_BIN", existingType: SqlType.String(9), existingNullable: false),
            Altered("VARCHAR(9)", "' collate Latin1_General_BIN' + ' not null'")),
        (op => op.AlterColumn("t", "c", collation: "", existingType: SqlType.String(9)),
            Altered("VARCHAR(9)", "' collate database_default' + " + AsItIs)),
        (op => op.AlterColumn("t", "c", type: SqlType.BigInteger), Altered("BIGINT", AsItIs)),
        (op => op.AlterColumn("t", "c", type: SqlType.String(80)),
            Altered("VARCHAR(80)", "isnull(' collate ' + collation_name, '') + " + AsItIs)),
        (op => op.AlterColumn("t", "c", nullable: true, existingType: SqlType.Unicode()),
            Altered("NVARCHAR(max)", "isnull(' collate ' + collation_name, '') + ' null'")),
        (op => op.AlterColumn("t", "c", type: SqlType.BigInteger, serverDefault: 5, existingNullable: false),
            $"{Lookup} ALTER TABLE t ALTER COLUMN c BIGINT NOT NULL; GO ALTER TABLE t ADD DEFAULT 5 FOR c; GO"),
        (op => op.AlterColumn("t", "c", serverDefault: 5), $"{Lookup} ALTER TABLE t ADD DEFAULT 5 FOR c; GO"),
        (op => op.AlterColumn("t", "c", serverDefault: 5, existingServerDefault: ServerDefault.None),
            "ALTER TABLE t ADD DEFAULT 5 FOR c; GO"),
        (op => op.AlterColumn("t", "c", serverDefault: ServerDefault.None), Lookup),
        (op => op.AlterColumn("t", "c", newColumnName: "d"), "EXEC sp_rename 't.c', d, 'COLUMN'; GO"),
        (op => op.AlterColumn("my t", "c]", newColumnName: "it's", schema: "s"), "EXEC sp_rename 's.[my t].[c]]]', 'it''s', 'COLUMN'; GO"),
        (op => op.RenameTable("t", "u", schema: "s"), "EXEC sp_rename 's.t', u; GO"),
        (op => op.DropTable("t", ifExists: true), "DROP TABLE IF EXISTS t; GO"),
        (op => op.CreateIndex("ix", "t", ["a", Sql.Text("b DESC")], unique: true, where: "a > 1", include: ["c"]),
            "CREATE UNIQUE INDEX ix ON t (a, b DESC) INCLUDE (c) WHERE a > 1; GO"),
        (op => op.CreateIndex("ix", "t", ["a"], method: "clustered"), "CREATE CLUSTERED INDEX ix ON t (a); GO"),
        (op => op.CreateIndex("ix", "t", ["a"], ifNotExists: true),
            "IF INDEXPROPERTY(OBJECT_ID('t'), 'ix', 'IndexID') IS NULL CREATE INDEX ix ON t (a); GO"),
        (op => op.DropIndex("ix", "t", ifExists: true, schema: "s"), "DROP INDEX IF EXISTS ix ON s.t; GO"),
        (op => op.CreateForeignKey("fk", "t", "u", ["a"], ["b"], onDelete: "RESTRICT", onUpdate: "CASCADE", initially: "IMMEDIATE"),
            "ALTER TABLE t ADD CONSTRAINT fk FOREIGN KEY(a) REFERENCES u (b) ON DELETE NO ACTION ON UPDATE CASCADE; GO"),
        (op => op.CreateCheckConstraint("ck", "t", "a > 0"), "ALTER TABLE t ADD CONSTRAINT ck CHECK (a > 0); GO"),
        (op => op.DropConstraint("ck", "t", ConstraintType.Check, ifExists: true), "ALTER TABLE t DROP CONSTRAINT IF EXISTS ck; GO"),
        (op => op.AddColumn("t", new Column("c", SqlType.Integer, unique: true, index: false, foreignKey: new ForeignKey("u.id")),
            ifNotExists: true),
            "IF COL_LENGTH('t', 'c') IS NULL ALTER TABLE t ADD c INTEGER NULL, FOREIGN KEY(c) REFERENCES u (id), UNIQUE (c); GO"),
        (op => op.CreateTable("t", [new Column("id", SqlType.Integer, primaryKey: true, autoincrement: false),
            new Column("at", SqlType.Date), new TableIndex("ix", ["at"], method: "clustered")]),
            "CREATE TABLE t ( id INTEGER NOT NULL, at DATE NULL, PRIMARY KEY NONCLUSTERED (id) ); GO CREATE CLUSTERED INDEX ix ON t "
                + "(at); GO"),
        (op => op.CreateTable("t",
            [new Column("a", SqlType.Text), new Column("b", SqlType.UnicodeText), new Column("c", SqlType.LargeBinary()),
                new Column("d", SqlType.Date), new Column("e", SqlType.Time), new Column("f", SqlType.DateTime)]),
            "CREATE TABLE t ( a VARCHAR(max) NULL, b NVARCHAR(max) NULL, c VARBINARY(max) NULL, d DATE NULL, e TIME NULL, f DATETIME "
                + "NULL ); GO"),
        (op => op.BulkInsert("t", ["a", "b"],
            [[1, "it's"], [true, "日本"], [null, new byte[] { 1, 255 }], [new DateTime(2026, 11, 22, 1, 2, 3), new DateOnly(2026, 11, 22)]]),
            $"{Numbering("ON")} INSERT INTO t (a, b) VALUES (1, 'it''s'); GO INSERT INTO t (a, b) VALUES (1, N'日本'); GO INSERT INTO t (a, "
                + "b) VALUES (NULL, 0x01FF); GO "
            + $"INSERT INTO t (a, b) VALUES ('2026-11-22T01:02:03.000', '20261122'); GO {Numbering("OFF")}"),
        (op => op.BulkInsert("t", ["a", "b"], [[new DateTime(2026, 11, 22).AddTicks(1), new TimeOnly(1, 2, 3)],
            [new DateTimeOffset(2026, 11, 22, 1, 2, 3, TimeSpan.FromHours(2)).AddTicks(7), "c:\\\n\\\r\nx"]]),
            $"{Numbering("ON")} INSERT INTO t (a, b) VALUES (CAST('2026-11-22T00:00:00.0000001' AS DATETIME2), '01:02:03.0000000'); GO "
            + $"INSERT INTO t (a, b) VALUES ('2026-11-22T01:02:03.0000007+02:00', ('c:\\' + ' \\' + ' x')); GO {Numbering("OFF")}"),
        (op => op.Execute("CREATE VIEW v AS SELECT 'GO' AS [GO]\ngo\n/* GO\nGO\n*/ SELECT 1 AS go\n  Go \r\nGO\n"),
            "CREATE VIEW v AS SELECT 'GO' AS [GO]; GO /* GO GO */ SELECT 1 AS go; GO"),
        (op => op.Execute("UPDATE t SET a = @go WHERE b = 'x\nGO\n'", new { go = 1 }), "UPDATE t SET a = 1 WHERE b = 'x GO '; GO"),
        (op => op.BatchAlterTable("t", batch => batch.AlterColumn("c", newColumnName: "d")), "EXEC sp_rename 't.c', d, 'COLUMN'; GO"),
    ];

    private static string Numbering(string state) =>
        "IF EXISTS (SELECT 1 FROM sys.identity_columns WHERE object_id = OBJECT_ID('t') AND name IN ('a', 'b')) SET IDENTITY_INSERT t "
        + $"{state}; GO";

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
        Assert.Contains("EXEC sys.sp_addextendedproperty 'MS_Description', N'it''s', 'SCHEMA', @schema, 'TABLE', 't', 'COLUMN', 'c';",
            script);
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
        op.CreateTable(name, [new Column("id", SqlType.Integer, primaryKey: true),
            new Column(name, SqlType.Integer, comment: name, index: true)], schema: name, comment: name);
        op.AddColumn(name, new Column(name, SqlType.Integer, unique: true), schema: name, ifNotExists: true);
        op.AlterColumn(name, name, nullable: true, type: SqlType.Text, serverDefault: name, newColumnName: name,
            comment: name, schema: name);
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
    public void Every_type_is_one_to_the_parser()
    {
        var members = typeof(SqlServerType).GetProperties(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(p => p.GetValue(null))
            .Concat(typeof(SqlServerType).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Where(m => !m.IsSpecialName && m.ReturnType == typeof(SqlServerType)).SelectMany(m => new object?[] { 3, null }
                    .Where(a => a is not null || m.GetParameters()[0].HasDefaultValue).Select(a => m.Invoke(null, [a])))).Cast<SqlType>();
        SqlType[] portable =
        [
            SqlType.SmallInteger, SqlType.Integer, SqlType.BigInteger, SqlType.Boolean, SqlType.Float, SqlType.Double, SqlType.Numeric(),
            SqlType.Numeric(9, 2), SqlType.String(), SqlType.String(9), SqlType.Text,
            SqlType.Unicode(), SqlType.Unicode(9), SqlType.UnicodeText, SqlType.LargeBinary(), SqlType.LargeBinary(9), SqlType.Date,
            SqlType.Time, SqlType.TimeTz, SqlType.DateTime, SqlType.DateTimeTz,
            SqlType.Interval, SqlType.Json, SqlType.Uuid, SqlType.Enum("e", ["a", "bc"]),
        ];
        Assert.AreEqual(Enum.GetValues<SqlTypeKind>().Length - 1, portable.DistinctBy(t => t.Kind).Count(), "a kind is missing here");
        SqlType[] all = [.. members, .. portable];
        Parse(Scripts.Of(Dialect, op => op.CreateTable("t", [.. all.Select((type, i) => new Column($"c{i}", type))])));
        // A name that is no type is taken for an alias by the parser: what the server has is known to it.
        foreach (var type in all.Where(
            t => t is not SqlServerType || Dialect.TypeName(t) is not ("HIERARCHYID" or "GEOGRAPHY" or "GEOMETRY")))
        {
            var reference = new TSql160Parser(initialQuotedIdentifiers: true)
                .ParseScalarDataType(new StringReader(Dialect.TypeName(type)), out _);
            Assert.IsTrue(reference is SqlDataTypeReference or XmlDataTypeReference, Dialect.TypeName(type));
        }
    }

    [TestMethod]
    public void What_it_cannot_do_is_said()
    {
        Assert.AreEqual(
            "MS-SQL ALTER COLUMN operations with NULL or NOT NULL require the existing_type or a new type_ be passed.",
            Assert.ThrowsExactly<AlembicException>(() => Scripts.Of(Dialect, op => op.AlterColumn("t", "c", nullable: true))).Message);
        Assert.AreEqual(
            "Foreign key 'fk': SQL Server has no deferrable constraints",
            Assert.ThrowsExactly<AlembicException>(
                () => Scripts.Of(Dialect, op => op.CreateForeignKey("fk", "t", "u", ["a"], ["b"], deferrable: true))).Message);
        Assert.AreEqual("Index 'ix': SQL Server has no method 'gin'; it has clustered and nonclustered",
            Assert.ThrowsExactly<AlembicException>(
                () => Scripts.Of(Dialect, op => op.CreateIndex("ix", "t", ["a"], method: "gin"))).Message);
        Assert.AreEqual("SQL Server needs the table of the index 'ix' to drop it",
            Assert.ThrowsExactly<AlembicException>(() => Scripts.Of(Dialect, op => op.DropIndex("ix"))).Message);
        Assert.AreEqual("Column 't.c': SQL Server cannot make an existing column an identity",
            Assert.ThrowsExactly<AlembicException>(() => Scripts.Of(Dialect, op => op.AlterColumn("t", "c", autoincrement: true))).Message);
        Assert.AreEqual("The comment of 't.c' is 3751 characters long; SQL Server allows 3750",
            Assert.ThrowsExactly<AlembicException>(
                () => Scripts.Of(Dialect, op => op.AlterColumn("t", "c", comment: new string('x', 3751)))).Message);
        var name = new string('x', 129);
        Assert.AreEqual($"The name '{name}' is 129 characters long; SQL Server allows 128",
            Assert.ThrowsExactly<AlembicException>(() => Scripts.Of(Dialect, op => op.DropTable(name))).Message);
    }

    private static void Parse(string script) => TransactSql.Parse(script);

    [TestMethod]
    public void A_guarded_script_is_taken_and_ends_as_it_began()
    {
        var start = new GuardedStart("s", "it's", "", ["a", "b"]);
        var guard = Dialect.ScriptGuard(start).Single();
        TransactSql.Parse(guard + "\nGO\n" + Dialect.ScriptGuardEnd);
        Assert.Contains("<> 'a, b'", guard);
        Assert.Contains("'This script starts at a, b, but the database is at '", guard);
        Assert.IsLessThan(guard.IndexOf("SET NOEXEC ON", StringComparison.Ordinal), guard.IndexOf("RAISERROR", StringComparison.Ordinal),
            "what comes after NOEXEC is not executed");
        Assert.AreEqual("SET NOEXEC OFF", Dialect.ScriptGuardEnd);
    }

    [TestMethod]
    [DataRow("SELECT 1\nGO 3\nSELECT 2", "SELECT 1|SELECT 1|SELECT 1|SELECT 2")]
    [DataRow("SELECT 1\r\n go \r\nSELECT 2\r\nGO", "SELECT 1|SELECT 2")]
    [DataRow("SELECT 1 AS go\nSELECT go + 3 FROM t\ngo x", "SELECT 1 AS go\nSELECT go + 3 FROM t\ngo x")]
    public void A_batch_runs_as_often_as_its_GO_says(string script, string batches) =>
        Assert.AreEqual(batches, string.Join('|', SqlServerBatches.Of(script)));

    // Before 2017 there is no STRING_AGG: the batch would not compile, and what comes after it would run unguarded.
    [TestMethod]
    public void A_guard_needs_nothing_newer_than_2016() =>
        Assert.DoesNotContain("STRING_AGG", string.Join('\n', Dialect.ScriptGuard(new GuardedStart(null, "alembic_version", "", ["a"]))));

    [TestMethod]
    public void A_connection_has_the_settings_that_indexed_views_need() =>
        Assert.Contains("SET NUMERIC_ROUNDABORT OFF", string.Join('\n', Dialect.OnConnect));
}

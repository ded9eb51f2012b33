using Alembic.Databases.Sqlite;
using Alembic.Schema;

namespace Alembic.Tests.Databases.Sqlite;

[TestClass]
public sealed class SqliteInspectorTests
{
    [TestMethod]
    public void What_only_the_text_says_is_read_too() => Assert.AreEqual(
        new Table("account",
        [
            new Column("id", SqlType.Integer, primaryKey: true, autoincrement: true),
            new Column("name", SqlType.String(50), nullable: false, unique: true, collation: "NOCASE"),
            new Column("balance", SqlType.Numeric(10, 2), serverDefault: 0),
            new Column("doubled", SqlType.Integer, computed: new Computed("balance * 2", persisted: true)),
            new Column("owner", SqlType.Integer,
                foreignKey: new ForeignKey("user.id", name: "fk_owner", onDelete: "CASCADE", deferrable: true, initially: "DEFERRED")),
            new UniqueConstraint(["name", "balance"], "uq_both"),
            new CheckConstraint("balance >= 0", "ck_balance"),
            new CheckConstraint("length(name) > 0"),
            new TableIndex("ix_lower", [Sql.Text("lower(name)"), IndexElement.Descending("balance"), "owner"], unique: true,
                where: "balance > 0"),
        ]),
        Read(
            """
            CREATE TABLE account (
                id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, -- the number
                "name" VARCHAR(50) COLLATE NOCASE NOT NULL UNIQUE,
                balance NUMERIC(10,2) DEFAULT 0,
                doubled INTEGER GENERATED ALWAYS AS (balance * 2) STORED,
                owner INTEGER CONSTRAINT fk_owner REFERENCES USER ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
                CONSTRAINT uq_both UNIQUE (Name, balance),
                CONSTRAINT ck_balance CHECK (balance >= 0),
                CHECK (length(name) > 0)
            )
            """,
            "CREATE UNIQUE INDEX ix_lower ON account (lower(name), balance DESC, OWNER) WHERE balance > 0",
            "CREATE TABLE user (id INTEGER PRIMARY KEY)").Tables[0]);

    [TestMethod]
    public void Keys_with_a_name_or_an_order_of_their_own_are_constraints()
    {
        var table =
            Read(
                "CREATE TABLE t (a INT, b INT, CONSTRAINT pk PRIMARY KEY (b, a), "
                    + "FOREIGN KEY (a, b) REFERENCES other (x, y) MATCH FULL)").Tables[0];
        Assert.AreEqual(
            new Table("t",
            [
                new Column("a", SqlType.Raw("INT"), nullable: false),
                new Column("b", SqlType.Raw("INT"), nullable: false),
                new PrimaryKeyConstraint(["b", "a"], "pk"),
                new ForeignKeyConstraint(["a", "b"], ["other.x", "other.y"], match: "FULL"),
            ]),
            table);
    }

    [TestMethod]
    [DataRow("""CREATE TABLE "Blogs" ("Id" INTEGER NOT NULL CONSTRAINT "PK_Blogs" PRIMARY KEY AUTOINCREMENT, "Url" TEXT)""")]
    [DataRow("""CREATE TABLE "Blogs" ("Id" INTEGER, "Url" TEXT, CONSTRAINT "PK_Blogs" PRIMARY KEY("Id" AUTOINCREMENT))""")]
    public void A_key_with_a_name_keeps_it_and_AUTOINCREMENT(string sql)
    {
        var table = Read(sql).Tables[0];
        Assert.AreEqual(
            new Table("Blogs", [new Column("Id", SqlType.Integer, nullable: false, autoincrement: true), new Column("Url", SqlType.Text),
                new PrimaryKeyConstraint(["Id"], "PK_Blogs")]),
            table);
        Assert.IsTrue(SqliteUnmapped.IsExpressed(CreateTableStatement.Parse(sql), table));
        Assert.AreEqual(
            """
            CREATE TABLE "Blogs" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK_Blogs" PRIMARY KEY AUTOINCREMENT,
                "Url" TEXT
            )
            """.ReplaceLineEndings("\n"),
            new SqliteDialect().CreateTableText(table, ifNotExists: false));
    }

    [TestMethod]
    public void Strings_in_double_quotes_are_read_as_strings() => Assert.AreEqual(
        new Table("t",
        [
            new Column("a", SqlType.Text),
            new Column("b", SqlType.Text, computed: new Computed("json_extract(a, '$.x')", persisted: true)),
            new CheckConstraint("a <> 'it\"s' AND \"a\" <> ''"),
            new TableIndex("i", ["a"], where: "a <> 'zz'"),
        ]),
        Read(
            """CREATE TABLE t (a TEXT, b TEXT AS (json_extract(a, "$.x")) STORED, CHECK (a <> "it""s" AND "a" <> ""))""",
            """CREATE INDEX i ON t (a) WHERE a <> "zz" """).Tables[0]);

    [TestMethod]
    public void Tables_of_sqlite_and_virtual_tables_are_left_out() =>
        Assert.AreEqual("t",
            Read("CREATE TABLE sqlite_sequence(name,seq)", "CREATE VIRTUAL TABLE v USING fts5(x)",
                "CREATE TABLE t (a)").Tables.Single().Name);

    [TestMethod]
    [DataRow("'it''s'", "it's", ServerDefaultKind.String)]
    [DataRow("\"x\"", "x", ServerDefaultKind.String)]
    [DataRow("word", "word", ServerDefaultKind.String)]
    [DataRow("''", "", ServerDefaultKind.String)]
    [DataRow("0", "0", ServerDefaultKind.Number)]
    [DataRow("- 1.50", "-1.50", ServerDefaultKind.Number)]
    [DataRow("1e5", "1e5", ServerDefaultKind.Sql)]
    [DataRow("True", "true", ServerDefaultKind.Boolean)]
    [DataRow("FALSE", "false", ServerDefaultKind.Boolean)]
    [DataRow("current_timestamp", "CURRENT_TIMESTAMP", ServerDefaultKind.Sql)]
    [DataRow("(datetime('now'))", "datetime('now')", ServerDefaultKind.Sql)]
    [DataRow("x'00ff'", "x'00ff'", ServerDefaultKind.Sql)]
    public void Defaults_are_literals_or_expressions(string text, string value, ServerDefaultKind kind)
    {
        var read = Read($"CREATE TABLE t (a TEXT DEFAULT {text})").Tables[0].Columns.Single().ServerDefault!;
        Assert.AreEqual((value, kind), (read.Value, read.Kind));
    }

    [TestMethod]
    public void A_default_of_null_is_none() =>
        Assert.IsNull(Read("CREATE TABLE t (a TEXT DEFAULT NULL)").Tables[0].Columns.Single().ServerDefault);

    [TestMethod]
    [DataRow("integer", "INTEGER")]
    [DataRow("Numeric(10,2)", "NUMERIC(10, 2)")]
    [DataRow("VARCHAR", "VARCHAR")]
    [DataRow("VARCHAR( 20 )", "VARCHAR(20)")]
    [DataRow("INT UNSIGNED", "INT UNSIGNED")]
    [DataRow("CHAR(32)", "CHAR(32)")]
    [DataRow("varchar(max)", "varchar(max)")]
    [DataRow("", "")]
    public void A_type_is_one_that_is_written_the_same_way_or_the_text_itself(string text, string written) =>
        Assert.AreEqual(written, new SqliteDialect().TypeName(Read($"CREATE TABLE t (a {text})").Tables[0].Columns.Single().Type));

    [TestMethod]
    public void An_index_of_another_tables_case_belongs_to_it() =>
        Assert.HasCount(1, Read("CREATE TABLE Big (a)", "CREATE INDEX i ON BIG (a COLLATE NOCASE)").Tables[0].Indexes.ToList());

    internal static MetaData Read(params string[] statements) => SqliteInspector.Read(statements.Select(Stored));

    private static StoredObject Stored(string sql) =>
        sql.StartsWith("CREATE TABLE", StringComparison.Ordinal) || sql.StartsWith("CREATE VIRTUAL", StringComparison.Ordinal)
        ? CreateTableStatement.Parse(sql).Name is var table ? new("table", table, table, sql) : throw new InvalidOperationException()
        : CreateIndexStatement.Parse(sql) is var index ? new("index", index.Name, index.Table, sql) : throw new InvalidOperationException();
}

using Alembic.Operations;
using Alembic.Schema;
using Npgsql;

namespace Alembic.Tests.Databases.PostgreSql;

/// <summary>Each operation on a real server, on a table with rows.</summary>
[TestClass]
public sealed class PostgreSqlOperationTests
{
    [TestMethod, DoNotParallelize]
    public void A_hundred_thousand_rows_are_inserted_in_bounded_memory()
    {
        using var database = new PostgreSqlDatabase();
        database.Op.Execute("CREATE TABLE many (id INTEGER PRIMARY KEY, name TEXT, amount DOUBLE PRECISION)");
        var rows = new ManyRows(database.Log.Clear);
        database.Op.BulkInsert("many", ["id", "name", "amount"], rows.Values());
        rows.AssertBounded();
        Assert.AreEqual("100000|5000050000|33333", database.Rows("SELECT count(*), sum(id), count(*) - count(amount) FROM many"));
    }

    [TestMethod]
    public void Each_facet_of_a_column_can_be_changed_at_once()
    {
        using var database = WithRows();
        database.Op.AlterColumn(
            "account", "name", nullable: true, type: SqlType.Text, serverDefault: "nobody", newColumnName: "title",
            comment: "it's \\ shown", existingType: SqlType.String(20));
        var column = Column(database, "title");
        Assert.AreEqual((SqlType.Text, true, (ServerDefault)"nobody", "it's \\ shown"),
            (column.Type, column.Nullable, column.ServerDefault, column.Comment));
        Assert.AreEqual("ada; bob", database.Rows("SELECT title FROM account ORDER BY id"));

        database.Op.AlterColumn("account", "title", nullable: false, serverDefault: ServerDefault.None, comment: "");
        column = Column(database, "title");
        Assert.AreEqual((false, null, null), (column.Nullable, column.ServerDefault, column.Comment));
    }

    [TestMethod]
    public void Values_are_converted_by_an_expression_and_an_old_default_does_not_stand_in_the_way()
    {
        using var database = WithRows();
        database.Op.AlterColumn("account", "note", type: SqlType.Integer, postgresqlUsing: "length(note)");
        database.Op.AlterColumn("account", "note", serverDefault: 5);
        database.Op.AlterColumn("account", "note", type: SqlType.Boolean, serverDefault: true, existingServerDefault: 5,
            postgresqlUsing: "note > 0");
        Assert.AreEqual("True; ∅", database.Rows("SELECT note FROM account ORDER BY id"));
        Assert.AreEqual((ServerDefault)true, Column(database, "note").ServerDefault);
    }

    [TestMethod]
    public void A_column_comes_with_what_stands_beside_it_and_goes()
    {
        using var database = WithRows();
        database.Op.AddColumn("account",
            new Column("boss", SqlType.Integer, index: true, unique: false, foreignKey: new ForeignKey("account.id", onDelete: "SET NULL"),
                comment: "who"));
        database.Op.AddColumn("account", new Column("boss", SqlType.Integer), ifNotExists: true);
        database.Op.Execute("UPDATE account SET boss = 1 WHERE id = @id", new { id = 2 });
        database.Op.Execute("DELETE FROM account WHERE id = 1");
        Assert.AreEqual("2|∅", database.Rows("SELECT id, boss FROM account"));
        Assert.AreEqual("ix_account_boss", database.Inspect().Tables.Single().Indexes.Single().Name);
        database.Op.DropColumn("account", "boss");
        database.Op.DropColumn("account", "boss", ifExists: true);
        Assert.HasCount(3, database.Inspect().Tables.Single().Columns);
    }

    [TestMethod]
    public void Constraints_hold_and_can_be_dropped()
    {
        using var database = WithRows();
        database.Op.CreateUniqueConstraint("uq", "account", ["name"]);
        database.Op.CreateCheckConstraint("ck", "account", "length(name) > 1");
        database.Op.CreateTable("item", [new Column("a", SqlType.Integer), new Column("b", SqlType.Integer)]);
        database.Op.CreatePrimaryKey("pk", "item", ["b", "a"]);
        database.Op.CreateForeignKey("fk", "item", "account", ["a"], ["id"], onDelete: "CASCADE", onUpdate: "SET NULL", deferrable: true,
            initially: "DEFERRED", match: "FULL");
        var item = database.Inspect().Tables.Single(t => t.Name == "item");
        Assert.AreEqual(new PrimaryKeyConstraint(["b", "a"], "pk"), item.PrimaryKey);
        Assert.AreEqual(new ForeignKeyConstraint(["a"], ["account.id"], "fk", "CASCADE", "SET NULL", true, "DEFERRED", "FULL"),
            item.ForeignKeys.Single());

        database.Op.DropConstraint("fk", "item", ConstraintType.ForeignKey);
        database.Op.DropConstraint("pk", "item");
        database.Op.DropConstraint("uq", "account");
        database.Op.DropConstraint("ck", "account");
        database.Op.DropConstraint("ck", "account", ifExists: true);
        database.Op.BulkInsert("account", ["name"], [["a"], ["ada"]]);
        Assert.IsNull(database.Inspect().Tables.Single(t => t.Name == "item").PrimaryKey);
    }

    [TestMethod]
    public void Indexes_have_expressions_conditions_methods_and_passengers()
    {
        using var database = WithRows();
        database.Op.AddColumn("account", new Column("tags", PostgreSqlType.Array(SqlType.Text)));
        database.Op.CreateIndex("ix_expression", "account", [Sql.Text("lower(name)"), "note", Sql.Text("id DESC")], unique: true,
            where: "id > 0");
        database.Op.CreateIndex("ix_gin", "account", ["tags"], method: "gin", ifNotExists: true);
        database.Op.CreateIndex("ix_include", "account", ["name"], include: ["note", "id"]);
        Assert.AreEqual(
            "ix_expression lower(name::text),note,id DESC  True id > 0; ix_gin tags gin False ; ix_include name  False  (note,id)",
            string.Join("; ", database.Inspect().Tables.Single().Indexes.Select(i =>
                $"{i.Name} {string.Join(',', i.Columns)} {i.Method} {i.Unique} "
                    + $"{i.Where}{(i.Include.Count == 0 ? "" : $" ({string.Join(',', i.Include)})")}")));
        database.Op.DropIndex("ix_gin", "account");
        database.Op.DropIndex("ix_gin", ifExists: true);
        Assert.HasCount(2, database.Inspect().Tables.Single().Indexes);
    }

    [TestMethod]
    public void An_index_is_made_and_dropped_concurrently_in_an_autocommit_block()
    {
        using var database = WithRows();
        database.Op.AutocommitBlock(() => database.Op.CreateIndex("ix", "account", ["name"], concurrently: true, ifNotExists: true));
        Assert.AreEqual("ix", database.Inspect().Tables.Single().Indexes.Single().Name);
        Assert.AreEqual(
            "PostgreSQL cannot create or drop an index concurrently inside a transaction",
            Assert.ThrowsExactly<AlembicException>(() => database.Op.DropIndex("ix", concurrently: true)).Message);
        database.Op.AutocommitBlock(() => database.Op.DropIndex("ix", concurrently: true, ifExists: true));
        Assert.IsEmpty(database.Inspect().Tables.Single().Indexes);
    }

    [TestMethod]
    public void An_enum_is_made_once_and_used_by_all()
    {
        using var database = WithRows();
        var mood = SqlType.Enum("Mood of", ["happy", "it's \\ sad"]);
        database.Op.CreateTable("one", [new Column("m", mood, serverDefault: "happy"), new Column("n", mood)]);
        database.Op.CreateTable("two", [new Column("m", PostgreSqlType.Array(mood))]);
        database.Op.AddColumn("account", new Column("m", mood, serverDefault: "it's \\ sad"));
        database.Op.AlterColumn("account", "note", type: mood, postgresqlUsing: "NULL");
        database.Op.DropTable("one");
        database.Op.CreateTable("one", [new Column("m", mood, serverDefault: "happy")]);
        Assert.AreEqual("∅|it's \\ sad; ∅|it's \\ sad", database.Rows("SELECT note, m FROM account"));
        Assert.AreEqual((mood, (ServerDefault)"it's \\ sad"), (Column(database, "m").Type, Column(database, "m").ServerDefault));

        var exception = Assert.ThrowsExactly<AlembicException>(
            () => database.Op.CreateTable("three", [new Column("m", SqlType.Enum("Mood of", ["angry"]))]));
        Assert.AreEqual("The enum type 'Mood of' exists with other values: happy, it's \\ sad instead of angry", exception.Message);
    }

    [TestMethod]
    public void Text_becomes_an_enum_by_itself()
    {
        using var database = WithRows();
        database.Op.AlterColumn("account", "name", type: SqlType.Enum("person", ["ada", "bob"]));
        database.Op.AlterColumn("account", "name", type: SqlType.Enum("people", ["bob", "ada", "cyd"]));
        Assert.AreEqual("bob; ada", database.Rows("SELECT name FROM account ORDER BY name"));
    }

    [TestMethod]
    [DataRow("ünï 表 😀")]
    [DataRow("Mixed.Case; x'y \"z\" \\ --")]
    [DataRow("$$ @name :name {0}")]
    public void Any_name_is_kept_as_it_is(string name)
    {
        using var database = new PostgreSqlDatabase();
        database.Op.Execute($"CREATE SCHEMA {PostgreSqlDatabase.Dialect.Quote(name)}");
        database.Op.CreateTable(
            name,
            [
                new Column(name, SqlType.Integer, primaryKey: true, comment: name),
                new Column(name + "2", SqlType.Enum(name + "3", [name]), serverDefault: name),
                new UniqueConstraint([name + "2"], name + "4"),
                new TableIndex(name + "5", [name + "2"]),
            ],
            schema: name, comment: name);
        database.Op.AddColumn(name, new Column(name + "6", SqlType.Text), schema: name);
        database.Op.AlterColumn(name, name + "6", newColumnName: name + "7", comment: name, schema: name);
        database.Op.BulkInsert(name, [name + "7"], [[name]], schema: name);
        var table = database.Inspect(allSchemas: true).Tables.Single();
        Assert.AreEqual((name, name, name), (table.Schema, table.Name, table.Comment));
        Assert.AreEqual($"{name}, {name}2, {name}7", string.Join(", ", table.Columns.Select(c => c.Name)));
        Assert.AreEqual($"1|{name}|{name}", database.Rows($"SELECT * FROM {PostgreSqlDatabase.Dialect.Quote(name, name)}"));
        Assert.IsTrue(PostgreSqlDatabase.Dialect.HasTable(database.Session, name, name));
        Assert.IsFalse(PostgreSqlDatabase.Dialect.HasTable(database.Session, null, name));
        Assert.IsEmpty(database.Inspect().Tables);
    }

    [TestMethod]
    public void Values_come_back_as_they_went_in_as_literals_and_as_parameters()
    {
        using var database = new PostgreSqlDatabase();
        (SqlType Type, object? Value, string Expected)[] values =
        [
            (SqlType.Text, "it's \\ \"x\" \n 😀 @p :p", "it's \\ \"x\" \n 😀 @p :p"), (SqlType.Integer, -5, "-5"),
            (SqlType.BigInteger, long.MinValue, "-9223372036854775808"),
            (SqlType.Numeric(), 1.50m, "1.50"), (SqlType.Double, 1e300, "1E+300"), (SqlType.Double, double.NaN, "NaN"),
            (SqlType.Boolean, true, "True"), (SqlType.Integer, null, "∅"),
            (SqlType.Date, new DateOnly(2026, 2, 28), "2026-02-28"), (SqlType.Time, new TimeOnly(1, 2, 3, 456), "01:02:03.456"),
            (SqlType.DateTime, new DateTime(2026, 1, 2, 3, 4, 5), "2026-01-02 03:04:05"),
            (SqlType.DateTimeTz, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)), "2026-01-02 01:04:05+00"),
            (SqlType.DateTimeTz, new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), "2026-01-02 03:04:05+00"),
            (SqlType.Interval, new TimeSpan(-1, -2, -3, -4), "-1 days -02:03:04"),
            (SqlType.Interval, new TimeSpan(1, 2, 3, 4), "1 day 02:03:04"),
            (SqlType.Uuid, new Guid("00112233-4455-6677-8899-aabbccddeeff"), "00112233-4455-6677-8899-aabbccddeeff"),
            (SqlType.LargeBinary(), new byte[] { 0, 255 }, "\\x00ff"),
            (SqlType.Numeric(), ulong.MaxValue, "18446744073709551615"),
            (PostgreSqlType.Array(SqlType.Text), new[] { "a\"b", "NULL", "c\\d" }, "{\"a\\\"b\",\"NULL\",\"c\\\\d\"}"),
            (PostgreSqlType.Array(SqlType.Integer), new[] { 1, 2 }, "{1,2}"), (PostgreSqlType.Jsonb, "{\"a\": 1}", "{\"a\": 1}"),
            (PostgreSqlType.Inet, "::1", "::1/128"),
        ];
        database.Op.Execute("SET TIME ZONE 'UTC'");
        foreach (var (type, value, expected) in values)
        {
            database.Op.CreateTable("v", [new Column("v", type)]);
            database.Op.BulkInsert("v", ["v"], [[value]]);
            database.Op.Execute("INSERT INTO v VALUES (@v)", new { v = value });
            var rows = database.Rows(type.Kind is SqlTypeKind.Double or SqlTypeKind.Boolean ? "SELECT v FROM v" : "SELECT v::text FROM v");
            Assert.AreEqual($"{expected}; {expected}", rows);
            database.Op.DropTable("v");
        }
    }

    [TestMethod]
    public void A_failed_statement_is_taken_back_with_all_before_it()
    {
        using var database = WithRows();
        database.Session.Commit();
        database.Session.Begin();
        database.Op.DropColumn("account", "note");
        Assert.ThrowsExactly<PostgresException>(() => database.Op.DropColumn("account", "nothing"));
        database.Session.Rollback();
        database.Session.Begin();
        Assert.AreEqual("x; ∅", database.Rows("SELECT note FROM account ORDER BY id"));
    }

    private static PostgreSqlDatabase WithRows()
    {
        var database = new PostgreSqlDatabase();
        database.Op.CreateTable("account", [new Column("id", SqlType.Integer, primaryKey: true),
            new Column("name", SqlType.String(20), nullable: false), new Column("note", SqlType.Text)]);
        database.Op.BulkInsert("account", [new { name = "ada", note = (string?)"x" }, new { name = "bob", note = (string?)null }]);
        return database;
    }

    private static Column Column(PostgreSqlDatabase database, string name) =>
        database.Inspect().Tables.Single(t => t.Name == "account").Columns.Single(c => c.Name == name);
}

using Alembic.Autogenerate;
using Alembic.Operations;
using Alembic.Schema;
using Alembic.Tests.Databases.PostgreSql;

namespace Alembic.Tests.Autogenerate;

/// <summary>What is in the way of a change steps aside, and what it needs comes first; the way back is the same.</summary>
[TestClass]
public sealed class DependencyTests
{
    private static Column Id => new("id", SqlType.Integer, primaryKey: true);

    [TestMethod]
    [DataRow("ix_new", "pid", "x", "y")]
    [DataRow("ix_old", "pid", "y")]
    [DataRow("ix_old")]
    public void An_index_that_a_foreign_key_needs_is_replaced_or_given_up_on_mariadb(string name, params string[] columns)
    {
        using var database = LiveDatabase.Open("mariadb");
        MetaData Of(string index, params string[] over) => new(
        [
            new Table("parent", [Id, new Column("a", SqlType.Integer), new Column("b", SqlType.Integer),
                .. over.Length == 0 ? [] : new SchemaItem[] { new TableIndex("ix_parent", over[0] == "pid" ? ["a", "b"] : ["a"]) }]),
            new Table("child", [Id, new Column("pid", SqlType.Integer), new Column("x", SqlType.Integer), new Column("y", SqlType.Integer),
                new ForeignKeyConstraint(["pid"], ["parent.id"], "fk_child"),
                .. over.Length == 0 ? [] : new SchemaItem[] { new TableIndex(index, [.. over.Select(c => (IndexElement)c)]) }]),
        ]);
        There(database, Of("ix_old", "pid", "x"), Of(name, columns));
    }

    [TestMethod]
    [DataRow("one", "two", DisplayName = "in the usual order")]
    [DataRow("two", "one", DisplayName = "in the other order")]
    public void A_table_goes_after_those_whose_columns_have_its_rows_and_comes_before_them(string of, string with)
    {
        using var database = new PostgreSqlDatabase();
        var journey = new Journey(PostgreSqlDatabase.Dialect, database.Session) { AllSchemas = true };
        database.Op.Execute("CREATE SCHEMA other");
        var model = new MetaData([new Table(of, [Id], "other"), new Table("kept", [Id]), new Table(with, [Id,
            new Column("row", SqlType.Raw($"other.{of}")), new Column("rows", PostgreSqlType.Array(SqlType.Raw($"other.{of}")))])]);
        journey.Make(model, new MetaData([new Table("kept", [Id])]));
        journey.Make(new MetaData([new Table("kept", [Id])]), model);
        journey.Make(model, new MetaData([.. model.Tables.Take(2), new Table(with, [Id])]));
    }

    [TestMethod]
    public void The_key_that_a_foreign_key_points_to_is_replaced_on_mariadb()
    {
        using var database = LiveDatabase.Open("mariadb");
        MetaData Of(params SchemaItem[] keys) => new(
        [
            new Table("parent",
                [Id, new Column("a", SqlType.Integer, nullable: false), new Column("b", SqlType.Integer, nullable: false), .. keys]),
            new Table("child", [Id, new Column("pa", SqlType.Integer), new ForeignKeyConstraint(["pa"], ["parent.a"], "fk_child")]),
        ]);
        There(database, Of(new TableIndex("ix_a", ["a", "b"])), Of(new UniqueConstraint(["a"], "uq_a")));
        There(database, Of(new UniqueConstraint(["a"], "uq_a")), Of(new TableIndex("uq_a", ["a", "b"])));
    }

    [TestMethod]
    public void An_index_takes_the_place_of_a_foreign_keys_own_on_mariadb_and_gives_it_back()
    {
        using var database = LiveDatabase.Open("mariadb");
        MetaData Of(params SchemaItem[] more) => new(
        [
            new Table("child",
                [Id, new Column("pid", SqlType.Integer), new ForeignKeyConstraint(["pid"], ["child.id"], "fk_child"), .. more]),
        ]);
        There(database, Of(), Of(new TableIndex("ix_child", ["pid"]), new UniqueConstraint(["pid", "id"], "uq_child")));
    }

    // The server's own index would give way to it, and not come back.
    [TestMethod]
    public void A_new_foreign_key_comes_after_the_index_over_its_columns_whatever_that_waits_for()
    {
        using var database = LiveDatabase.Open("mariadb");
        Table Of(SqlType number, params SchemaItem[] more) =>
            new("t", [Id, new Column("pid", SqlType.Integer), new Column("number", number), .. more]);
        var parent = new Table("parent", [Id]);
        There(database,
            new MetaData([parent, Of(SqlType.SmallInteger, new TableIndex("uq", ["id", "number"], unique: true)),
                new Table("u", [Id, new Column("pid", SqlType.Integer, foreignKey: new ForeignKey("t.id"))])]),
            new MetaData([parent, Of(SqlType.Integer, new TableIndex("ix", ["pid", "number"]),
                new ForeignKeyConstraint(["pid"], ["parent.id"], "fk"))]));
    }

    [TestMethod]
    public void A_foreign_key_waits_for_the_last_of_the_keys_that_it_could_hang_on()
    {
        using var database = LiveDatabase.Open("postgresql");
        Table Parent(params SchemaItem[] keys) => new("parent",
            [new Column("id", SqlType.Integer, nullable: false, autoincrement: false),
                new Column("part", SqlType.Integer, nullable: false), .. keys]);
        There(database, new MetaData([Parent(new PrimaryKeyConstraint(["id"], "pk_old"))]),
            new MetaData([Parent(new PrimaryKeyConstraint(["part", "id"], "pk_new"), new UniqueConstraint(["id"], "uq_parent")),
                new Table("a_child", [Id, new Column("pid", SqlType.Integer, foreignKey: new ForeignKey("parent.id"))])]));
    }

    [TestMethod]
    [DataRow("postgresql")]
    [DataRow("mariadb")]
    [DataRow("mysql")]
    public void A_key_that_has_its_values_from_another_table_is_not_numbered_where_its_foreign_key_comes_later(string kind)
    {
        using var database = LiveDatabase.Open(kind);
        var type = kind == "postgresql" ? SqlType.Integer : MySqlType.UnsignedInteger;
        Table Of(string name, params SchemaItem[] items) => new(name, items);
        var model = new MetaData(
        [
            Of("detail", new Column("item_id", type, primaryKey: true, foreignKey: new ForeignKey("item.id"))),
            Of("item", new Column("id", type, primaryKey: true), new Column("main", type, foreignKey: new ForeignKey("detail.item_id"))),
        ]);
        var operations = database.Compare(model).UpgradeOperations;
        Assert.IsTrue(operations.OfType<CreateTable>().Any(t => t.Table.Name == "detail" && !t.Table.ForeignKeys.Any()));
        database.Run(operations);
        var read = database.Inspect();
        Assert.AreNotEqual(true, read.Tables.Single(t => t.Name == "detail").Columns.Single().Autoincrement);
        // Nor does the baseline take it for more than a table can say.
        Assert.IsFalse(database.Dialect.UnmappedObjects(database.Session, read, allSchemas: false)
            .Any(u => u.Name == "detail" && u.Instead.Count > 0));
    }

    [TestMethod]
    public void What_inherits_comes_after_the_changes_of_its_table_and_goes_before_them()
    {
        using var database = LiveDatabase.Open("postgresql");
        Table Parent(params Column[] more) => new("parent", [Id, .. more]);
        Table Child(string name) =>
            new(name, [new Column("extra", SqlType.Integer)], options: new DialectOptions([("postgresql_inherits", "parent")]));
        There(database, new MetaData([Parent(), Child("old")]),
            new MetaData([Parent(new Column("counted", SqlType.Integer, nullable: false, identity: new Identity())), Child("a_new")]));
    }

    [TestMethod]
    [DataRow("sqlite")]
    [DataRow("postgresql")]
    public void A_table_takes_the_name_of_an_index_that_goes(string kind)
    {
        using var database = LiveDatabase.Open(kind);
        var from = new MetaData([new Table("t", [Id, new Column("a", SqlType.Integer), new TableIndex("things", ["a"])])]);
        There(database, from, new MetaData([new Table("t", [Id, new Column("a", SqlType.Integer)]), new Table("things", [Id])]));
        There(database, new MetaData([new Table("things", [Id]), new Table("t", [Id])]),
            new MetaData([new Table("t", [Id, new Column("a", SqlType.Integer), new TableIndex("things", ["a"])])]));
    }

    [TestMethod]
    [DataRow("sqlite")]
    [DataRow("postgresql")]
    [DataRow("mariadb")]
    public void A_computed_column_changes_with_what_it_is_computed_of(string kind)
    {
        using var database = LiveDatabase.Open(kind);
        MetaData Of(SqlType type, string? comment, SqlType own) => new([new Table("t", [Id, new Column("a", type),
            new Column("b", own, comment: database.Dialect.HasComments ? comment : null, computed: new Computed("a + 1", persisted: true)),
            new TableIndex("ix_b", ["b"])])]);
        There(database, Of(SqlType.Integer, "one", SqlType.Integer), Of(SqlType.BigInteger, "two", SqlType.Integer));
        There(database, Of(SqlType.Integer, "one", SqlType.Integer), Of(SqlType.Integer, "two", SqlType.BigInteger));
        There(database, Of(SqlType.Integer, "one", SqlType.Integer), Of(SqlType.BigInteger, null, SqlType.BigInteger));
    }

    [TestMethod]
    public void An_enum_type_goes_after_the_tables_and_comes_before_them_whatever_these_wait_for()
    {
        using var database = LiveDatabase.Open("postgresql");
        Table Of(string name, string other) => new(name, [Id, new Column("pid", SqlType.Integer, foreignKey: new ForeignKey($"{other}.id")),
            new Column("mood", SqlType.Enum("mood", ["good", "bad"]))]);
        var stays = new Table("stays", [Id]);
        There(database, new MetaData([Of("a", "b"), Of("b", "a"), Of("c", "a"), stays]), new MetaData([stays]));
        // A name moves between a type and a table.
        There(database, new MetaData([Of("a", "a"), stays]), new MetaData([stays, new Table("mood", [Id])]));
    }

    [TestMethod]
    public void An_inherited_column_need_not_be_repeated()
    {
        using var database = LiveDatabase.Open("postgresql");
        DialectOptions inherits = new() { ["postgresql_inherits"] = "parent" };
        database.Run(new Execute("CREATE TABLE parent (id integer NOT NULL, a text)"),
            new Execute("CREATE TABLE child (b text) INHERITS (parent)"));
        Table Parent(params SchemaItem[] more) => new("parent", [new Column("id", SqlType.Integer, nullable: false), .. more]);
        var child = new Table("child", [new Column("b", SqlType.Text)], options: inherits);
        database.Nothing(database.Compare(new MetaData([Parent(new Column("a", SqlType.Text)), child])));
        var comparison = database.Compare(new MetaData([Parent(), child]));
        Assert.AreEqual("parent", ((DropColumn)comparison.UpgradeOperations.Single()).Table);
        database.Run(comparison.UpgradeOperations);
        database.Nothing(database.Compare(new MetaData([Parent(), child])));
    }

    [TestMethod]
    [DataRow("postgresql")]
    [DataRow("mariadb")]
    public void A_schema_that_is_not_there_is_created(string kind)
    {
        using var database = LiveDatabase.Open(kind);
        var name = $"{database.Rows(kind == "mariadb" ? "SELECT DATABASE()" : "SELECT current_schema()")}_sales";
        var model = new MetaData([new Table("region", [Id], name),
            new Table("shop", [Id, new Column("region_id", SqlType.Integer, foreignKey: new ForeignKey($"{name}.region.id"))], name)]);
        var comparison = Compare.Schemas(model, Only(database.Inspect(allSchemas: true), name), database.Dialect);
        try
        {
            Assert.AreEqual(new CreateSchema(name), comparison.UpgradeOperations[0]);
            Assert.AreEqual($"Detected added schema '{name}'", comparison.Log[0].Message);
            database.Run(comparison.UpgradeOperations);
            database.Nothing(Compare.Schemas(model, Only(database.Inspect(allSchemas: true), name), database.Dialect));
            database.Run(comparison.DowngradeOperations);
            Assert.DoesNotContain(name, database.Inspect(allSchemas: true).SchemaNames!);
        }
        finally
        {
            database.Run(new Execute($"DROP SCHEMA IF EXISTS {name}"));
        }
    }

    private static MetaData Only(MetaData database, string schema) =>
        database with { Tables = [.. database.Tables.Where(t => t.Schema is null || t.Schema == schema)] };

    // There and back, each time with nothing left to be found, and nothing left at the end.
    private static void There(LiveDatabase database, MetaData from, MetaData to)
    {
        database.Run(database.Compare(from).UpgradeOperations);
        var (start, comparison) = (Journey.Text(Named(database)), database.Compare(to));
        database.Run(comparison.UpgradeOperations);
        database.Nothing(database.Compare(to));
        database.Run(comparison.DowngradeOperations);
        database.Nothing(database.Compare(from));
        Assert.AreEqual(start, Journey.Text(Named(database)));
        database.Run(database.Compare(new MetaData([])).UpgradeOperations);
    }

    // MariaDB's own index of a foreign key stays where it was made again.
    private static MetaData Named(LiveDatabase database) =>
        database.Inspect() is var found && database.Dialect.Name != "mariadb" ? found : found with
    {
        Tables = [
            .. found.Tables.Select(t => t with
            {
                Items = [.. t.Items.Where(i => i is not TableIndex { Name: { } name } || !name.StartsWith("fk_", StringComparison.Ordinal))]
            })],
    };
}

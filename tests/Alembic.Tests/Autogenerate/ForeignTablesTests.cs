using Alembic.Autogenerate;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Autogenerate;

/// <summary>What is not the model's business: other tools' tables, other schemas, what a filter leaves out.</summary>
[TestClass]
public sealed class ForeignTablesTests
{
    [TestMethod]
    public void What_an_extension_owns_is_not_there()
    {
        using var database = LiveDatabase.Open("postgresql");
        // Any extension can take a table over, as PostGIS has spatial_ref_sys.
        database.Run(new Execute("CREATE TABLE spatial_ref_sys (srid integer PRIMARY KEY)"),
            new Execute("ALTER EXTENSION plpgsql ADD TABLE spatial_ref_sys"), new Execute("CREATE TABLE ours (id integer)"));
        Assert.AreEqual("ours", ((DropTable)database.Compare(new MetaData([])).UpgradeOperations.Single()).Table);
        Assert.IsFalse(database.Dialect.UnmappedObjects(database.Session, database.Inspect(), false).Any(u => u.Name == "spatial_ref_sys"));
    }

    [TestMethod]
    [DataRow("alembic_version")]
    [DataRow("alembic_history")]
    [DataRow("__EFMigrationsHistory")]
    [DataRow("__EFMigrationsLock")]
    public void Another_tools_table_is_dropped_by_nobody_and_kept_up_by_a_model_that_has_it(string name)
    {
        var table = new Table(name, [new Column("id", SqlType.Integer)]);
        var options = new ComparisonOptions { VersionTable = "ours" };
        Assert.IsTrue(Compare.Schemas(new MetaData([]), new MetaData([table]), PlainDialect.Sqlite, options).IsEmpty);
        Assert.HasCount(1, Compare.Schemas(new MetaData([table]), new MetaData([]), PlainDialect.Sqlite, options).Upgrade);
        Assert.HasCount(1,
            Compare.Schemas(new MetaData([table with { Items = [.. table.Items, new Column("a", SqlType.Text)] }]), new MetaData([table]),
                PlainDialect.Sqlite, options).Upgrade);
    }

    [TestMethod]
    public void A_schema_is_left_out_by_its_name()
    {
        using var database = LiveDatabase.Open("postgresql");
        database.Run(
            new Execute(
                "CREATE SCHEMA one; CREATE SCHEMA two; CREATE TABLE one.a (id integer); CREATE TABLE two.b (id integer); CREATE TABLE c "
                    + "(id integer)"));
        List<SchemaObject> asked = [];
        var options = new ComparisonOptions
        {
            IncludeName = o => { asked.Add(o); return o is not { Kind: SchemaObjectKind.Schema, Name: "two" }; }
        };
        CollectionAssert.AreEquivalent(
            new[] { "a", "c" },
            Compare.Schemas(new MetaData([]), database.Inspect(allSchemas: true), database.Dialect,
                options).UpgradeOperations.OfType<DropTable>().Select(d => d.Table).ToList());
        Assert.Contains(new SchemaObject("a", SchemaObjectKind.Table) { Schema = "one", IsReflected = true }, asked);
        Assert.AreEqual("c", database.Inspect().Tables.Single().Name);
    }

    [TestMethod]
    [DataRow("sqlite")]
    [DataRow("postgresql")]
    [DataRow("mariadb")]
    public void A_column_that_is_left_out_is_neither_dropped_nor_changed(string kind)
    {
        using var database = LiveDatabase.Open(kind);
        database.Run(
            new CreateTable(new Table("t", [new Column("id", SqlType.Integer, primaryKey: true),
                new Column("theirs", SqlType.Text, serverDefault: null), new Column("gone", SqlType.Text)])));
        var model = new MetaData([
            new Table("t", [new Column("id", SqlType.Integer, primaryKey: true), new Column("theirs", SqlType.Integer, nullable: false)])]);
        var comparison = database.Compare(model,
            new ComparisonOptions { IncludeObject = o => o is not { Kind: SchemaObjectKind.Column, Table: "t", Name: "theirs" } });
        Assert.AreEqual("gone", ((DropColumn)comparison.UpgradeOperations.Single()).Column);
    }

    [TestMethod]
    [DataRow("sqlite")]
    [DataRow("postgresql")]
    [DataRow("mariadb")]
    public void What_is_about_a_column_that_is_left_out_is_left_out_with_it(string kind)
    {
        using var database = LiveDatabase.Open(kind);
        Column id = new("id", SqlType.Integer, primaryKey: true), theirs = new("theirs", SqlType.Integer);
        database.Run(
            new CreateTable(new Table("t", [id, theirs, new Column("ours", SqlType.Integer), new TableIndex("ix", ["ours", "theirs"]),
                new UniqueConstraint(["theirs"], "uq"),
            new ForeignKeyConstraint(["theirs"], ["t.id"], "fk"), new CheckConstraint("theirs > ours", "ck")])));
        database.Nothing(database.Compare(new MetaData([new Table("t", [id, new Column("ours", SqlType.Integer)])]),
            new ComparisonOptions { IncludeObject = o => o.Name != "theirs" }));
    }

    [TestMethod]
    [DataRow("sqlite")]
    [DataRow("postgresql")]
    [DataRow("mariadb")]
    public void A_foreign_key_that_is_left_out_steps_aside_and_comes_back(string kind)
    {
        using var database = LiveDatabase.Open(kind);
        var options = new ComparisonOptions { IncludeObject = o => o.Kind != SchemaObjectKind.ForeignKey };
        Table Of(string name, SqlType type, params SchemaItem[] more) =>
            new(name, [new Column("id", type, primaryKey: true), new Column("a", type), .. more]);
        Table[] both = [Of("one", SqlType.Integer), Of("two", SqlType.Integer, new ForeignKeyConstraint(["a"], ["one.id"], "fk_theirs"))];
        database.Run(both.Select(t => new CreateTable(t)));
        database.Run(new Execute("INSERT INTO one (id) VALUES (1)"), new Execute("INSERT INTO two (id, a) VALUES (1, 1)"));
        var plain = new MetaData([Of("one", SqlType.Integer), Of("two", SqlType.Integer)]);
        database.Nothing(database.Compare(plain, options));
        var start = Journey.Text(database.Inspect());
        foreach (var model in new[] { new MetaData([Of("one", SqlType.BigInteger), Of("two", SqlType.BigInteger)]), new MetaData([]) })
        {
            var there = database.Compare(model, options);
            database.Run(there.UpgradeOperations);
            database.Nothing(database.Compare(model, options));
            database.Run(there.DowngradeOperations);
            Assert.AreEqual(start, Journey.Text(database.Inspect()));
        }
    }
}

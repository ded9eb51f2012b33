using Alembic.Autogenerate;
using Alembic.Databases;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Autogenerate;

/// <summary>A table is the same whether its schema or its case is said or not, where the server says that it is.</summary>
[TestClass]
public sealed class OwnSchemaTests
{
    private static Column Id => new("id", SqlType.Integer, primaryKey: true);

    [TestMethod]
    [DataRow("sqlite", "main")]
    [DataRow("postgresql", "public")]
    [DataRow("mariadb", null)]
    [DataRow("sqlite", "")]
    [DataRow("postgresql", "")]
    [DataRow("mariadb", "")]
    public void The_connections_own_schema_may_be_named(string kind, string? schema)
    {
        using var database = LiveDatabase.Open(kind);
        schema ??= database.Rows("SELECT DATABASE()");
        MetaData Of(string? of) => new(
        [
            new Table("account", [Id, new Column("mood", SqlType.Enum("mood", ["good", "bad"], kind == "postgresql" ? of : null))], of),
            new Table("post",
                [Id, new Column("account_id", SqlType.Integer,
                    foreignKey: new ForeignKey(ForeignKeyConstraint.TargetOf(of, "account", "id"), name: "fk_post"))], of),
            new Table("our_versions", [new Column("version_num", SqlType.String(32), primaryKey: true)], of),
        ]);
        database.Run(database.Compare(Of(null)).UpgradeOperations);
        database.Nothing(database.Compare(Of(schema)));
        database.Nothing(database.Compare(new MetaData(Of(null).Tables, schema)));
        var options = new ComparisonOptions { VersionTable = "our_versions", VersionTableSchema = schema };
        database.Nothing(database.Compare(new MetaData([.. Of(schema).Tables.Take(2)]), options));

        var renames = new ComparisonOptions { Renames = [new Rename("post", null, "entry", schema)] };
        var renamed = database.Compare(
            new MetaData([.. Of(schema).Tables.Select(t => t.Name == "post" ? t with { Name = "entry" } : t)]), renames);
        Assert.AreEqual(new RenameTable("post", "entry"), renamed.UpgradeOperations.Single());
    }

    [TestMethod]
    public void Another_schema_of_the_same_tables_is_another()
    {
        using var database = LiveDatabase.Open("postgresql");
        database.Run(new Execute("CREATE SCHEMA other"), new CreateTable(new Table("account", [Id])));
        var comparison = database.Compare(new MetaData([new Table("account", [Id]), new Table("account", [Id], "other")]));
        Assert.AreEqual("other", ((CreateTable)comparison.UpgradeOperations.Single()).Table.Schema);
    }

    [TestMethod]
    public void Names_that_the_server_folds_are_the_same_table()
    {
        var dialect = Dialects.Find("mariadb")!;
        MetaData Of(string customers, string orders, string target) => new(
        [
            new Table(customers, [Id]),
            new Table(orders,
                [Id, new Column("customer_id", SqlType.Integer, foreignKey: new ForeignKey($"{target}.id", name: "fk_orders"))]),
        ]);
        var server = Of("customers", "orders", "customers") with { IgnoresTableCase = true, OwnSchema = "shop" };
        Assert.IsTrue(Compare.Schemas(Of("Customers", "Orders", "Customers"), server, dialect).IsEmpty);
        Assert.IsTrue(Compare.Schemas(Of("Customers", "Orders", "customers"), server, dialect).IsEmpty);
        Assert.IsTrue(Compare.Schemas(new MetaData(Of("Customers", "Orders", "Customers").Tables, "Shop"), server, dialect).IsEmpty);
        Assert.HasCount(2,
            Compare.Schemas(Of("Customers", "orders", "customers"), server with { IgnoresTableCase = false },
                dialect).UpgradeOperations.Where(o => o is CreateTable or DropTable));
    }
}

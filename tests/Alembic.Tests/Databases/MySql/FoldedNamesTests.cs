using Alembic.Autogenerate;
using Alembic.Operations;
using Alembic.Schema;
using Alembic.Tests.Autogenerate;

namespace Alembic.Tests.Databases.MySql;

/// <summary>A server that stores the names of tables in lower case, as on Windows: the model's names are those tables.</summary>
[TestClass]
public sealed class FoldedNamesTests
{
    private static Column Id => new("Id", SqlType.Integer, primaryKey: true);

    private static MetaData Model(params Column[] more) => new(
    [
        new Table("Customers", [Id, new Column("Name", SqlType.String(40)), .. more]),
        new Table(
            "Orders",
            [
                Id, new Column("CustomerId", SqlType.Integer),
                new ForeignKeyConstraint(["CustomerId"], ["Customers.Id"], "FK_Orders_Customers"),
                new TableIndex("IX_Orders_CustomerId", ["CustomerId"]),
            ]),
    ]);

    [TestMethod]
    public void Tables_of_the_model_are_found_and_keep_their_rows()
    {
        using var database = new MariaDbDatabase(MySqlServer.Folding);
        database.Run(database.Compare(Model()).UpgradeOperations);
        Assert.AreEqual("customers; orders",
            database.Rows("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY 1"));
        MariaDbDatabase.Nothing(database.Compare(Model()));
        database.Run([new Execute("INSERT INTO Customers VALUES (1, 'Ann')"), new Execute("INSERT INTO Orders VALUES (7, 1)")]);

        var wider = Model(new Column("Note", SqlType.Text));
        var change = database.Compare(wider);
        Assert.AreEqual("AddColumn", string.Join(", ", change.UpgradeOperations.Select(o => o.GetType().Name)));
        database.Run(change.UpgradeOperations);
        MariaDbDatabase.Nothing(database.Compare(wider));
        database.Run(change.DowngradeOperations);
        MariaDbDatabase.Nothing(database.Compare(Model()));
        Assert.AreEqual("1|Ann; 7|1", database.Rows("SELECT * FROM customers UNION ALL SELECT * FROM orders"));
    }

    [TestMethod]
    public void What_the_server_spells_in_its_own_way_is_compared_whatever_the_tables_case()
    {
        using var database = new MariaDbDatabase(MySqlServer.Folding);
        MetaData Of(string year, string check) => new([new Table("Customers", [Id, new Column("Kind", SqlType.Integer),
            new Column("Since", MySqlType.Year, serverDefault: year), new CheckConstraint(check, "CK_Kind")])]);
        var model = Of("2001", "Kind in (1, 2)");
        database.Run(database.Compare(model).UpgradeOperations);
        MariaDbDatabase.Nothing(database.Compare(model));
        Assert.HasCount(1, database.Compare(Of("2002", "Kind in (1, 2)")).Log);
        Assert.AreNotEqual(0, database.Compare(Of("2001", "Kind in (1, 3)")).UpgradeOperations.Count);
    }

    [TestMethod]
    public void A_table_of_other_letters_is_another_one()
    {
        using var database = new MariaDbDatabase(MySqlServer.Folding);
        database.Run(database.Compare(Model()).UpgradeOperations);
        var gone = database.Compare(new MetaData([.. Model().Tables.Take(1)]));
        Assert.AreEqual("orders", string.Join(", ", gone.UpgradeOperations.OfType<DropTable>().Select(o => o.Table)));
        database.Run(gone.UpgradeOperations);
        database.Run(gone.DowngradeOperations);
        MariaDbDatabase.Nothing(database.Compare(Model()));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void What_is_renamed_may_be_named_as_the_model_had_it(bool isByAttribute)
    {
        using var database = new MariaDbDatabase(MySqlServer.Folding);
        database.Run(database.Compare(Model()).UpgradeOperations);
        database.Run([new Execute("INSERT INTO customers VALUES (1, 'Ann')")]);
        var model = new MetaData(
            [.. Model().Tables.Select(
                t => t.Name == "Customers" ? t with { Name = "Clients", RenamedFrom = isByAttribute ? "Customers" : null } : t with
        {
            Items = [
                .. t.Items.Select(i => i is ForeignKeyConstraint
                    ? new ForeignKeyConstraint(["CustomerId"], ["Clients.Id"], "FK_Orders_Customers")
                    : i)],
        })]);
        var renames = new ComparisonOptions { Renames = isByAttribute ? [] : [new Rename("Customers", null, "Clients")] };
        var comparison = Compare.Schemas(
            model, database.Inspect(), database.Dialect, renames, tables => database.Dialect.RoundTrip(database.Session, tables));
        Assert.AreEqual("RenameTable", string.Join(", ", comparison.UpgradeOperations.Select(o => o.GetType().Name)));
        database.Run(comparison.UpgradeOperations);
        MariaDbDatabase.Nothing(database.Compare(model));
        Assert.AreEqual("1|Ann", database.Rows("SELECT * FROM clients"));
    }

    [TestMethod]
    public void A_sequence_takes_the_name_of_a_table_that_goes()
    {
        using var database = new MariaDbDatabase(MySqlServer.Folding);
        new Journey(database.Dialect, database.Session).Make(
            new MetaData([new Table("Numbers", [Id])]), new MetaData([]) { Sequences = [new Sequence("Numbers")] });
    }

    [TestMethod]
    public void A_view_is_in_the_way_of_a_new_table_whatever_its_case()
    {
        using var database = new MariaDbDatabase(MySqlServer.Folding);
        database.Run([new CreateTable(new Table("Old", [Id])), new Execute("CREATE VIEW Account AS SELECT id FROM Old")]);
        var comparison = new Journey(database.Dialect, database.Session).Compare(
            new MetaData([new Table("Old", [Id]), new Table("Account", [Id])]));
        Assert.AreEqual("This fails while the view 'account' exists: op.Execute(\"DROP VIEW account\") drops it first.",
            comparison.Upgrade.Single().Remark);
    }
}

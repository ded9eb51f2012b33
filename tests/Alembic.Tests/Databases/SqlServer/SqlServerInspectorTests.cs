using Alembic.Autogenerate;
using Alembic.Databases.SqlServer;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Databases.SqlServer;

/// <summary>What is made of the catalogue's answers, and of their comparison with a model.</summary>
[TestClass]
public sealed class SqlServerInspectorTests
{
    private static readonly SqlServerDialect Dialect = new();
    private static readonly ComparisonOptions Everything = new() { CompareServerDefault = true, CompareComments = true };

    private static MetaData Inspected(Catalogue catalogue) => Dialect.Inspect(catalogue, allSchemas: true);

    [TestMethod]
    public void Five_queries_are_enough()
    {
        var catalogue = Shop.Catalogue();
        Assert.HasCount(3, Inspected(catalogue).Tables);
        Assert.AreEqual(5, catalogue.Queries);
    }

    [TestMethod]
    public void A_table_is_what_the_catalogue_says()
    {
        var line = Inspected(Shop.Catalogue()).Tables.Single(t => t.Name == "order line");
        Assert.AreEqual(
            new Table("order line",
            [
                new Column("order", SqlType.BigInteger, nullable: false, identity: new Identity(start: 100, increment: 5)),
                new Column("customer_id", SqlType.Integer, nullable: false),
                new Column("amount", SqlServerType.Money, nullable: false),
                new Column("twice", SqlServerType.Money, computed: new Computed("[amount]*(2)", persisted: true)),
                new Column("at", SqlServerType.DateTime2(3)),
                new Column("flag", SqlType.Raw("[Flag]")),
                new Column("version", SqlServerType.RowVersion, nullable: false),
                new PrimaryKeyConstraint(["order"], "pk_line"),
                new ForeignKeyConstraint(["customer_id"], ["customer.id"], "fk_line_customer", onDelete: "CASCADE", onUpdate: "SET NULL"),
                new CheckConstraint("([amount]>(0)) AND ([amount]<(1000000))", "ck_amount"),
                new TableIndex("ix_line_at", ["at"], method: "clustered"),
            ], schema: "sales"),
            line);
    }

    [TestMethod]
    public void Indexes_have_their_order_condition_and_included_columns()
    {
        var customer = Inspected(Shop.Catalogue()).Tables.Single(t => t.Name == "customer");
        Assert.AreEqual(
            new TableIndex("ix_customer_born", [Sql.Text("born DESC"), "name"], where: "[born] IS NOT NULL AND [is_active]=(1)",
                include: ["title", "note"]),
            customer.Indexes.Single(i => i.Name == "ix_customer_born"));
        Assert.AreEqual(("who pays", "it's shown", "Latin1_General_CS_AS"),
            (customer.Comment, customer.Columns.ElementAt(1).Comment, customer.Columns.ElementAt(2).Collation));
    }

    [TestMethod]
    [DataRow("((0))", ServerDefaultKind.Number, "0")]
    [DataRow("((-1))", ServerDefaultKind.Number, "-1")]
    [DataRow("((1.50))", ServerDefaultKind.Number, "1.50")]
    [DataRow("('x')", ServerDefaultKind.String, "x")]
    [DataRow("(N'it''s')", ServerDefaultKind.String, "it's")]
    [DataRow("('(x)')", ServerDefaultKind.String, "(x)")]
    [DataRow("('')", ServerDefaultKind.String, "")]
    [DataRow("('a'+'b')", ServerDefaultKind.Sql, "'a'+'b'")]
    [DataRow("('$(x)')", ServerDefaultKind.String, "$(x)")]
    [DataRow("(('cost: $'+'(x) it''s'))", ServerDefaultKind.String, "cost: $(x) it's")]
    [DataRow("(N'ä $'+N'(x)')", ServerDefaultKind.String, "ä $(x)")]
    [DataRow("('$'+[dbo].[f]('(x)'))", ServerDefaultKind.Sql, "'$'+[dbo].[f]('(x)')")]
    [DataRow("((1)+(2))", ServerDefaultKind.Sql, "(1)+(2)")]
    [DataRow("(getdate())", ServerDefaultKind.Sql, "getdate()")]
    [DataRow("(NEXT VALUE FOR [dbo].[seq])", ServerDefaultKind.Sql, "NEXT VALUE FOR [dbo].[seq]")]
    public void A_default_is_freed_of_its_parentheses(string text, ServerDefaultKind kind, string value)
    {
        var read = SqlServerDefaults.Read(text)!;
        Assert.AreEqual((kind, value), (read.Kind, read.Value));
    }

    [TestMethod]
    public void A_default_of_NULL_is_none() => Assert.IsNull(SqlServerDefaults.Read("(NULL)"));

    [TestMethod]
    [DataRow("(getdate())", "CURRENT_TIMESTAMP")]
    [DataRow("(CONVERT([varchar](10),getdate(),(112)))", "convert(VARCHAR(10), GetDate(), 112)")]
    [DataRow("(CONVERT([date],getdate()))", "CAST(GETDATE() AS date)")]
    [DataRow("(NEXT VALUE FOR [dbo].[seq])", "next value for seq")]
    [DataRow("(dateadd(day,(1),sysdatetime()))", "DATEADD(day, 1, SYSDATETIME())")]
    public void An_expression_is_the_same_however_the_server_writes_it(string database, string model) =>
        Assert.AreEqual(Dialect.Canonical(SqlServerDefaults.Unwrapped(database)), Dialect.Canonical(model));

    [TestMethod]
    [DataRow("(getdate())", "SYSDATETIME()")]
    [DataRow("('A'+'b')", "'a' + 'b'")]
    [DataRow("(dateadd(day,(1),getdate()))", "DATEADD(day, 2, GETDATE())")]
    public void Another_expression_is_another(string database, string model) =>
        Assert.AreNotEqual(Dialect.Canonical(SqlServerDefaults.Unwrapped(database)), Dialect.Canonical(model));

    [TestMethod]
    public void Numbering_is_said_where_it_is_not_as_usual()
    {
        var tables = Inspected(new Catalogue()
            .Column("a", "id").Index("a", "pk", "id", isPrimaryKey: true)
            .Column("b", "id", identity: (1, 1)).Index("b", "pk", "id", isPrimaryKey: true)
            .Column("c", "n", identity: (1, 1))
            .Column("d", "id", identity: (5, 1)).Index("d", "pk", "id", isPrimaryKey: true)).Tables;
        Assert.AreEqual((false, null, true, null), (Autoincrement(0), Autoincrement(1), Autoincrement(2), Autoincrement(3)));
        Assert.AreEqual(new Identity(start: 5), tables[3].Columns.Single().Identity);

        bool? Autoincrement(int table) => tables[table].Columns.Single().Autoincrement;
    }

    [TestMethod]
    public void A_model_of_what_is_there_has_no_differences()
    {
        var comparison = Compare.Schemas(Shop.Model(), Inspected(Shop.Catalogue()), Dialect, Everything);
        Assert.IsEmpty(comparison.UpgradeOperations, string.Join('\n', comparison.Log.Select(l => l.Message)));
        Assert.IsEmpty(comparison.Log);
    }

    [TestMethod]
    public void What_was_read_has_no_differences_from_itself_and_is_a_script()
    {
        var model = Inspected(Shop.Catalogue());
        var comparison = Compare.Schemas(model, Inspected(Shop.Catalogue()), Dialect, Everything);
        Assert.IsEmpty(comparison.UpgradeOperations, string.Join('\n', comparison.Log.Select(l => l.Message)));
        var script = Script(Compare.Schemas(model, new MetaData([]), Dialect).UpgradeOperations);
        Assert.Contains("CONSTRAINT pk_line PRIMARY KEY NONCLUSTERED ([order])", script);
        Assert.Contains(
            "CREATE INDEX ix_customer_born ON customer (born DESC, name) INCLUDE (title, note) WHERE [born] IS NOT NULL AND "
                + "[is_active]=(1);", script);
    }

    public static IEnumerable<object[]> Changes =>
    [
        Change("type", t => Replace(t, new Column("name", SqlType.String(80), nullable: false, unique: true, comment: "it's shown")),
            "Detected type change from VARCHAR(50) to VARCHAR(80) on 'customer.name'"),
        Change("nullability", t => Replace(t, new Column("born", SqlType.Date, nullable: false)),
            "Detected NOT NULL on column 'customer.born'"),
        Change("default", t => Replace(t, new Column("is_active", SqlType.Boolean, nullable: false, serverDefault: false)),
            "Dialect impl <MSSQLImpl> detected server default on column 'customer.is_active'"),
        Change("no default", t => Replace(t, new Column("token", SqlType.Uuid, nullable: false)),
            "Dialect impl <MSSQLImpl> detected server default on column 'customer.token'"),
        Change("comment", t => Replace(t, new Column("photo", SqlType.LargeBinary(), comment: "日本")),
            "Detected column comment 'customer.photo'"),
        Change("new column", t => t with { Items = [.. t.Items, new Column("fresh", SqlType.Json)] },
            "Detected added column 'customer.fresh'"),
        Change("column gone", t => Without(t, i => i is Column { Name: "photo" }), "Detected removed column 'customer.photo'"),
        Change("index gone", t => Without(t, i => i is TableIndex { Name: "ix_customer_token" }),
            "Detected removed index 'ix_customer_token' on 'customer'"),
        Change("include",
            t => Replace(t,
                new TableIndex("ix_customer_born", [Sql.Text("born DESC"), "name"], where: "born IS NOT NULL", include: ["title"])),
            "Detected changed index 'ix_customer_born' on 'customer': include ('title', 'note') to ('title',)"),
        Change("new check", t => t with { Items = [.. t.Items, new CheckConstraint("len(name) > 0", "ck_name")] },
            "Detected added check constraint 'ck_name' on table 'customer'"),
        Change("unnamed check gone", t => Without(t, i => i is CheckConstraint),
            "Detected removed check constraint 'CK__customer__balanc__2A4B4B5E' on table 'customer'"),
        Change("new unique", t => t with { Items = [.. t.Items, new UniqueConstraint(["born", "made"], "uq_born")] },
            "Detected added index 'uq_born' on '('born', 'made')'"),
    ];

    [TestMethod]
    [DynamicData(nameof(Changes))]
    public void A_change_of_the_model_is_found_and_can_be_scripted_there_and_back(string _, Func<Table, Table> change, string message)
    {
        var model = Shop.Model();
        model = model with { Tables = [.. model.Tables.Select(t => t.Name == "customer" ? change(t) : t)] };
        var comparison = Compare.Schemas(model, Inspected(Shop.Catalogue()), Dialect, Everything);
        Assert.AreEqual(message, string.Join('\n', comparison.Log.Select(l => l.Message)));
        Assert.IsNotEmpty(comparison.UpgradeOperations);
        Script(comparison.UpgradeOperations);
        Script(comparison.DowngradeOperations);
    }

    private static string Script(IReadOnlyList<Operation> operations)
    {
        var script = Scripts.Of(Dialect, op =>
        {
            foreach (var operation in operations)
                op.Invoke(operation);
        });
        TransactSql.Parse(script);
        return script;
    }

    private static object[] Change(string name, Func<Table, Table> change, string message) => [name, change, message];

    private static Table Replace(Table table, Column column) =>
        table with { Items = [.. table.Items.Select(i => i is Column c && c.Name == column.Name ? column : i)] };

    private static Table Replace(Table table, TableIndex index) =>
        table with { Items = [.. table.Items.Select(i => i is TableIndex x && x.Name == index.Name ? index : i)] };

    private static Table Without(Table table, Func<SchemaItem, bool> gone) => table with { Items = [.. table.Items.Where(i => !gone(i))] };
}

using Alembic.Schema;

namespace Alembic.Tests.Databases.SqlServer;

/// <summary>One database twice: as a model says it, and as the catalogue would.</summary>
internal static class Shop
{
    public static Catalogue Catalogue() => new Catalogue()
        .Column("customer", "id", identity: (1, 1), tableComment: "who pays")
        .Column("customer", "name", "varchar", 50, comment: "it's shown")
        .Column("customer", "title", "nvarchar", 60, isNullable: true, collation: "Latin1_General_CS_AS")
        .Column("customer", "is_active", "bit", 1, defaultText: "((1))")
        .Column("customer", "balance", "numeric", 9, 10, 2, defaultText: "((-1.50))")
        .Column("customer", "made", "datetime", 8, 23, 3, defaultText: "(getdate())")
        .Column("customer", "note", "varchar", -1, isNullable: true, defaultText: "('it''s (none)')")
        .Column("customer", "greeting", "nvarchar", -1, isNullable: true, defaultText: "(N'grüß dich')")
        .Column("customer", "photo", "varbinary", -1, isNullable: true)
        .Column("customer", "token", "uniqueidentifier", 16, defaultText: "(newid())")
        .Column("customer", "born", "date", 3, isNullable: true)
        .Column("customer", "wakes", "time", 5, 16, 7, isNullable: true)
        .Column("customer", "label", "varchar", 61, isNullable: true, computed: "([name]+' *')")
        .Column("customer", "rating", "float", 8, 53, isNullable: true, defaultText: "(CONVERT([float],'1'))")
        .Column("order line", "order", "bigint", 8, schema: "sales", identity: (100, 5))
        .Column("order line", "customer_id", schema: "sales")
        .Column("order line", "amount", "money", 8, 19, 4, schema: "sales")
        .Column("order line", "twice", "money", 8, 19, 4, isNullable: true, computed: "([amount]*(2))", isPersisted: true, schema: "sales")
        .Column("order line", "at", "datetime2", 7, 23, 3, isNullable: true, schema: "sales")
        .Column("order line", "flag", "Flag", 1, isNullable: true, typeSchema: "dbo", schema: "sales")
        .Column("order line", "version", "timestamp", 8, schema: "sales")
        .Column("side", "customer_id", schema: "sales")
        .Index("customer", "PK__customer__3213E83F0A1B2C3D", "id", isPrimaryKey: true, isClustered: true)
        .Index("customer", "UQ__customer__72E12F1B0A1B2C3D", "name", isUniqueConstraint: true)
        .Index("customer", "ix_customer_born", "-born name +title +note", condition: "([born] IS NOT NULL AND [is_active]=(1))")
        .Index("customer", "ix_customer_token", "token", isUnique: true)
        .Index("order line", "pk_line", "order", isPrimaryKey: true)
        .Index("order line", "ix_line_at", "at", isClustered: true)
        .Index("side", "pk_side", "customer_id", isPrimaryKey: true, isClustered: true)
        .ForeignKey("order line", "fk_line_customer", "customer_id", "customer", "id", onDelete: "CASCADE", onUpdate: "SET_NULL")
        .ForeignKey("side", "FK__side__customer__2F10007B", "customer_id", "customer", "id")
        .Check("customer", "CK__customer__balanc__2A4B4B5E", "([balance]>=(-100))")
        .Check("order line", "ck_amount", "(([amount]>(0)) AND ([amount]<(1000000)))");

    /// <summary>The same with all that is no table.</summary>
    public static Catalogue Full() => Catalogue()
        .Type("Flag", "bit", 1, isNullable: false)
        .Sequence("ticket", "int", "100", "5", cycles: true, cache: 20)
        .Sequence("long", "decimal", "1", "1", cycles: false, cache: null, schema: "sales")
        .Module(9, "view", "later", "CREATE VIEW later AS SELECT id FROM earlier", needs: 10)
        .Module(10, "view", "earlier", "CREATE VIEW earlier AS SELECT id FROM customer", needs: 100)
        .Module(11, "function", "twice", "CREATE FUNCTION twice(@n int) RETURNS int AS BEGIN RETURN 2 * @n END")
        .Module(12, "function", "buyers", "CREATE FUNCTION buyers() RETURNS TABLE AS RETURN SELECT id FROM customer", needs: 100)
        .Module(13, "procedure", "tidy", "CREATE PROCEDURE tidy AS DELETE FROM customer WHERE is_active = 0", schema: "sales")
        .Module(14, "trigger", "watch", "CREATE TRIGGER watch ON customer AFTER DELETE AS SET NOCOUNT ON", table: "customer")
        .Module(15, "procedure", "secret", null)
        .Module(16, "procedure", "old", "CREATE PROCEDURE old AS SELECT \"text\"", isQuoted: false)
        .Synonym("client", "[dbo].[customer]")
        .Feature("columnstore index", "ix_fast", "customer")
        .Feature("graph table", "side", "side", "sales")
        .Feature("table type", "ids", null);

    public static MetaData Model() => new(
    [
        new Table("customer",
        [
            new Column("id", SqlType.Integer, primaryKey: true),
            new Column("name", SqlType.String(50), nullable: false, unique: true, comment: "it's shown"),
            new Column("title", SqlType.Unicode(30), collation: "Latin1_General_CS_AS"),
            new Column("is_active", SqlType.Boolean, nullable: false, serverDefault: true),
            new Column("balance", SqlType.Numeric(10, 2), nullable: false, serverDefault: -1.5m),
            new Column("made", SqlType.DateTime, nullable: false, serverDefault: Sql.Text("CURRENT_TIMESTAMP")),
            new Column("note", SqlType.Text, serverDefault: "it's (none)"),
            new Column("greeting", SqlType.UnicodeText, serverDefault: "grüß dich"),
            new Column("photo", SqlType.LargeBinary()),
            new Column("token", SqlType.Uuid, nullable: false, serverDefault: Sql.Text("NEWID()")),
            new Column("born", SqlType.Date),
            new Column("wakes", SqlType.Time),
            new Column("label", SqlType.String(99), computed: new Computed("name + ' *'")),
            new Column("rating", SqlType.Double, serverDefault: Sql.Text("CAST('1' AS float)")),
            new CheckConstraint("balance >= -100"),
            new TableIndex("ix_customer_born", [Sql.Text("born DESC"), "name"], where: "born IS NOT NULL AND is_active = 1",
                include: ["title", "note"]),
            new TableIndex("ix_customer_token", ["token"], unique: true),
        ], comment: "who pays"),
        new Table("order line",
        [
            new Column("order", SqlType.BigInteger, primaryKey: true, identity: new Identity(start: 100, increment: 5)),
            new Column("customer_id", SqlType.Integer, nullable: false),
            new Column("amount", SqlServerType.Money, nullable: false),
            new Column("twice", SqlServerType.Money, computed: new Computed("amount * 2", persisted: true)),
            new Column("at", SqlServerType.DateTime2(3)),
            new Column("flag", SqlType.Raw("[Flag]")),
            new Column("version", SqlServerType.RowVersion, nullable: false),
            new ForeignKeyConstraint(["customer_id"], ["customer.id"], name: "fk_line_customer", onDelete: "CASCADE", onUpdate: "SET NULL"),
            new CheckConstraint("amount > 0 AND amount < 1000000", name: "ck_amount"),
            new TableIndex("ix_line_at", ["at"], method: "clustered"),
        ], schema: "sales"),
        new Table("side",
            [new Column("customer_id", SqlType.Integer, primaryKey: true, foreignKey: new ForeignKey("customer.id", onDelete: "RESTRICT"))],
            schema: "sales"),
    ]);
}

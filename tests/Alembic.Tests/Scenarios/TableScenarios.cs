using Alembic.Schema;

namespace Alembic.Tests.Scenarios;

public abstract partial class OperationScenarios
{
    private protected abstract Answer TableCreated { get; }

    [TestMethod]
    public void A_table_is_created_with_constraints_of_all_kinds() => Play(new Scenario
    {
        Up = (op, n) =>
        {
            op.CreateTable(
                n["item"],
                [
                    new Column(n["key"], SqlType.Integer, primaryKey: true),
                    new Column(n["owner"], SqlType.Integer, nullable: false,
                        foreignKey: new ForeignKey(n.Target("account", "id"), name: n["fk_owner"], onDelete: "CASCADE")),
                    new Column(n["code"], SqlType.String(10), nullable: false, unique: true),
                    new Column(n["price"], SqlType.Numeric(10, 2), serverDefault: 1.5m),
                    new Column(n["live"], SqlType.Boolean, serverDefault: true, comment: "it's \\ \"on\""),
                    new UniqueConstraint([n["owner"], n["price"]], n["uq_item"]),
                    new CheckConstraint($"{n.Sql("price")} > 0", n["ck_item"]),
                    new TableIndex(n["ix_item"], [n["price"], n["code"]]),
                ],
                schema: n.Schema, comment: "what they're \\ for; --");
            op.BulkInsert(n["item"], [n["owner"], n["code"]], [[1, "a"], [2, "b"]], schema: n.Schema);
        },
        Down = (op, n) => op.DropTable(n["item"], schema: n.Schema),
        After =
        [
            "+ item -- what they're \\ for; --",
            "+ item check (price > 0) ck_item",
            "+ item foreign key (owner) -> account (id) on delete CASCADE fk_owner",
            "+ item index ix_item (price, code)",
            "+ item primary key (key)",
            "+ item unique (code)",
            "+ item unique (owner, price) uq_item",
            "+ item.code String(10) not null",
            "+ item.key Integer not null",
            "+ item.live Boolean default true -- it's \\ \"on\"",
            "+ item.owner Integer not null",
            "+ item.price Numeric(10, 2) default 1.5",
        ],
        Rows = "account: 1|ada|x; 2|bob|∅\nitem: 1|1|a|1.50|1; 2|2|b|1.50|1",
    }, TableCreated);

    private protected abstract Answer TableCreatedIfNotExists { get; }

    [TestMethod]
    public void A_table_that_is_there_is_left_alone() => Play(new Scenario
    {
        Up = (op, n) =>
        {
            op.CreateTable(n["account"], [new Column(n["other"], SqlType.Integer)], schema: n.Schema, ifNotExists: true);
            op.CreateTable(n["item"], [new Column(n["other"], SqlType.Integer)], schema: n.Schema, ifNotExists: true);
            op.DropTable(n["nothing"], schema: n.Schema, ifExists: true);
        },
        Down = (op, n) => op.DropTable(n["item"], schema: n.Schema, ifExists: true),
        After = ["+ item", "+ item.other Integer"],
        Rows = "account: 1|ada|x; 2|bob|∅\nitem: ",
    }, TableCreatedIfNotExists);

    private protected abstract Answer TableDropped { get; }

    [TestMethod]
    public void A_table_is_dropped_and_made_again() => Play(new Scenario
    {
        Before = Scenario.AccountAndItem,
        Up = (op, n) => op.DropTable(n["item"], schema: n.Schema),
        Down = (op, n) => op.CreateTable(
            n["item"], [new Column(n["key"], SqlType.Integer, nullable: false), new Column(n["line"], SqlType.Integer, nullable: false),
                new Column(n["owner"], SqlType.Integer)], schema: n.Schema),
        After = ["- item", "- item.key Integer not null", "- item.line Integer not null", "- item.owner Integer"],
    }, TableDropped);

    private protected abstract Answer TableRenamed { get; }

    [TestMethod]
    public void A_table_is_renamed_with_what_belongs_to_it_and_what_points_to_it() => Play(new Scenario
    {
        Before = (op, n) =>
        {
            Scenario.Account(op, n);
            op.CreateIndex(n["ix"], n["account"], [n["name"]], schema: n.Schema);
            op.CreateTable(n["item"], [new Column(n["owner"], SqlType.Integer),
                new ForeignKeyConstraint([n["owner"]], [n.Target("account", "id")], n["fk"])], schema: n.Schema);
            op.BulkInsert(n["item"], [n["owner"]], [[1]], schema: n.Schema);
        },
        Up = (op, n) => op.RenameTable(n["account"], n["customer"], schema: n.Schema),
        Down = (op, n) => op.RenameTable(n["customer"], n["account"], schema: n.Schema),
        After =
        [
            "- account",
            "- account index ix (name)",
            "- account primary key (id)",
            "- account.id Integer not null",
            "- account.name String(20) not null",
            "- account.note Text",
            "- item foreign key (owner) -> account (id) fk",
            "+ customer",
            "+ customer index ix (name)",
            "+ customer primary key (id)",
            "+ customer.id Integer not null",
            "+ customer.name String(20) not null",
            "+ customer.note Text",
            "+ item foreign key (owner) -> customer (id) fk",
        ],
        Rows = "customer: 1|ada|x; 2|bob|∅\nitem: 1",
    }, TableRenamed);

    private protected abstract Answer TableCommented { get; }

    [TestMethod]
    public void A_table_has_a_comment_another_and_none() => Play(new Scenario
    {
        Before = (op, n) =>
        {
            Scenario.AccountAndItem(op, n);
            op.CreateTableComment(n["item"], "old", schema: n.Schema);
        },
        Up = (op, n) =>
        {
            op.CreateTableComment(n["account"], "first", schema: n.Schema);
            op.CreateTableComment(n["account"], "who's \\ \"who\";\n-- 表", existingComment: "first", schema: n.Schema);
            op.DropTableComment(n["item"], existingComment: "old", schema: n.Schema);
        },
        Down = (op, n) =>
        {
            op.DropTableComment(n["account"], schema: n.Schema);
            op.CreateTableComment(n["item"], "old", schema: n.Schema);
        },
        After = ["- account", "- item -- old", "+ account -- who's \\ \"who\";\n-- 表", "+ item"],
        Rows = "account: 1|ada|x; 2|bob|∅\nitem: 1|1|1; 1|2|2; 2|1|∅",
    }, TableCommented);

    private protected abstract Answer TableWithOptions { get; }

    // Each database takes its own and leaves the others'.
    [TestMethod]
    public void Tables_have_options_of_each_database() => Play(new Scenario
    {
        Up = (op, n) =>
        {
            op.CreateTable(
                n["item"],
                [new Column(n["key"], SqlType.Integer, nullable: false), new Column(n["note"], SqlType.Text),
                    new PrimaryKeyConstraint([n["key"]])],
                schema: n.Schema,
                comment: "it's \\",
                options: new()
                {
                    ["mysql_engine"] = "MyISAM", ["mysql_default_charset"] = "latin1", ["mysql_row_format"] = "FIXED",
                    ["mysql_max_rows"] = 1000, ["mysql_checksum"] = false, ["mariadb_page_checksum"] = 1,
                    ["postgresql_unlogged"] = true, ["postgresql_with"] = "fillfactor=70", ["postgresql_tablespace"] = "pg_default",
                    ["sqlite_strict"] = true, ["sqlite_with_rowid"] = false,
                });
            op.CreateTable(
                n["part"],
                [new Column(n["key"], SqlType.Integer, nullable: false)],
                schema: n.Schema,
                options: new()
                {
                    ["postgresql_partition_by"] = $"RANGE ({n.Sql("key")})", ["mysql_partition_by"] = $"HASH ({n.Sql("key")}) PARTITIONS 3"
                });
            op.BulkInsert(n["item"], [n["key"], n["note"]], [[1, "x"], [2, null]], schema: n.Schema);
        },
        Down = (op, n) =>
        {
            op.DropTable(n["part"], schema: n.Schema);
            op.DropTable(n["item"], schema: n.Schema);
        },
        After = ["+ item -- it's \\", "+ item primary key (key)", "+ item.key Integer not null", "+ item.note Text", "+ part",
            "+ part.key Integer not null"],
        Rows = "account: 1|ada|x; 2|bob|∅\nitem: 1|x; 2|∅\npart: ",
    }, TableWithOptions);

    private protected abstract Answer SchemasCreated { get; }

    [TestMethod]
    public void Schemas_are_created_and_dropped() => Play(new Scenario
    {
        MakesNames = true,
        Up = (op, n) =>
        {
            op.CreateSchema(n["space"]);
            op.CreateSchema(n["space"], ifNotExists: true);
            op.CreateSchema(n["other"], ifNotExists: true);
            op.CreateTable(n["item"], [new Column(n["key"], SqlType.Integer)], schema: n["space"]);
            op.DropSchema(n["other"]);
            op.DropSchema(n["other"], ifExists: true);
        },
        Down = (op, n) =>
        {
            op.DropTable(n["item"], schema: n["space"]);
            op.DropSchema(n["space"]);
        },
    }, SchemasCreated);
}

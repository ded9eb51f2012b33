using Alembic.Schema;

namespace Alembic.Tests.Scenarios;

public abstract partial class OperationScenarios
{
    private protected abstract Answer ColumnAdded { get; }

    [TestMethod]
    public void Columns_are_added() => Play(new Scenario
    {
        Up = (op, n) =>
        {
            op.AddColumn(n["account"], new Column(n["age"], SqlType.Integer, comment: "it's \\ age"), schema: n.Schema);
            op.AddColumn(n["account"],
                new Column(n["rank"], SqlType.String(30), nullable: false, serverDefault: "it's \\ \"new\"; -- %s\n表"), schema: n.Schema);
        },
        Down = (op, n) =>
        {
            op.DropColumn(n["account"], n["rank"], schema: n.Schema);
            op.DropColumn(n["account"], n["age"], schema: n.Schema);
        },
        After = ["+ account.age Integer -- it's \\ age", "+ account.rank String(30) not null default 'it's \\ \"new\"; -- %s\n表'"],
        Rows = "account: 1|ada|x|∅|it's \\ \"new\"; -- %s\n表; 2|bob|∅|∅|it's \\ \"new\"; -- %s\n表",
    }, ColumnAdded);

    private protected abstract Answer ColumnAddedWithKeys { get; }

    [TestMethod]
    public void A_column_comes_with_its_index_its_key_and_its_uniqueness() => Play(new Scenario
    {
        MakesNames = true,
        Up = (op, n) =>
        {
            op.AddColumn(n["account"],
                new Column(n["boss"], SqlType.Integer, index: true,
                    foreignKey: new ForeignKey(n.Target("account", "id"), name: n["fk"], onDelete: "SET NULL")), schema: n.Schema);
            op.AddColumn(n["account"], new Column(n["code"], SqlType.String(9), unique: true), schema: n.Schema);
            op.Execute($"UPDATE {n.Table("account")} SET {n.Sql("boss")} = 1, {n.Sql("code")} = 'c' WHERE {n.Sql("id")} = 2");
        },
        Down = (op, n) =>
        {
            op.DropColumn(n["account"], n["code"], schema: n.Schema);
            op.DropConstraint(n["fk"], n["account"], ConstraintType.ForeignKey, schema: n.Schema);
            op.DropColumn(n["account"], n["boss"], schema: n.Schema);
        },
        After =
        [
            "+ account foreign key (boss) -> account (id) on delete SET NULL fk",
            "+ account index ix_account_boss (boss)",
            "+ account unique (code)",
            "+ account.boss Integer",
            "+ account.code String(9)",
        ],
        Rows = "account: 1|ada|x|∅|∅; 2|bob|∅|1|c",
    }, ColumnAddedWithKeys);

    private protected abstract Answer ColumnAddedIfNotExists { get; }

    [TestMethod]
    public void A_column_that_is_there_is_left_alone() => Play(new Scenario
    {
        Up = (op, n) =>
        {
            op.AddColumn(n["account"], new Column(n["note"], SqlType.Integer), schema: n.Schema, ifNotExists: true);
            op.AddColumn(n["account"], new Column(n["age"], SqlType.Integer), schema: n.Schema, ifNotExists: true);
            op.DropColumn(n["account"], n["nothing"], schema: n.Schema, ifExists: true);
        },
        Down = (op, n) => op.DropColumn(n["account"], n["age"], schema: n.Schema, ifExists: true),
        After = ["+ account.age Integer"],
        Rows = "account: 1|ada|x|∅; 2|bob|∅|∅",
    }, ColumnAddedIfNotExists);

    private protected abstract Answer ColumnAddedWithoutValue { get; }

    [TestMethod]
    public void A_column_that_may_not_be_null_needs_a_value_for_the_rows_that_are_there() => Play(new Scenario
    {
        Up = (op, n) => op.AddColumn(n["account"], new Column(n["due"], SqlType.Integer, nullable: false), schema: n.Schema),
        Down = (op, n) => op.DropColumn(n["account"], n["due"], schema: n.Schema),
        After = ["+ account.due Integer not null"],
    }, ColumnAddedWithoutValue);

    private protected abstract Answer ColumnDropped { get; }

    [TestMethod]
    public void A_column_is_dropped_with_its_default_and_its_index() => Play(new Scenario
    {
        Before = (op, n) =>
        {
            Scenario.Account(op, n);
            op.AddColumn(n["account"], new Column(n["age"], SqlType.Integer, nullable: false, serverDefault: 7), schema: n.Schema);
            op.CreateIndex(n["ix"], n["account"], [n["age"]], schema: n.Schema);
        },
        Up = (op, n) => op.DropColumn(n["account"], n["age"], schema: n.Schema),
        Down = (op, n) =>
        {
            op.AddColumn(n["account"], new Column(n["age"], SqlType.Integer, nullable: false, serverDefault: 7), schema: n.Schema);
            op.CreateIndex(n["ix"], n["account"], [n["age"]], schema: n.Schema);
        },
        After = ["- account index ix (age)", "- account.age Integer not null default 7"],
    }, ColumnDropped);

    private protected abstract Answer ColumnComputed { get; }

    [TestMethod]
    public void A_column_is_computed_and_stored() => Play(new Scenario
    {
        Before = Scenario.AccountAndItem,
        Up = (op, n) =>
        {
            op.CreateTable(
                n["sum"],
                [
                    new Column(n["a"], SqlType.Integer),
                    new Column(n["twice"], SqlType.Integer, computed: new Computed($"{n.Sql("a")} * 2", persisted: true)),
                ],
                schema: n.Schema);
            op.BulkInsert(n["sum"], [n["a"]], [[4]], schema: n.Schema);
            op.AddColumn(n["item"], new Column(n["next"], SqlType.Integer, computed: new Computed($"{n.Sql("line")} + 1", persisted: true)),
                schema: n.Schema);
        },
        Down = (op, n) =>
        {
            op.DropColumn(n["item"], n["next"], schema: n.Schema);
            op.DropTable(n["sum"], schema: n.Schema);
        },
        After = ["+ item.next Integer stored line + 1", "+ sum", "+ sum.a Integer", "+ sum.twice Integer stored a * 2"],
        Rows = "account: 1|ada|x; 2|bob|∅\nitem: 1|1|1|2; 1|2|2|3; 2|1|∅|2\nsum: 4|8",
    }, ColumnComputed);

    private protected abstract Answer ColumnComputedWhenRead { get; }

    [TestMethod]
    public void A_column_is_computed_when_it_is_read() => Play(new Scenario
    {
        Before = Scenario.AccountAndItem,
        Up = (op, n) => op.AddColumn(n["item"],
            new Column(n["next"], SqlType.Integer, computed: new Computed($"{n.Sql("line")} + 1", persisted: false)), schema: n.Schema),
        Down = (op, n) => op.DropColumn(n["item"], n["next"], schema: n.Schema),
        After = ["+ item.next Integer virtual line + 1"],
        Rows = "account: 1|ada|x; 2|bob|∅\nitem: 1|1|1|2; 1|2|2|3; 2|1|∅|2",
    }, ColumnComputedWhenRead);

    private protected abstract Answer ColumnNumbered { get; }

    [TestMethod]
    public void A_column_is_an_identity() => Play(new Scenario
    {
        Up = (op, n) =>
        {
            op.CreateTable(
                n["item"], [new Column(n["key"], SqlType.Integer, primaryKey: true, identity: new Identity(start: 10, increment: 5)),
                    new Column(n["a"], SqlType.Integer)], schema: n.Schema);
            op.BulkInsert(n["item"], [n["a"]], [[4], [5]], schema: n.Schema);
        },
        Down = (op, n) => op.DropTable(n["item"], schema: n.Schema),
        After =
        [
            "+ item", "+ item primary key (key)", "+ item.a Integer",
            "+ item.key Integer not null identity 10 5",
        ],
        Rows = "account: 1|ada|x; 2|bob|∅\nitem: 10|4; 15|5",
    }, ColumnNumbered);

    private protected abstract Answer ColumnCollated { get; }

    private protected abstract string CollationName { get; }

    [TestMethod]
    public void A_column_has_a_collation() => Play(new Scenario
    {
        Up = (op, n) => op.AddColumn(n["account"], new Column(n["nick"], SqlType.String(20), collation: CollationName), schema: n.Schema),
        Down = (op, n) => op.DropColumn(n["account"], n["nick"], schema: n.Schema),
        After = [$"+ account.nick String(20) collate {CollationName}"],
        Rows = "account: 1|ada|x|∅; 2|bob|∅|∅",
    }, ColumnCollated);
}

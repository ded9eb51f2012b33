using Alembic.Schema;

namespace Alembic.Tests.Scenarios;

public abstract partial class OperationScenarios
{
    private protected abstract Answer BatchDone { get; }

    [TestMethod]
    public void A_batch_makes_several_changes() => Play(new Scenario
    {
        Before = (op, n) =>
        {
            Scenario.Account(op, n);
            op.AddColumn(n["account"], new Column(n["old"], SqlType.Integer), schema: n.Schema);
        },
        Up = (op, n) => op.BatchAlterTable(
            n["account"],
            batch =>
            {
                batch.AddColumn(new Column(n["age"], SqlType.Integer, nullable: false, serverDefault: 1));
                batch.AlterColumn(n["name"], nullable: true, type: SqlType.String(40), existingType: SqlType.String(20),
                    existingNullable: false);
                batch.AlterColumn(n["note"], newColumnName: n["remark"], existingType: SqlType.Text);
                batch.DropColumn(n["old"]);
                batch.CreateCheckConstraint(n["ck"], $"{n.Sql("age")} > 0");
                batch.CreateUniqueConstraint(n["uq"], [n["name"]]);
                batch.CreateIndex(n["ix"], [n["age"]]);
            },
            schema: n.Schema),
        Down = (op, n) => op.BatchAlterTable(
            n["account"],
            batch =>
            {
                batch.DropIndex(n["ix"]);
                batch.DropConstraint(n["uq"], ConstraintType.Unique);
                batch.DropConstraint(n["ck"], ConstraintType.Check);
                batch.DropColumn(n["age"]);
                batch.AddColumn(new Column(n["old"], SqlType.Integer));
                batch.AlterColumn(n["remark"], newColumnName: n["note"], existingType: SqlType.Text);
                batch.AlterColumn(n["name"], nullable: false, type: SqlType.String(20), existingType: SqlType.String(40),
                    existingNullable: true);
            },
            schema: n.Schema),
        After =
        [
            "- account.name String(20) not null", "- account.note Text", "- account.old Integer",
            "+ account check (age > 0) ck", "+ account index ix (age)", "+ account unique (name) uq",
            "+ account.age Integer not null default 1", "+ account.name String(40)", "+ account.remark Text",
        ],
        Rows = "account: 1|ada|x|1; 2|bob|∅|1",
    }, BatchDone);

    private protected abstract Answer BatchOfConstraints { get; }

    [TestMethod]
    public void A_batch_makes_keys() => Play(new Scenario
    {
        Before = Scenario.AccountAndItem,
        Up = (op, n) => op.BatchAlterTable(
            n["item"],
            batch =>
            {
                batch.CreatePrimaryKey(n["pk"], [n["line"], n["key"]]);
                batch.CreateForeignKey(n["fk"], n["account"], [n["owner"]], [n["id"]], onDelete: "CASCADE", referentSchema: n.Schema);
            },
            schema: n.Schema),
        Down = (op, n) => op.BatchAlterTable(
            n["item"],
            batch =>
            {
                batch.DropConstraint(n["fk"], ConstraintType.ForeignKey);
                batch.DropConstraint(n["pk"], ConstraintType.PrimaryKey);
            },
            schema: n.Schema),
        After = ["+ item foreign key (owner) -> account (id) on delete CASCADE fk", "+ item primary key (line, key) pk"],
        Rows = AccountAndItemRows,
    }, BatchOfConstraints);

    private protected abstract Answer BatchRecreated { get; }

    [TestMethod]
    public void A_batch_makes_the_table_anew_though_it_need_not() => Play(new Scenario
    {
        Up = (op, n) => op.BatchAlterTable(n["account"], batch => batch.AddColumn(new Column(n["age"], SqlType.Integer)),
            Recreate.Always, n.Schema),
        Down = (op, n) => op.BatchAlterTable(n["account"], batch => batch.DropColumn(n["age"]), Recreate.Always, n.Schema),
        After = ["+ account.age Integer"],
        Rows = "account: 1|ada|x|∅; 2|bob|∅|∅",
    }, BatchRecreated);

    private protected abstract Answer BatchInPlace { get; }

    [TestMethod]
    public void A_batch_leaves_the_table_where_it_is() => Play(new Scenario
    {
        Up = (op, n) => op.BatchAlterTable(n["account"], batch => batch.AddColumn(new Column(n["age"], SqlType.Integer)),
            Recreate.Never, n.Schema),
        Down = (op, n) => op.BatchAlterTable(n["account"], batch => batch.DropColumn(n["age"]), Recreate.Never, n.Schema),
        After = ["+ account.age Integer"],
        Rows = "account: 1|ada|x|∅; 2|bob|∅|∅",
    }, BatchInPlace);

    private protected abstract Answer BatchInPlaceImpossible { get; }

    [TestMethod]
    public void A_batch_that_must_not_make_the_table_anew_does_not() => Play(new Scenario
    {
        Up = (op, n) => op.BatchAlterTable(n["account"],
            batch => batch.AlterColumn(n["note"], type: SqlType.String(90), existingType: SqlType.Text), Recreate.Never, n.Schema),
        Down = (op, n) => op.BatchAlterTable(n["account"],
            batch => batch.AlterColumn(n["note"], type: SqlType.Text, existingType: SqlType.String(90)), Recreate.Never, n.Schema),
        After = ["- account.note Text", "+ account.note String(90)"],
    }, BatchInPlaceImpossible);
}

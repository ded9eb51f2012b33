using Alembic.Schema;

namespace Alembic.Tests.Scenarios;

public abstract partial class OperationScenarios
{
    private const string AccountAndItemRows = "account: 1|ada|x; 2|bob|∅\nitem: 1|1|1; 1|2|2; 2|1|∅";

    private protected abstract Answer PrimaryKeyCreated { get; }

    [TestMethod]
    public void A_primary_key_is_created_and_dropped() => Play(new Scenario
    {
        Before = Scenario.AccountAndItem,
        Up = (op, n) => op.CreatePrimaryKey(n["pk"], n["item"], [n["line"], n["key"]], schema: n.Schema),
        Down = (op, n) => op.DropConstraint(n["pk"], n["item"], ConstraintType.PrimaryKey, schema: n.Schema),
        After = ["+ item primary key (line, key) pk"],
        Rows = AccountAndItemRows,
    }, PrimaryKeyCreated);

    private protected abstract Answer UniqueCreated { get; }

    [TestMethod]
    public void A_unique_constraint_is_created_and_dropped() => Play(new Scenario
    {
        Up = (op, n) => op.CreateUniqueConstraint(n["uq"], n["account"], [n["name"], n["id"]], schema: n.Schema),
        Down = (op, n) => op.DropConstraint(n["uq"], n["account"], ConstraintType.Unique, schema: n.Schema),
        After = ["+ account unique (name, id) uq"],
    }, UniqueCreated);

    private protected abstract Answer CheckCreated { get; }

    [TestMethod]
    public void A_check_is_created_and_dropped() => Play(new Scenario
    {
        Before = Scenario.AccountAndItem,
        Up = (op, n) => op.CreateCheckConstraint(n["ck"], n["item"], $"{n.Sql("line")} > 0", schema: n.Schema),
        Down = (op, n) => op.DropConstraint(n["ck"], n["item"], ConstraintType.Check, schema: n.Schema),
        After = ["+ item check (line > 0) ck"],
        Rows = AccountAndItemRows,
    }, CheckCreated);

    private protected abstract Answer ForeignKeyCreated { get; }

    [TestMethod]
    public void Foreign_keys_are_created_with_actions_and_dropped() => Play(new Scenario
    {
        Before = (op, n) =>
        {
            Scenario.AccountAndItem(op, n);
            op.AddColumn(n["item"], new Column(n["other"], SqlType.Integer), schema: n.Schema);
        },
        Up = (op, n) =>
        {
            op.CreateForeignKey(n["fk"], n["item"], n["account"], [n["owner"]], [n["id"]], onDelete: "CASCADE", onUpdate: "CASCADE", sourceSchema: n.Schema, referentSchema: n.Schema);
            op.CreateForeignKey(n["fk2"], n["item"], n["account"], [n["other"]], [n["id"]], onDelete: "SET NULL", onUpdate: "SET NULL", sourceSchema: n.Schema, referentSchema: n.Schema);
        },
        Down = (op, n) =>
        {
            op.DropConstraint(n["fk2"], n["item"], ConstraintType.ForeignKey, schema: n.Schema);
            op.DropConstraint(n["fk"], n["item"], ConstraintType.ForeignKey, schema: n.Schema);
        },
        After = ["+ item foreign key (other) -> account (id) on delete SET NULL on update SET NULL fk2", "+ item foreign key (owner) -> account (id) on delete CASCADE on update CASCADE fk"],
        Rows = "account: 1|ada|x; 2|bob|∅\nitem: 1|1|1|∅; 1|2|2|∅; 2|1|∅|∅",
    }, ForeignKeyCreated);

    private protected abstract Answer ForeignKeyDeferred { get; }

    [TestMethod]
    public void A_foreign_key_waits_for_the_end_of_the_transaction() => Play(new Scenario
    {
        Before = Scenario.AccountAndItem,
        Up = (op, n) => op.CreateForeignKey(
            n["fk"], n["item"], n["account"], [n["owner"]], [n["id"]], deferrable: true, initially: "DEFERRED", sourceSchema: n.Schema, referentSchema: n.Schema),
        Down = (op, n) => op.DropConstraint(n["fk"], n["item"], ConstraintType.ForeignKey, schema: n.Schema),
        After = ["+ item foreign key (owner) -> account (id) deferrable initially DEFERRED fk"],
        Rows = AccountAndItemRows,
    }, ForeignKeyDeferred);

    private protected abstract Answer ForeignKeyMatchesFully { get; }

    [TestMethod]
    public void A_foreign_key_matches_fully() => Play(new Scenario
    {
        Before = Scenario.AccountAndItem,
        Up = (op, n) => op.CreateForeignKey(n["fk"], n["item"], n["account"], [n["owner"]], [n["id"]], match: "FULL", sourceSchema: n.Schema, referentSchema: n.Schema),
        Down = (op, n) => op.DropConstraint(n["fk"], n["item"], ConstraintType.ForeignKey, schema: n.Schema),
        After = ["+ item foreign key (owner) -> account (id) match FULL fk"],
        Rows = AccountAndItemRows,
    }, ForeignKeyMatchesFully);

    private protected abstract Answer ConstraintDroppedIfExists { get; }

    [TestMethod]
    public void A_constraint_is_dropped_if_it_is_there() => Play(new Scenario
    {
        Before = (op, n) => op.CreateTable(n["account"], [new Column(n["id"], SqlType.Integer), new CheckConstraint($"{n.Sql("id")} > 0", n["ck"])], schema: n.Schema),
        Up = (op, n) =>
        {
            op.DropConstraint(n["ck"], n["account"], ConstraintType.Check, ifExists: true, schema: n.Schema);
            op.DropConstraint(n["ck"], n["account"], ConstraintType.Check, ifExists: true, schema: n.Schema);
        },
        Down = (op, n) => op.CreateCheckConstraint(n["ck"], n["account"], $"{n.Sql("id")} > 0", schema: n.Schema),
        After = ["- account check (id > 0) ck"],
        Rows = "account: ",
    }, ConstraintDroppedIfExists);
}

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

    private protected abstract Answer CheckValidated { get; }

    [TestMethod]
    public void A_check_is_created_before_its_rows_are_checked() => Play(new Scenario
    {
        Before = Scenario.AccountAndItem,
        Up = (op, n) =>
        {
            op.CreateCheckConstraint(n["ck"], n["item"], $"{n.Sql("line")} > 0", schema: n.Schema, notValid: true);
            op.ValidateConstraint(n["ck"], n["item"], schema: n.Schema);
            op.BatchAlterTable(n["item"], batch =>
            {
                batch.CreateCheckConstraint(n["ck2"], $"{n.Sql("key")} > 0", notValid: true);
                batch.ValidateConstraint(n["ck2"]);
            }, schema: n.Schema);
        },
        Down = (op, n) =>
        {
            op.DropConstraint(n["ck2"], n["item"], ConstraintType.Check, schema: n.Schema);
            op.DropConstraint(n["ck"], n["item"], ConstraintType.Check, schema: n.Schema);
        },
        After = ["+ item check (key > 0) ck2", "+ item check (line > 0) ck"],
        Rows = AccountAndItemRows,
    }, CheckValidated);

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
            op.CreateForeignKey(n["fk"], n["item"], n["account"], [n["owner"]], [n["id"]], onDelete: "CASCADE", onUpdate: "CASCADE",
                sourceSchema: n.Schema, referentSchema: n.Schema);
            op.CreateForeignKey(n["fk2"], n["item"], n["account"], [n["other"]], [n["id"]], onDelete: "SET NULL", onUpdate: "SET NULL",
                sourceSchema: n.Schema, referentSchema: n.Schema);
        },
        Down = (op, n) =>
        {
            op.DropConstraint(n["fk2"], n["item"], ConstraintType.ForeignKey, schema: n.Schema);
            op.DropConstraint(n["fk"], n["item"], ConstraintType.ForeignKey, schema: n.Schema);
        },
        After = ["+ item foreign key (other) -> account (id) on delete SET NULL on update SET NULL fk2",
            "+ item foreign key (owner) -> account (id) on delete CASCADE on update CASCADE fk"],
        Rows = "account: 1|ada|x; 2|bob|∅\nitem: 1|1|1|∅; 1|2|2|∅; 2|1|∅|∅",
    }, ForeignKeyCreated);

    private protected abstract Answer ForeignKeyDeferred { get; }

    [TestMethod]
    public void A_foreign_key_waits_for_the_end_of_the_transaction() => Play(new Scenario
    {
        Before = Scenario.AccountAndItem,
        Up = (op, n) => op.CreateForeignKey(
            n["fk"], n["item"], n["account"], [n["owner"]], [n["id"]], deferrable: true, initially: "DEFERRED", sourceSchema: n.Schema,
            referentSchema: n.Schema),
        Down = (op, n) => op.DropConstraint(n["fk"], n["item"], ConstraintType.ForeignKey, schema: n.Schema),
        After = ["+ item foreign key (owner) -> account (id) deferrable initially DEFERRED fk"],
        Rows = AccountAndItemRows,
    }, ForeignKeyDeferred);

    private protected abstract Answer ForeignKeyMatchesFully { get; }

    [TestMethod]
    public void A_foreign_key_matches_fully() => Play(new Scenario
    {
        Before = Scenario.AccountAndItem,
        Up = (op, n) => op.CreateForeignKey(n["fk"], n["item"], n["account"], [n["owner"]], [n["id"]], match: "FULL",
            sourceSchema: n.Schema, referentSchema: n.Schema),
        Down = (op, n) => op.DropConstraint(n["fk"], n["item"], ConstraintType.ForeignKey, schema: n.Schema),
        After = ["+ item foreign key (owner) -> account (id) match FULL fk"],
        Rows = AccountAndItemRows,
    }, ForeignKeyMatchesFully);

    private protected abstract Answer ConstraintDroppedIfExists { get; }

    [TestMethod]
    public void A_constraint_is_dropped_if_it_is_there() => Play(new Scenario
    {
        Before = (op, n) => op.CreateTable(n["account"],
            [new Column(n["id"], SqlType.Integer), new CheckConstraint($"{n.Sql("id")} > 0", n["ck"])], schema: n.Schema),
        Up = (op, n) =>
        {
            op.DropConstraint(n["ck"], n["account"], ConstraintType.Check, ifExists: true, schema: n.Schema);
            op.DropConstraint(n["ck"], n["account"], ConstraintType.Check, ifExists: true, schema: n.Schema);
        },
        Down = (op, n) => op.CreateCheckConstraint(n["ck"], n["account"], $"{n.Sql("id")} > 0", schema: n.Schema),
        After = ["- account check (id > 0) ck"],
        Rows = "account: ",
    }, ConstraintDroppedIfExists);

    private protected abstract Answer ConstraintDroppedByName { get; }

    [TestMethod]
    public void A_constraint_is_dropped_by_its_name_alone() => Play(new Scenario
    {
        Before = (op, n) => op.CreateTable(n["account"],
            [new Column(n["id"], SqlType.Integer), new CheckConstraint($"{n.Sql("id")} > 0", n["ck"])], schema: n.Schema),
        Up = (op, n) => op.DropConstraint(n["ck"], n["account"], schema: n.Schema),
        Down = (op, n) => op.CreateCheckConstraint(n["ck"], n["account"], $"{n.Sql("id")} > 0", schema: n.Schema),
        After = ["- account check (id > 0) ck"],
        Rows = "account: ",
    }, ConstraintDroppedByName);

    private protected abstract Answer KeysDeferred { get; }

    [TestMethod]
    public void Keys_wait_for_the_end_of_the_transaction() => Play(new Scenario
    {
        Before = Scenario.AccountAndItem,
        Up = (op, n) =>
        {
            op.CreatePrimaryKey(n["pk"], n["item"], [n["key"], n["line"]], deferrable: true, schema: n.Schema);
            op.CreateUniqueConstraint(n["uq"], n["item"], [n["owner"]], deferrable: true, initially: "DEFERRED", schema: n.Schema);
        },
        Down = (op, n) =>
        {
            op.DropConstraint(n["uq"], n["item"], ConstraintType.Unique, schema: n.Schema);
            op.DropConstraint(n["pk"], n["item"], ConstraintType.PrimaryKey, schema: n.Schema);
        },
        After = ["+ item primary key (key, line) deferrable pk", "+ item unique (owner) deferrable initially DEFERRED uq"],
        Rows = AccountAndItemRows,
    }, KeysDeferred);

    private protected abstract Answer UniqueWithNull { get; }

    [TestMethod]
    public void A_unique_constraint_takes_NULL_for_a_value() => Play(new Scenario
    {
        Up = (op, n) => op.CreateUniqueConstraint(n["uq"], n["account"], [n["note"]], nullsNotDistinct: true, schema: n.Schema),
        Down = (op, n) => op.DropConstraint(n["uq"], n["account"], ConstraintType.Unique, schema: n.Schema),
        After = ["+ account unique (note) nulls not distinct uq"],
    }, UniqueWithNull);

    private protected abstract Answer ExclusionCreated { get; }

    [TestMethod]
    public void Exclusions_are_created_and_dropped() => Play(new Scenario
    {
        Before = Scenario.AccountAndItem,
        Up = (op, n) =>
        {
            op.CreateExcludeConstraint(
                n["ex"], n["item"], [(n["key"], "="), (n["line"], "=")], where: $"{n.Sql("line")} > 0", method: "btree", deferrable: true,
                initially: "DEFERRED", schema: n.Schema);
            op.BatchAlterTable(
                n["item"],
                batch => batch.CreateExcludeConstraint(n["ex2"], [(Sql.Text($"int4range({n.Sql("line")}, {n.Sql("line")} + 1)"), "&&")],
                    where: $"{n.Sql("key")} = 1"),
                schema: n.Schema);
        },
        Down = (op, n) =>
        {
            op.DropConstraint(n["ex2"], n["item"], ConstraintType.Exclude, schema: n.Schema);
            op.DropConstraint(n["ex"], n["item"], ConstraintType.Exclude, schema: n.Schema);
        },
        After =
        [
            "+ item exclude using btree (key with =, line with =) where line > 0 deferrable initially DEFERRED ex",
            "+ item exclude using gist (int4range(line, line + 1) with &&) where key = 1 ex2",
        ],
        Rows = AccountAndItemRows,
    }, ExclusionCreated);
}

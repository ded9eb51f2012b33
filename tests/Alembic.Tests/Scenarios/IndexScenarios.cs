using Alembic.Schema;

namespace Alembic.Tests.Scenarios;

public abstract partial class OperationScenarios
{
    private protected abstract Answer IndexCreated { get; }

    [TestMethod]
    public void Indexes_are_created_and_dropped() => Play(new Scenario
    {
        Up = (op, n) =>
        {
            op.CreateIndex(n["ix"], n["account"], [n["name"], n["id"]], schema: n.Schema);
            op.CreateIndex(n["ux"], n["account"], [n["name"]], unique: true, schema: n.Schema);
        },
        Down = (op, n) =>
        {
            op.DropIndex(n["ux"], n["account"], schema: n.Schema);
            op.DropIndex(n["ix"], n["account"], schema: n.Schema);
        },
        After = ["+ account index ix (name, id)", "+ account unique index ux (name)"],
    }, IndexCreated);

    private protected abstract Answer IndexRenamed { get; }

    [TestMethod]
    public void An_index_is_renamed() => Play(new Scenario
    {
        Before = (op, n) =>
        {
            Scenario.Account(op, n);
            op.CreateIndex(n["ux"], n["account"], [n["name"], n["id"]], unique: true, schema: n.Schema);
        },
        Up = (op, n) => op.RenameIndex(n["ux"], n["renamed"], n["account"], schema: n.Schema),
        Down = (op, n) => op.RenameIndex(n["renamed"], n["ux"], n["account"], schema: n.Schema),
        After = ["- account unique index ux (name, id)", "+ account unique index renamed (name, id)"],
    }, IndexRenamed);

    private protected abstract Answer IndexCreatedIfNotExists { get; }

    [TestMethod]
    public void An_index_that_is_there_is_left_alone() => Play(new Scenario
    {
        Up = (op, n) =>
        {
            op.CreateIndex(n["ix"], n["account"], [n["name"]], ifNotExists: true, schema: n.Schema);
            op.CreateIndex(n["ix"], n["account"], [n["id"]], ifNotExists: true, schema: n.Schema);
            op.DropIndex(n["nothing"], n["account"], ifExists: true, schema: n.Schema);
        },
        Down = (op, n) => op.DropIndex(n["ix"], n["account"], ifExists: true, schema: n.Schema),
        After = ["+ account index ix (name)"],
    }, IndexCreatedIfNotExists);

    private protected abstract Answer IndexPartial { get; }

    [TestMethod]
    public void An_index_has_a_condition() => Play(new Scenario
    {
        Up = (op, n) => op.CreateIndex(n["ix"], n["account"], [n["name"]], where: $"{n.Sql("id")} > 1", schema: n.Schema),
        Down = (op, n) => op.DropIndex(n["ix"], n["account"], schema: n.Schema),
        After = ["+ account index ix (name) where id > 1"],
    }, IndexPartial);

    private protected abstract Answer IndexPartialUnique { get; }

    [TestMethod]
    public void A_unique_index_has_a_condition() => Play(new Scenario
    {
        Up = (op, n) => op.CreateIndex(n["ix"], n["account"], [n["name"]], unique: true, where: $"{n.Sql("id")} > 1", schema: n.Schema),
        Down = (op, n) => op.DropIndex(n["ix"], n["account"], schema: n.Schema),
        After = ["+ account unique index ix (name) where id > 1"],
    }, IndexPartialUnique);

    private protected abstract Answer IndexOfExpressions { get; }

    [TestMethod]
    public void An_index_has_expressions_and_directions() => Play(new Scenario
    {
        Up = (op, n) => op.CreateIndex(n["ix"], n["account"], [Sql.Text($"lower({n.Sql("name")})"), Sql.Text($"{n.Sql("id")} DESC")],
            schema: n.Schema),
        Down = (op, n) => op.DropIndex(n["ix"], n["account"], schema: n.Schema),
        After = ["+ account index ix (lower(name), id DESC)"],
    }, IndexOfExpressions);

    private protected abstract Answer IndexDescending { get; }

    [TestMethod]
    public void An_index_has_a_direction() => Play(new Scenario
    {
        Up = (op, n) => op.CreateIndex(n["ix"], n["account"], [n["name"], IndexElement.Descending(n["id"])], schema: n.Schema),
        Down = (op, n) => op.DropIndex(n["ix"], n["account"], schema: n.Schema),
        After = ["+ account index ix (name, id DESC)"],
    }, IndexDescending);

    private protected abstract Answer IndexIncludes { get; }

    [TestMethod]
    public void An_index_carries_other_columns() => Play(new Scenario
    {
        Up = (op, n) => op.CreateIndex(n["ix"], n["account"], [n["name"]], include: [n["id"]], schema: n.Schema),
        Down = (op, n) => op.DropIndex(n["ix"], n["account"], schema: n.Schema),
        After = ["+ account index ix (name) include (id)"],
    }, IndexIncludes);

    private protected abstract Answer IndexMethod { get; }

    [TestMethod]
    public void An_index_has_a_method() => Play(new Scenario
    {
        Up = (op, n) => op.CreateIndex(n["ix"], n["account"], [n["name"]], method: "hash", schema: n.Schema),
        Down = (op, n) => op.DropIndex(n["ix"], n["account"], schema: n.Schema),
        After = ["+ account index ix (name) using hash"],
    }, IndexMethod);

    private protected abstract Answer IndexConcurrently { get; }

    [TestMethod]
    public void An_index_is_made_while_others_write() => Play(new Scenario
    {
        Up = (op, n) => op.AutocommitBlock(() => op.CreateIndex(n["ix"], n["account"], [n["name"]], concurrently: true, schema: n.Schema)),
        Down = (op, n) => op.AutocommitBlock(() => op.DropIndex(n["ix"], n["account"], concurrently: true, schema: n.Schema)),
        After = ["+ account index ix (name)"],
    }, IndexConcurrently);

    private protected abstract Answer IndexConcurrentlyInTransaction { get; }

    [TestMethod]
    public void An_index_is_made_while_others_write_outside_of_a_transaction_only() => Play(new Scenario
    {
        Up = (op, n) => op.CreateIndex(n["ix"], n["account"], [n["name"]], concurrently: true, schema: n.Schema),
        Down = (op, n) => op.DropIndex(n["ix"], n["account"], schema: n.Schema),
        After = ["+ account index ix (name)"],
    }, IndexConcurrentlyInTransaction);

    private protected abstract Answer IndexWithNull { get; }

    [TestMethod]
    public void A_unique_index_takes_NULL_for_a_value() => Play(new Scenario
    {
        Up = (op, n) => op.CreateIndex(n["ux"], n["account"], [n["note"]], unique: true, nullsNotDistinct: true, schema: n.Schema),
        Down = (op, n) => op.DropIndex(n["ux"], n["account"], schema: n.Schema),
        After = ["+ account unique index ux (note) nulls not distinct"],
    }, IndexWithNull);

    private protected abstract Answer IndexWithOptions { get; }

    [TestMethod]
    public void An_index_has_options_of_its_own() => Play(new Scenario
    {
        Up = (op, n) => op.CreateIndex(
            n["ix"], n["account"], [n["name"]],
            options: new()
            {
                ["postgresql_with"] = "fillfactor=50", ["postgresql_tablespace"] = "pg_default", ["mysql_comment"] = "it's \\"
            }, schema: n.Schema),
        Down = (op, n) => op.DropIndex(n["ix"], n["account"], schema: n.Schema),
        After = ["+ account index ix (name)"],
    }, IndexWithOptions);

    private protected abstract Answer IndexDroppedByName { get; }

    [TestMethod]
    public void An_index_is_dropped_by_its_name_alone() => Play(new Scenario
    {
        Before = (op, n) =>
        {
            Scenario.Account(op, n);
            op.CreateIndex(n["ix"], n["account"], [n["name"]], schema: n.Schema);
        },
        Up = (op, n) => op.DropIndex(n["ix"], schema: n.Schema),
        Down = (op, n) => op.CreateIndex(n["ix"], n["account"], [n["name"]], schema: n.Schema),
        After = ["- account index ix (name)"],
    }, IndexDroppedByName);
}

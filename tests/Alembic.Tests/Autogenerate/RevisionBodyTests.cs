using Alembic.Autogenerate;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Autogenerate;

[TestClass]
public sealed class RevisionBodyTests
{
    [TestMethod]
    public void One_database_needs_no_switch() =>
        Assert.AreEqual(new RevisionBody("a();", "b();"), RevisionBody.Of([(null, new RevisionBody("a();", "b();"))]));

    [TestMethod]
    public void Each_of_several_databases_has_its_own_case() => Assert.AreEqual(
        """
        switch (op.EngineName)
        {
            case "one":
                a();
                b(
                    c);
                break;
            case "two":
                break;
        }
        """.ReplaceLineEndings("\n"),
        RevisionBody.Of([("one", new RevisionBody("a();\nb(\n    c);", "")), ("two", new RevisionBody("", "d();"))]).Upgrades);

    private sealed record Unwritten : Operation
    {
        protected internal override IEnumerable<string> Sql(Dialect dialect) => [];
    }

    [TestMethod]
    public void An_operation_that_does_not_say_how_it_is_written_is_named()
    {
        var exception = Assert.ThrowsExactly<AlembicException>(
            () => RevisionBody.Of(new RevisionDirective(null, [new Unwritten()]) { Downgrade = [] }, new Comparison([], [])));
        Assert.AreEqual("A revision cannot hold Unwritten: Unwritten has no C# form", exception.Message);
        Assert.AreEqual("an operation of your own overrides CSharp to say how it is written", exception.Hint);
    }

    [TestMethod]
    public void A_rewrite_walks_into_batches_and_keeps_what_it_does_not_change()
    {
        var (add, drop) = (new AddColumn("t", new Column("a", SqlType.Integer)), new DropColumn("t", "b"));
        var (batch, untouched) = (new BatchAlterTable("t", [add, drop]), new BatchAlterTable("u", [add]));
        var directive = new RevisionDirective(null, [batch, untouched, drop, new BatchAlterTable("v", [drop])]) { Downgrade = [drop] };
        var rewritten = directive.Rewrite<DropColumn>(d => d with { IfExists = true });
        Assert.AreEqual(new BatchAlterTable("t", [add, drop with { IfExists = true }]), rewritten.Upgrade[0]);
        Assert.AreSame(untouched, rewritten.Upgrade[1]);
        Assert.AreEqual(drop with { IfExists = true }, rewritten.Upgrade[2]);
        Assert.AreEqual(drop with { IfExists = true }, rewritten.Downgrade![0]);
        // Of a batch that loses all, nothing is left.
        var without = directive.Rewrite<DropColumn>(_ => []);
        CollectionAssert.AreEqual(new Operation[] { new BatchAlterTable("t", [add]), untouched }, without.Upgrade.ToArray());
        Assert.IsEmpty(without.Downgrade!);
    }

    [TestMethod]
    public void What_a_rewrite_splits_is_remarked_on_by_what_it_has_become()
    {
        var add = new AddColumn("t", new Column("a", SqlType.Integer, nullable: false));
        var comparison = new Comparison([new PlannedOperation(add, "three phases")], []) { Heading = "read this" };
        var directive = new RevisionDirective(null, comparison.UpgradeOperations).Rewrite<AddColumn>(
            a => [a with { Column = a.Column with { Nullable = true } }, new AlterColumn("t", "a") { Nullable = false }]);
        Assert.AreEqual(
            """
            // read this
            op.AddColumn("t", new Column("a", SqlType.Integer));
            // This fails while rows have NULL in 'a': fill them first, for example op.Execute("UPDATE …").
            op.AlterColumn("t", "a", nullable: false);
            """.ReplaceLineEndings("\n"),
            RevisionBody.Of(directive, comparison).Upgrades);
        Assert.DoesNotContain("read this", RevisionBody.Of(directive, comparison, isFirst: false).Upgrades);
    }

    [TestMethod]
    public void Items_are_written_by_a_hook_in_batches_too_and_it_can_put_something_around_the_usual()
    {
        static string? Render(object item, CodeWriter code)
        {
            if (item is not SqlType)
                return null;
            code.Using("Shop.Types");
            return $"Own({code.Value(item)})";
        }
        var add = new AddColumn("t", new Column("a", SqlType.Integer));
        var body = RevisionBody.Of(new RevisionDirective(null, [add, new BatchAlterTable("t", [add])]) { Usings = ["Shop.A"] },
            new Comparison([], []), Render);
        Assert.AreEqual(
            """
            op.AddColumn("t", new Column("a", Own(SqlType.Integer)));
            op.BatchAlterTable("t", batch =>
            {
                batch.AddColumn(new Column("a", Own(SqlType.Integer)));
            });
            """.ReplaceLineEndings("\n"),
            body.Upgrades);
        CollectionAssert.AreEqual(new[] { "Shop.A", "Shop.Types" }, body.Usings.ToArray());
    }
}

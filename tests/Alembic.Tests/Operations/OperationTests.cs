using Alembic.Databases.Sqlite;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Operations;

/// <summary>An operation equals one that says the same, and its reversal's reversal is itself.</summary>
[TestClass]
public sealed class OperationTests
{
    [TestMethod]
    public void The_way_back_from_a_validation_is_the_constraint_as_it_was()
    {
        var check = new CheckConstraint("n > 0", "ck", notValid: true);
        var back = (BatchAlterTable)new ValidateConstraint("ck", "t", "s") { Definition = check }.Reverse();
        CollectionAssert.AreEqual(
            new Operation[]
            {
                new DropConstraint("ck", "t", ConstraintType.Check, "s") { Definition = check }, new CreateConstraint("t", check, "s")
            },
            back.Operations.ToArray());
        Assert.Throws<AlembicException>(() => new ValidateConstraint("ck", "t").Reverse());
    }

    [TestMethod]
    public void Operations_that_say_the_same_are_equal()
    {
        foreach (var (one, other) in Samples.All.Zip(Samples.All))
        {
            Assert.AreEqual(one, other, new CodeWriter().Write(one));
            Assert.AreEqual(one.GetHashCode(), other.GetHashCode(), new CodeWriter().Write(one));
        }
    }

    [TestMethod]
    public void Operations_that_differ_are_not_equal()
    {
        var all = Samples.Named("a").Concat(Samples.Named("b")).Select(o => o.Operation).ToList();
        Assert.HasCount(all.Count, all.ToHashSet());
        Assert.AreNotEqual(new BulkInsert("t", ["a"], [[1]]), new BulkInsert("t", ["a"], [[1L]]));
        Assert.AreNotEqual(new BulkInsert("t", ["a"], [[new byte[] { 1 }]]), new BulkInsert("t", ["a"], [[new byte[] { 2 }]]));
    }

    [TestMethod]
    public void Back_and_back_again_is_where_one_was()
    {
        foreach (var operation in Samples.Reversible)
        {
            var back = operation.Reverse();
            Assert.AreNotEqual(operation, back);
            Assert.AreEqual(operation, back.Reverse(), new CodeWriter().Write(operation));
        }
    }

    [TestMethod]
    public void What_does_not_know_its_way_back_says_so()
    {
        Operation[] oneWay =
        [
            new DropTable("t"), new DropColumn("t", "c"), new DropIndex("i", "t"), new DropConstraint("c", "t"), new Execute("x"),
            new BulkInsert("t", [], []),
            new AlterColumn("t", "c") { Nullable = true }, new AlterColumn("t", "c") { Type = SqlType.Text },
            new CreateConstraint("t", new CheckConstraint("a")),
            new BatchAlterTable("t", [new DropColumn("t", "c")]),
        ];
        foreach (var operation in oneWay)
            Assert.Throws<IrreversibleOperationException>(() => operation.Reverse());
    }

    [TestMethod]
    public void Many_rows_or_long_ones_are_several_statements()
    {
        var many = new BulkInsert("t", ["a"], [.. Enumerable.Range(1, 2500).Select(i => new object?[] { i })])
            .Sql(new SqliteDialect()).ToList();
        CollectionAssert.AreEqual(new[] { 1000, 1000, 500 }, many.Select(s => s.Count(c => c == ')') - 1).ToList());
        Assert.EndsWith(", (2000)", many[1]);
        var wide = new BulkInsert("t", ["a"], [.. Enumerable.Range(1, 20).Select(i => new object?[] { new string('x', 100_000) })])
            .Sql(new SqliteDialect()).ToList();
        Assert.HasCount(4, wide);
        Assert.IsTrue(wide.All(s => s.Length < 1_000_000));
    }

    [TestMethod]
    public void A_list_that_is_changed_later_changes_no_operation()
    {
        List<object?> row = [1];
        List<IReadOnlyList<object?>> rows = [row];
        List<string> columns = ["a"];
        var insert = new BulkInsert("t", columns, rows);
        row.Add(2);
        rows.Clear();
        columns.Add("b");
        Assert.AreEqual(new BulkInsert("t", ["a"], [[1]]), insert);
        var parameters = new Dictionary<string, object?> { ["a"] = 1 };
        var execute = new Execute("x") { Parameters = parameters };
        parameters["a"] = 2;
        Assert.AreEqual(1, execute.Parameters["a"]);
    }
}

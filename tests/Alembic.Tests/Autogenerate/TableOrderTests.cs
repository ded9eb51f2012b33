using Alembic.Autogenerate;
using Alembic.Databases.Sqlite;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Autogenerate;

[TestClass]
public sealed class TableOrderTests
{
    [TestMethod]
    public void Tables_are_made_after_those_they_point_to_and_dropped_before_them()
    {
        var schema = new MetaData([Of("a", "c"), Of("b"), Of("c", "b", "c")]);
        Assert.AreEqual("+b +c +a", Summary(schema, new MetaData([])));
        Assert.AreEqual("-a -c -b", Summary(new MetaData([]), schema));
        CollectionAssert.AreEqual(
            new[] { "Detected added table 'b'", "Detected added table 'c'", "Detected added table 'a'" },
            Compare.Schemas(schema, new MetaData([]), PlainDialect.PostgreSql).Log.Select(e => e.Message).ToArray());
    }

    [TestMethod]
    public void Circles_are_broken_by_foreign_keys_that_come_after_or_go_before()
    {
        var schema = new MetaData([Of("a", "b"), Of("b", "a")]);
        Assert.AreEqual("+a +b a>b", Summary(schema, new MetaData([])));
        Assert.AreEqual("a<b -b -a", Summary(new MetaData([]), schema));
    }

    [TestMethod]
    public void On_sqlite_a_circle_needs_no_breaking() =>
        Assert.AreEqual("+a +b", Summary(new MetaData([Of("a", "b"), Of("b", "a")]), new MetaData([]), PlainDialect.Sqlite));

    [TestMethod]
    public void A_foreign_key_to_a_column_that_is_still_to_come_waits_for_it()
    {
        var target = new Table("old", [new Column("id", SqlType.Integer, primaryKey: true)]);
        var newTable = new Table("new", [new Column("code", SqlType.Integer, foreignKey: new ForeignKey("old.code"))]);
        var model = new MetaData(
            [target with { Items = [.. target.Items, new Column("code", SqlType.Integer), new UniqueConstraint(["code"], "uq_code")] },
                newTable]);
        Assert.AreEqual("+new AddColumn CreateConstraint new>old", Summary(model, new MetaData([target])));
    }

    [TestMethod]
    public void Ten_thousand_tables_in_a_line_are_ordered_without_recursion()
    {
        var tables = Enumerable.Range(0, 10_000).Select(i => Of($"t{i}", i < 9_999 ? [$"t{i + 1}"] : [])).ToList();
        var order = DependencyOrder.Of(tables, new SqliteDialect());
        Assert.AreEqual("t9999", order[0].Table.Name);
        Assert.AreEqual("t0", order[^1].Table.Name);
    }

    [TestMethod]
    public void The_downgrade_is_the_upgrade_of_the_other_direction()
    {
        var (a, b) = (new MetaData([Of("a", "b"), Of("b", "a"), Of("x")]), new MetaData([Of("x", "x"), Of("y", "x")]));
        var there = Compare.Schemas(a, b, PlainDialect.PostgreSql);
        Assert.HasCount(there.Upgrade.Count, there.DowngradeOperations);
        Assert.AreEqual(there.UpgradeOperations[0].Reverse(), there.DowngradeOperations[^1]);
    }

    private static Table Of(string name, params string[] targets) => new(
        name, [new Column("id", SqlType.Integer, primaryKey: true),
            .. targets.Select(t => new Column($"{t}_id", SqlType.Integer, foreignKey: new ForeignKey($"{t}.id")))]);

    private static string Summary(MetaData model, MetaData database, Dialect? dialect = null) =>
        string.Join(' ', Compare.Schemas(model, database, dialect ?? PlainDialect.PostgreSql).UpgradeOperations.Select(o => o switch
        {
            CreateTable t => "+" + t.Table.Name,
            DropTable t => "-" + t.Table,
            CreateConstraint { Constraint: ForeignKeyConstraint key } c => $"{c.Table}>{key.ReferentTable}",
            DropConstraint { Definition: ForeignKeyConstraint key } c => $"{c.Table}<{key.ReferentTable}",
            _ => o.GetType().Name,
        }));
}

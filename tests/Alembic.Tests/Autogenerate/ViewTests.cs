using Alembic.Operations;
using Alembic.Schema;
using Microsoft.Extensions.Logging;

namespace Alembic.Tests.Autogenerate;

/// <summary>Views, which no model has: they stay, and what a revision cannot do with them there is said in it.</summary>
[TestClass]
public sealed class ViewTests
{
    private static Column Id => new("id", SqlType.Integer, primaryKey: true);

    [TestMethod]
    [DataRow("sqlite")]
    [DataRow("postgresql")]
    [DataRow("mariadb")]
    [DataRow("mysql")]
    public void A_view_that_has_the_name_of_a_new_table_is_named_with_the_way_out(string dialect) => Journey.On(dialect, (journey, _) =>
    {
        var old = new Table("old", [Id]);
        journey.Run([new CreateTable(old), new Execute("CREATE VIEW account AS SELECT id FROM old")]);
        var comparison = journey.Compare(new MetaData([old, new Table("account", [Id])]));
        Assert.AreEqual("This fails while the view 'account' exists: op.Execute(\"DROP VIEW account\") drops it first.",
            comparison.Upgrade.Single().Remark);
        Assert.AreEqual("The view 'account' has the name of a new object; drop it first: DROP VIEW account",
            comparison.Log.Single(e => e.Level == LogLevel.Warning).Message);
        journey.Run([new Execute("DROP VIEW account"), .. comparison.UpgradeOperations]);
        return 0;
    });

    [TestMethod]
    [DataRow("sqlite", "index", true)]
    [DataRow("postgresql", "index", true)]
    [DataRow("mysql", "index", false)]
    [DataRow("sqlite", "unique", false)]
    [DataRow("postgresql", "unique", true)]
    [DataRow("postgresql", "sequence", true)]
    [DataRow("mariadb", "sequence", true)]
    public void A_view_is_in_the_way_of_what_shares_its_names(string dialect, string kind, bool isNamed) =>
        Journey.On(dialect, (journey, _) =>
        {
            journey.Run([new CreateTable(new Table("t", [Id])), new Execute("CREATE VIEW taken AS SELECT id FROM t")]);
            var model = new MetaData([new Table("t", [Id, .. kind switch
            {
                "index" => [new TableIndex("taken", ["id"])],
                "unique" => [new Column("a", SqlType.Integer), new UniqueConstraint(["a"], "taken")],
                _ => Array.Empty<SchemaItem>(),
            }])]) { Sequences = kind == "sequence" ? [new Sequence("taken")] : [] };
            var remarks = string.Concat(journey.Compare(model).Upgrade.Select(p => p.Remark));
            Assert.AreEqual(isNamed, remarks.Contains("DROP VIEW taken", StringComparison.Ordinal), remarks);
            return 0;
        });

    [TestMethod]
    [DataRow("sqlite", "This fails while it is used by: view v, view w. Drop that first, and create it again afterwards, with op.Execute.",
        "These no longer work afterwards: view v, view w. Drop that, or create it again afterwards, with op.Execute.", "")]
    [DataRow("mariadb", "These no longer work afterwards: view v, view w. Drop that, or create it again afterwards, with op.Execute.",
        "These no longer work afterwards: view v, view w. Drop that, or create it again afterwards, with op.Execute.",
        "These no longer work afterwards: view v, view w. Drop that, or create it again afterwards, with op.Execute.")]
    public void What_a_view_makes_of_a_column_or_a_table_that_goes_is_said(string dialect, string column, string table, string rename) =>
        Journey.On(dialect, (journey, _) =>
        {
            Table Of(string name, params SchemaItem[] more) => new("t", [Id, new Column(name, SqlType.Integer), .. more]);
            journey.Run([new CreateTable(Of("a", new Column("b", SqlType.Integer))),
                new Execute("CREATE VIEW v AS SELECT a, id FROM t"), new Execute("CREATE VIEW w AS SELECT a FROM v"),
                new Execute("CREATE VIEW other AS SELECT b FROM t"), new Execute("CREATE VIEW x AS SELECT id AS z FROM v")]);
            string Remark(MetaData model) => string.Concat(journey.Compare(model).Upgrade.Select(p => p.Remark));
            Assert.AreEqual(column, Remark(new MetaData([new Table("t", [Id, new Column("b", SqlType.Integer)])])));
            Assert.Contains(table.Replace("view v, view w", "view v, view w, view other, view x", StringComparison.Ordinal)[..30],
                Remark(new MetaData([])));
            Assert.AreEqual(rename, Remark(new MetaData(
                [Of("c", new Column("b", SqlType.Integer)) with { Items = [Id, new Column("c", SqlType.Integer) { RenamedFrom = "a" },
                    new Column("b", SqlType.Integer)] }])));
            return 0;
        });
}

using Alembic.Schema;
using Alembic.Tests.Databases;

namespace Alembic.Tests.Scenarios;

public abstract partial class OperationScenarios
{
    /// <summary>A name made as long as the database keeps it.</summary>
    private protected abstract string Longest(string name);

    /// <summary>What is said of one that is longer, or null where none is too long.</summary>
    private protected abstract string? TooLong(string name);

    [TestMethod]
    public void A_name_that_is_too_long_is_refused_wherever_it_stands()
    {
        var name = Longest("x") + "y";
        (string What, Action<Op> Directive)[] directives =
        [
            ("table", op => op.CreateTable(name, [new Column("a", SqlType.Integer)])),
            ("table's schema", op => op.CreateTable("t", [new Column("a", SqlType.Integer)], schema: name)),
            ("table's column", op => op.CreateTable("t", [new Column(name, SqlType.Integer)])),
            ("table's check", op => op.CreateTable("t", [new Column("a", SqlType.Integer), new CheckConstraint("a > 0", name)])),
            ("table's index", op => op.CreateTable("t", [new Column("a", SqlType.Integer), new TableIndex(name, ["a"])])),
            ("dropped table", op => op.DropTable(name)),
            ("renamed table", op => op.RenameTable("t", name)),
            ("new column", op => op.AddColumn("t", new Column(name, SqlType.Integer))),
            ("column's generated index", op => op.AddColumn("t", new Column(Longest("a"), SqlType.Integer, index: true))),
            ("dropped column", op => op.DropColumn("t", name)),
            ("renamed column", op => op.AlterColumn("t", "a", newColumnName: name, existingType: SqlType.Integer)),
            ("index", op => op.CreateIndex(name, "t", ["a"])),
            ("index's column", op => op.CreateIndex("ix", "t", [name])),
            ("dropped index", op => op.DropIndex(name, "t")),
            ("row's column", op => op.BulkInsert("t", [name], [[1]])),
        ];
        foreach (var (what, directive) in directives)
        {
            var wrong = what == "column's generated index" ? $"ix_t_{Longest("a")}" : name;
            if (TooLong(wrong) is { } expected)
                Assert.AreEqual(expected, Assert.ThrowsExactly<AlembicException>(() => Scripts.Of(Dialect, directive), what).Message, what);
            else
                Assert.Contains(wrong, Scripts.Of(Dialect, directive), what);
        }
    }
}

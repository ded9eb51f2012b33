using Alembic.Schema;

namespace Alembic.Tests.Databases.Sqlite;

/// <summary>Foreign keys between files, and names with points in them.</summary>
[TestClass]
public sealed class SqliteReferencesTests
{
    private static readonly Column Id = new("id", SqlType.Integer, primaryKey: true);

    private static readonly Action<Op>[] Across =
    [
        op => op.CreateTable("child", [Id, new Column("p", SqlType.Integer, foreignKey: new ForeignKey("aux.parent.id"))]),
        op => op.CreateTable("child", [Id, new Column("p", SqlType.Integer), new ForeignKeyConstraint(["p"], ["aux.parent.id"])]),
        op => op.AddColumn("t", new Column("p", SqlType.Integer, foreignKey: new ForeignKey("aux.parent.id"))),
        op => op.CreateForeignKey("fk", "t", "parent", ["a"], ["id"], referentSchema: "aux"),
        op => op.BatchAlterTable("t", batch => batch.CreateForeignKey("fk", "parent", ["a"], ["id"], referentSchema: "aux")),
    ];

    public static IEnumerable<object[]> KeysAcross => Enumerable.Range(0, Across.Length).Select(i => new object[] { i });

    [TestMethod]
    [DynamicData(nameof(KeysAcross))]
    public void A_key_to_another_file_is_refused(int index)
    {
        using var database = new MigratedDatabase("ATTACH ':memory:' AS aux", "CREATE TABLE aux.parent (id INTEGER PRIMARY KEY)",
            "CREATE TABLE t (a INTEGER)", "INSERT INTO t VALUES (1)");
        var error = database.Refuses(Across[index]);
        Assert.Contains("to 'aux.parent': an attached database is another file", error.Message);
        Assert.Contains("\"aux.parent\"", error.Hint!);
    }

    [TestMethod]
    public void A_key_within_its_file_may_name_it()
    {
        using var database = new MigratedDatabase("ATTACH ':memory:' AS aux");
        database.Migrate(op =>
        {
            op.CreateTable("parent", [Id], schema: "aux");
            op.CreateTable("child", [Id, new Column("p", SqlType.Integer, foreignKey: new ForeignKey("aux.parent.id"))], schema: "aux");
            op.AddColumn("child", new Column("q", SqlType.Integer, foreignKey: new ForeignKey("AUX.parent.id")), schema: "aux");
            op.CreateTable("parent", [Id]);
            op.CreateTable("child", [Id, new Column("p", SqlType.Integer, foreignKey: new ForeignKey("main.parent.id"))]);
        });
        Assert.AreEqual("p\nq",
            database.Scalar("SELECT \"from\" FROM pragma_foreign_key_list('child', 'aux') WHERE \"table\" = 'parent' ORDER BY 1"));
        Assert.AreEqual("parent", database.Scalar("SELECT \"table\" FROM pragma_foreign_key_list('child', 'main')"));
    }

    [TestMethod]
    [DataRow("a.b", "c")]
    [DataRow("a.b", "c.d")]
    [DataRow("\"q\"", "c")]
    [DataRow(".", ".")]
    [DataRow("a\"b.c", "it's \"")]
    public void Names_with_points_and_quotation_marks_are_found(string table, string column)
    {
        using var database = new MigratedDatabase();
        database.Migrate(op =>
        {
            op.CreateTable(table, [new Column(column, SqlType.Integer, primaryKey: true)]);
            op.CreateTable("child",
                [new Column("p", SqlType.Integer, foreignKey: new ForeignKey(ForeignKeyConstraint.TargetOf(null, table, column)))]);
            op.CreateTable("other", [new Column("p", SqlType.Integer)]);
            op.CreateForeignKey("fk", "other", table, ["p"], [column]);
            op.BulkInsert(table, [column], [[1]]);
            op.BulkInsert("child", ["p"], [[1]]);
        });
        Assert.AreEqual($"{table} | {column}", database.Scalar("SELECT \"table\", \"to\" FROM pragma_foreign_key_list('child')"));
        Assert.AreEqual($"{table} | {column}", database.Scalar("SELECT \"table\", \"to\" FROM pragma_foreign_key_list('other')"));
        Assert.Contains("points to a row", database.Refuses(op => op.Execute("INSERT INTO child VALUES (2)")).Message);
    }
}

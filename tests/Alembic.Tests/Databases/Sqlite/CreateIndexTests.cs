using Alembic.Databases.Sqlite;

namespace Alembic.Tests.Databases.Sqlite;

[TestClass]
public sealed class CreateIndexTests
{
    [TestMethod]
    [DataRow("CREATE INDEX i ON t(a)", "i t a")]
    [DataRow("CREATE UNIQUE INDEX \"i x\" ON [t] (\"a\" DESC, b COLLATE nocase ASC)", "unique i x t a DESC,b nocase ASC")]
    [DataRow("CREATE INDEX i ON t(lower(a), (a || b) COLLATE rtrim DESC, a || b COLLATE nocase)",
        "i t (lower(a)),(a || b) rtrim DESC,(a || b COLLATE nocase)")]
    [DataRow("CREATE INDEX i ON t(((a)), (b COLLATE nocase) DESC)", "i t a,b nocase DESC")]
    [DataRow("CREATE INDEX i ON t(a -- )\n) WHERE b IN ('x)', \"a\") -- end\n AND a > 0",
        "i t a WHERE b IN ('x)', \"a\") -- end\n AND a > 0")]
    [DataRow("CREATE INDEX i ON t(end DESC, CASE end WHEN 1 THEN 2 END)", "i t end DESC,(CASE end WHEN 1 THEN 2 END)")]
    public void An_index_is_read(string sql, string expected)
    {
        using var database = new ScratchDatabase("CREATE TABLE t (a, b, end)", sql);
        var index = CreateIndexStatement.Parse(database.Rows("SELECT sql FROM sqlite_schema WHERE type = 'index'").Single());
        Assert.AreEqual(sql, index.Sql);
        var elements = index.Elements.Select(e => (e.Column ?? $"({e.Expression})") + (e.Collation is { } c ? $" {c}" : "")
            + e.Descending switch { true => " DESC", false => " ASC", null => "" });
        Assert.AreEqual(expected,
            $"{(index.Unique ? "unique " : "")}{index.Name} {index.Table} "
                + $"{string.Join(',', elements)}{(index.Where is { } w ? $" WHERE {w}" : "")}");
    }

    [TestMethod]
    [DataRow("CREATE INDEX i ON a(a)", "CREATE INDEX i ON a(x)")]
    [DataRow("CREATE INDEX i ON a(\"a\" DESC, b)", "CREATE INDEX i ON a(\"x\" DESC, b)")]
    [DataRow("CREATE INDEX i ON a(lower(a), substr(b, a))", "CREATE INDEX i ON a(lower(x), substr(b, x))")]
    [DataRow("CREATE INDEX i ON a(b) WHERE a IS NOT NULL AND a.a > 'a' -- a",
        "CREATE INDEX i ON a(b) WHERE x IS NOT NULL AND a.x > 'a' -- a")]
    [DataRow("CREATE INDEX i ON a('a' COLLATE nocase)", "CREATE INDEX i ON a(\"x\" COLLATE nocase)")]
    [DataRow("CREATE INDEX i ON a(b)", "CREATE INDEX i ON a(b)")]
    public void A_column_is_renamed_in_an_index(string sql, string expected)
    {
        using var database = new ScratchDatabase("CREATE TABLE a (a, b)", sql);
        var index = CreateIndexStatement.Parse(sql);
        Assert.AreEqual(sql != expected, index.Uses("A"));
        var renamed = index.RenameColumn("A", "x");
        Assert.AreEqual(expected, renamed.Sql);
        using var after = new ScratchDatabase("CREATE TABLE a (x, b)", renamed.Sql);
    }

    [TestMethod]
    public void Strings_in_double_quotes_become_strings_in_single_ones() => Assert.AreEqual(
        "CREATE INDEX i ON t(\"a\", a || 'x') WHERE a > 'y' AND \"A\" > 0",
        CreateIndexStatement.Parse("CREATE INDEX i ON t(\"a\", a || \"x\") WHERE a > \"y\" AND \"A\" > 0").WithPlainStrings(["a"]).Sql);

    [TestMethod]
    [DataRow("CREATE INDEX i ON t")]
    [DataRow("CREATE INDEX i ON t(a) WHERE")]
    [DataRow("CREATE INDEX i ON t(a,)")]
    [DataRow("CREATE TABLE i (a)")]
    public void What_is_no_index_is_refused(string sql) =>
        Assert.ThrowsExactly<DdlNotUnderstoodException>(() => CreateIndexStatement.Parse(sql));
}

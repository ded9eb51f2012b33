namespace Alembic.Compiler.Tests;

[TestClass]
public sealed class ChecksumTests
{
    private const string Before =
        """
        // Add account
        //
        // Revision ID: a1
        using Alembic;
        using Alembic.Schema;
        using T = Alembic.Schema.SqlType;

        [Revision("a1")]
        file sealed class AddAccount : Migration
        {
            private const string Note = "it's \"new\"\n";

            public override void Upgrade(Op op)
            {
                op.CreateTable("account", [new Column("id", T.Integer, primaryKey: true), new Column("size", T.Integer, serverDefault: 1000)]);
                op.Execute("UPDATE account SET note = ''");
                Log('x', Note);
            }

            public override void Downgrade(Op op)
            {
                op.DropTable("account");
            }

            private static void Log(char letter, string text) { }
        }
        """;

    [TestMethod]
    [DataRow("// Add account\n", "// Add the account table\n")]
    [DataRow("using Alembic;\n", "using System;\nusing Alembic;\n")]
    [DataRow("using Alembic;\nusing Alembic.Schema;\n", "using Alembic.Schema;\nusing Alembic;\n")]
    [DataRow("using T =", "\n\n\nusing   T\t=")]
    [DataRow("[Revision(\"a1\")]\nfile sealed class AddAccount",
        "[Alembic.Revision(\"a1\")] [BranchLabels(\"shop\")]\npublic class AddAccounts")]
    [DataRow("[Revision(\"a1\")]", "[Revision(\"a1\"), Revises(\"z9\")]")]
    [DataRow("[Revision", "namespace Shop;\n[Revision")]
    [DataRow("        op.Execute", "        // why\n        op /* is */ . Execute")]
    [DataRow("op.Execute(\"UPDATE account SET note = ''\");",
        "#region data\n        op.Execute(\"UPDATE account SET note = ''\");\n#endregion")]
    [DataRow("\"UPDATE account SET note = ''\"", "@\"UPDATE account SET note = ''\"")]
    [DataRow("\"UPDATE account SET note = ''\"", "\"\"\"\n            UPDATE account SET note = ''\n            \"\"\"")]
    [DataRow("\"it's \\\"new\\\"\\n\"", "\"it\\u0027s \\x22new\\\"\\u000a\"")]
    [DataRow("serverDefault: 1000)]", "serverDefault: 1_000),]")]
    [DataRow("serverDefault: 1000)", "serverDefault: 0x3E8)")]
    [DataRow("Log('x'", "@Log('\\u0078'")]
    [DataRow("\n", "\r\n")]
    public void Comments_layout_and_spelling_do_not_count(string text, string other)
    {
        Assert.AreNotEqual(Before, Before.Replace(text, other));
        Assert.AreEqual(Of(Before), Of(Before.Replace(text, other)));
    }

    [TestMethod]
    [DataRow("\"account\", [", "\"accounts\", [")]
    [DataRow("new Column(\"id\", T.Integer, primaryKey: true), ", "")]
    [DataRow("primaryKey: true", "primaryKey: false")]
    [DataRow("serverDefault: 1000", "serverDefault: 1001")]
    [DataRow("serverDefault: 1000", "serverDefault: 1000L")]
    [DataRow("serverDefault: 1000", "serverDefault: \"1000\"")]
    [DataRow("serverDefault", "autoincrement")]
    [DataRow("note = ''\"", "note = ' '\"")]
    [DataRow("T = Alembic.Schema.SqlType", "T = Alembic.Schema.OtherType")]
    [DataRow("it's", "it is")]
    [DataRow("        Log('x', Note);\n", "")]
    [DataRow("        Log('x'", "        // Log('x'")]
    [DataRow("'x'", "'y'")]
    [DataRow("'x'", "x")]
    [DataRow("string text) { }", "string text) { throw null; }")]
    public void What_an_upgrade_does_counts(string text, string other)
    {
        Assert.AreNotEqual(Before, Before.Replace(text, other));
        Assert.AreNotEqual(Of(Before).Upgrade, Of(Before.Replace(text, other)).Upgrade);
    }

    [TestMethod]
    public void The_two_directions_are_told_apart()
    {
        var down = Of(Before.Replace("DropTable", "RenameTable"));
        Assert.AreEqual(Of(Before).Upgrade, down.Upgrade);
        Assert.AreNotEqual(Of(Before).Downgrade, down.Downgrade);

        var up = Of(Before.Replace("note = ''", "note = ' '"));
        Assert.AreNotEqual(Of(Before).Upgrade, up.Upgrade);
        Assert.AreEqual(Of(Before).Downgrade, up.Downgrade);
    }

    [TestMethod]
    [DataRow("@\"UPDATE account\n  SET note = ''\"")]
    [DataRow("\"\"\"\n    UPDATE account\n      SET note = ''\n    \"\"\"")]
    [DataRow("$@\"UPDATE account\n  SET note = '{Note}'\n\"")]
    [DataRow("$\"\"\"\n    UPDATE account\n      SET note = '{Note}' || '{Note}'\n    WHERE true\n    \"\"\"")]
    public void Line_ends_of_the_file_within_a_string_do_not_count(string literal)
    {
        var unix = Before.Replace("\"UPDATE account SET note = ''\"", literal);
        Assert.AreEqual(Of(unix), Of(unix.Replace("\n", "\r\n")));
    }

    [TestMethod]
    public void Line_ends_that_a_string_asks_for_count() =>
        Assert.AreNotEqual(Of(Before.Replace("account SET", "account\\r\\nSET")), Of(Before.Replace("account SET", "account\\nSET")));

    [TestMethod]
    public void It_is_the_same_for_ever() => Assert.AreEqual(
        ("ac2dc2445c3e9d6293b40a534057a044e7a5e44ec1323b3e1d67e8d254104adb",
            "fb9ca26980edb11a2da2ac1320a9ae768cab22c7d23e3fb30fc568f55dc8c37e"), Of(Before));

    private static (string Upgrade, string Downgrade) Of(string text)
    {
        var result = new SourceCompiler().ReadHeaders([new SourceFile("/a.cs", text)]).Single();
        Assert.IsEmpty(result.Errors, string.Join("\n", result.Errors));
        return (result.Header!.UpgradeChecksum, result.Header.DowngradeChecksum);
    }
}

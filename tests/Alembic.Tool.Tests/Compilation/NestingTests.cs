using Alembic.Tool.Compilation;

namespace Alembic.Tool.Tests.Compilation;

[TestClass]
public sealed class NestingTests
{
    private static readonly string Deep = Many("(", Nesting.Limit + 1);
    private static readonly string Wide = Many("()", Nesting.Limit + 1);

    [TestMethod]
    public void Brackets_beyond_the_limit_are_found_wherever_something_seems_to_close_them()
    {
        foreach (var closed in new[]
        {
            "(/*)*/", "(//)\n", "(\")\"", "(@\")\\\"", "(@\"\"\")\"", "($\")\"", "($\"{{)\"", "($\"{1:)}\"", "($@\"\"\")\"",
            "(\"\"\")\"\"\"", "(\"\"\"\"\")\"\"\"\"\"", "($$\"\"\"{)}\"\"\"", "($$\"\"\"{{1}})\"\"\"",
            "(')'", "('\\'',')'", "(#region )\n", "(\"\\\")\"", "(]", "[)", "f(\"\\\\\"", "$\"{/*}*/", "$\"{\")}\"", "$$\"\"\"{{/*}}*/",
            "F<//>\n", "F<//;\n", "(a>b", "($\"{')'}\"", "('\u2028)",
        })
        {
            var problem = Nesting.Problem(Many(closed, Nesting.Limit + 1));
            Assert.IsNotNull(problem, closed);
            Assert.StartsWith(closed.Contains('\u2028')
                ? "a string or character is not closed (line 1)"
                : "brackets are nested more than 500 deep (line ", problem, closed);
        }
    }

    [TestMethod]
    public void What_is_in_comments_and_strings_does_not_count()
    {
        foreach (var text in new[]
        {
            "/*" + Deep + "*/", "//" + Deep, "\"" + Deep + "\"", "@\"\n" + Deep + "\"\"" + Deep + "\"", "\"\"\"\n" + Deep + "\n\"\"\"",
            "\"\"\"\"" + Deep + "\"\"\"" + Deep + "\"\"\"\"",
            "$\"" + Deep + "{1}" + Deep + "\"", "$\"{1:" + Deep + "}\"", "$@\"\n{1}" + Deep + "\"", "@$\"" + Deep + "\"",
            "$$\"\"\"" + Deep + "{" + Deep + "{{1}}\"\"\"", "#region " + Deep, "#pragma warning disable " + Deep,
            "'('; '\\''; '\"'; /* ' */ " + Wide, Many("a < b;", 600), Many("(a < b)", 600), Many("$\"{(a ? b : c)}\"", 600),
            Many("$\"{{{a}}}\"", 600), Many("f<(a, b)>();", 600),
        })
            Assert.IsNull(Nesting.Problem(text), text[..30]);
    }

    [TestMethod]
    [DataRow("/*", "a comment is not closed")]
    [DataRow("\"", "a string or character is not closed")]
    [DataRow("@\"\n", "a string or character is not closed")]
    [DataRow("\"\"\"x\n", "a string or character is not closed")]
    [DataRow("$\"{1}", "a string or character is not closed")]
    [DataRow("'a\n", "a string or character is not closed")]
    [DataRow("# if X\n", "a source with #if may have at most 500 brackets")]
    public void What_cannot_be_decided_is_told_of_with_its_line(string text, string problem)
    {
        Assert.AreEqual($"{problem} (line 3)", Nesting.Problem($"{Wide}\n\n{text}"));
        Assert.IsNull(Nesting.Problem(text));
    }

    [TestMethod]
    public void Every_source_of_this_repository_is_read_to_its_end_with_nothing_left_open()
    {
        var files = Directory.GetFiles(Repository.Root, "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ToList();
        Assert.IsGreaterThan(300, files.Count);
        foreach (var text in files.Select(File.ReadAllText).Where(text => !text.Contains("#if", StringComparison.Ordinal)))
        {
            // What one copy leaves open, seventy leave open too often.
            Assert.IsNull(Nesting.Problem(Many("(", Nesting.Limit - 60) + Many(text + "\n", 70)), text);
            var copies = Many(text + "\n", 3);
            Assert.AreEqual($"brackets are nested more than {Nesting.Limit} deep (line {copies.Split('\n').Length})",
                Nesting.Problem(copies + Deep), text);
        }
    }

    private static string Many(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}

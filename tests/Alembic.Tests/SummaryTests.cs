using System.Text.RegularExpressions;

namespace Alembic.Tests;

/// <summary>Summaries of what is public begin as those of .NET do: with a verb or a noun, not with a question word.</summary>
[TestClass]
public sealed partial class SummaryTests
{
    [TestMethod]
    public void A_public_summary_does_not_begin_with_a_question_word()
    {
        var src = Path.Combine(Repository.Root, "src");
        var wrong = Directory.EnumerateFiles(src, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Replace('\\', '/').Split('/').Any(part => part is "obj" or "bin"))
            .SelectMany(file => Wrong(File.ReadAllLines(file))
                .Select(line => $"{Path.GetRelativePath(Repository.Root, file).Replace('\\', '/')}:{line}"))
            .ToList();
        Assert.IsEmpty(wrong, string.Join("\n", wrong));
    }

    [TestMethod]
    public void The_reader_knows_what_is_public()
    {
        string[] text =
        [
            "/// <summary>What a class is.</summary>", "public sealed class A", "{",
            "    /// <summary>", "    /// Whether it is.", "    /// </summary>", "    [Obsolete]", "    public bool Is { get; }",
            "    /// <summary>Whether it was.</summary>", "    internal bool Was { get; }",
            "    /// <summary>Whatever it is.</summary>", "    public int Other { get; }", "}",
            "internal class B", "{", "    /// <summary>Whether it is.</summary>", "    public bool Is { get; }", "}",
            "public interface C", "{", "    /// <summary>Whether it is.</summary>", "    bool Is { get; }", "}"
        ];
        CollectionAssert.AreEqual(new[] { 1, 4, 21 }, Wrong(text).ToArray());
    }

    // The indentation tells which types a member stands in: the formatter keeps it.
    private static IEnumerable<int> Wrong(string[] lines)
    {
        var types = new Stack<(int Indent, bool IsPublic, bool IsOpen)>();
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimStart();
            var indent = lines[i].Length - line.Length;
            if (line.StartsWith("/// <summary>", StringComparison.Ordinal))
            {
                var first = line["/// <summary>".Length..].Trim();
                if (first.Length == 0 && i + 1 < lines.Length)
                    first = lines[i + 1].Trim().TrimStart('/').Trim();
                if (Question().IsMatch(first) && IsPublic(Declaration(lines, i), types.SkipWhile(type => type.Indent >= indent)))
                    yield return i + 1;
            }
            else if (TypeDeclaration().Match(line) is { Success: true } type)
            {
                while (types.TryPeek(out var last) && last.Indent >= indent)
                    types.Pop();
                types.Push((indent, IsSeen(line) || (types.TryPeek(out var outer) && outer.IsOpen),
                    type.Groups["kind"].Value is "interface" or "enum"));
            }
        }
    }

    private static string Declaration(string[] lines, int summary) =>
        lines.Skip(summary).Select(line => line.TrimStart())
            .FirstOrDefault(line => line.Length > 0 && line[0] is not ('/' or '[' or '#')) ?? "";

    private static bool IsPublic(string declaration, IEnumerable<(int Indent, bool IsPublic, bool IsOpen)> types)
    {
        var around = types.ToList();
        return around.All(type => type.IsPublic)
            && (IsSeen(declaration) || (around.Count > 0 && around[0].IsOpen && !IsHidden(declaration)));
    }

    private static bool IsSeen(string declaration) =>
        declaration.StartsWith("public ", StringComparison.Ordinal) || declaration.StartsWith("protected ", StringComparison.Ordinal);

    private static bool IsHidden(string declaration) =>
        declaration.StartsWith("private ", StringComparison.Ordinal) || declaration.StartsWith("internal ", StringComparison.Ordinal);

    [GeneratedRegex(@"^(What|Whether|Which|How|Who|Why|When|Where)\b")]
    private static partial Regex Question();

    [GeneratedRegex(@"^((public|protected|internal|private|file|static|sealed|abstract|partial|readonly|ref|unsafe|new) )*"
        + @"(?<kind>class|struct|interface|enum|record) \w")]
    private static partial Regex TypeDeclaration();
}

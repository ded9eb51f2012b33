using Alembic.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Alembic.Tool.Tests.Layers;

/// <summary>What the tool prints and writes says one thing in one word, as the pages do: the one in the glossary of CONTRIBUTING.md.</summary>
[TestClass]
public sealed class MessageWordsTests
{
    [TestMethod]
    public void No_text_in_the_code_has_a_word_that_the_glossary_replaces()
    {
        var texts = Sources.All.Trees.SelectMany(Texts).ToList();
        Assert.IsGreaterThan(5000, texts.Count);
        var words = Glossary.Finder(Glossary.Replaced);
        var found = texts.SelectMany(text => words.Matches(text.Text).Select(word => $"{text.Place}: {word}")).ToList();
        Assert.IsEmpty(found, string.Join('\n', found));
    }

    [TestMethod]
    public void No_template_has_a_word_that_the_glossary_replaces()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "templates"), "*", SearchOption.AllDirectories);
        Assert.IsGreaterThan(5, files.Length);
        var words = Glossary.Finder(Glossary.Replaced);
        Assert.IsEmpty(files.SelectMany(file => words.Matches(File.ReadAllText(file)).Select(word => $"{file}: {word}")));
    }

    [TestMethod]
    [DataRow("\"It is broken off.\"", "broken off")]
    [DataRow("\"It is Taken \" + \"back.\"", "Taken back")]
    [DataRow("$\"{1} is taken \" + $\"back, {2}\"", "taken back")]
    [DataRow("$\"{(true ? \"broken off\" : \"\")}\"", "broken off")]
    [DataRow("@\"broken off\"", "broken off")]
    [DataRow("\"\"\"\n    is taken\n    back\n    \"\"\"", "taken\nback")]
    [DataRow("$\"It is taken {1} back\"", "")]
    [DataRow("\"unbroken offers\" /* broken off */", "")]
    public void A_word_is_found_in_texts_alone(string expression, string found) => Assert.AreEqual(found, string.Join(' ',
        Texts(CSharpSyntaxTree.ParseText($"object a = {expression};"))
            .SelectMany(text => Glossary.Finder(["broken off", "taken back"]).Matches(text.Text))));

    // A sum of texts is one text; what is put into it is none of its words.
    internal static IEnumerable<(string Place, string Text)> Texts(SyntaxTree tree) => tree.GetRoot().DescendantNodes()
        .OfType<ExpressionSyntax>().Where(e => IsText(e) && e.Parent is not ExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression })
        .Select(e => ($"{tree.FilePath}:{e.GetLocation().GetLineSpan().StartLinePosition.Line + 1}", Text(e)));

    private static bool IsText(ExpressionSyntax expression) =>
        expression.Kind() is SyntaxKind.StringLiteralExpression or SyntaxKind.InterpolatedStringExpression or SyntaxKind.AddExpression;

    private static string Text(SyntaxNode node) => node switch
    {
        LiteralExpressionSyntax literal => literal.Token.ValueText,
        InterpolatedStringExpressionSyntax text => string.Concat(text.Contents.Select(Text)),
        InterpolatedStringTextSyntax part => part.TextToken.ValueText,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum => Text(sum.Left) + Text(sum.Right),
        _ => "{}",
    };
}

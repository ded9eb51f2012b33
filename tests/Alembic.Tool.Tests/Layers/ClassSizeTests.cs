using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Alembic.Tool.Tests.Layers;

/// <summary>A class over several files is still one class. Only Op, with all directives, and the dialects, with all SQL, are longer.</summary>
[TestClass]
public sealed class ClassSizeTests
{
    private const int MostLines = 300;

    [TestMethod]
    public void A_class_has_few_lines_over_all_its_files()
    {
        var classes = Sources.All.Trees
            .SelectMany(tree => tree.GetRoot().DescendantNodes(node => node is not TypeDeclarationSyntax).OfType<TypeDeclarationSyntax>())
            .GroupBy(type => (type.FirstAncestorOrSelf<BaseNamespaceDeclarationSyntax>()?.Name.ToString(), Name: type.Identifier.Text),
                Lines)
            .Select(parts => (parts.Key.Name, Lines: parts.Sum())).ToList();
        Assert.IsGreaterThan(500, classes.Count);
        var longer = classes.Where(type => type.Lines > MostLines)
            .Where(type => type.Name != "Op" && !type.Name.EndsWith("Dialect", StringComparison.Ordinal)).ToList();
        Assert.IsEmpty(longer, string.Join("\n", longer.Select(type => $"{type.Name}: {type.Lines} lines")));
    }

    private static int Lines(TypeDeclarationSyntax type)
    {
        var lines = type.GetLocation().GetLineSpan();
        return lines.EndLinePosition.Line - lines.StartLinePosition.Line + 1;
    }
}

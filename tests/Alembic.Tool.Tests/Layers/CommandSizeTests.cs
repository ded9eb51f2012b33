using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Alembic.Tool.Tests.Layers;

/// <summary>A command calls a verb with values and prints what it returns: that fits on half a screen.</summary>
[TestClass]
public sealed class CommandSizeTests
{
    private const int MostLines = 30;

    [TestMethod]
    public void A_command_runs_in_few_lines()
    {
        var runs = Sources.All.Trees.Where(tree => Use.FolderOf(tree) == "Alembic.Tool/Commands")
            .SelectMany(tree => tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
                .Where(method => method is { Identifier.Text: "OnExecute", Body: not null }))
            .Select(method => (Method: method, Lines: method.Body!.GetLocation().GetLineSpan()))
            .Select(run => (run.Method.SyntaxTree.FilePath, Count: run.Lines.EndLinePosition.Line - run.Lines.StartLinePosition.Line - 1))
            .ToList();
        Assert.IsGreaterThan(20, runs.Count);
        var longer = runs.Where(run => run.Count > MostLines).ToList();
        Assert.IsEmpty(longer, string.Join("\n", longer.Select(run => $"{run.FilePath}: {run.Count} lines")));
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Alembic.Tool.Tests.Layers;

/// <summary>A symbol that a source file uses, and that another folder or a library declares.</summary>
/// <param name="Folder">The folder of the file.</param>
/// <param name="Place">The file and line.</param>
/// <param name="Symbol">A type or a member.</param>
/// <param name="Target">The folder that declares it; null for a library.</param>
internal sealed record Use(string Folder, string Place, ISymbol Symbol, string? Target)
{
    public override string ToString() => $"{Place}: {Symbol.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)}";

    /// <summary>All uses in one file. A use needs no name: <c>var x = y.Z; x.W()</c> uses the type that declares W.</summary>
    /// <param name="compilation">The project.</param>
    /// <param name="tree">The file, with its path relative to src.</param>
    public static IEnumerable<Use> In(CSharpCompilation compilation, SyntaxTree tree)
    {
#pragma warning disable RSEXPERIMENTAL001 // Nobody asks here what may be null, and finding that out would take as long as all the rest.
        var model = compilation.GetSemanticModel(tree, SemanticModelOptions.DisableNullableAnalysis);
#pragma warning restore RSEXPERIMENTAL001
        var folder = FolderOf(tree);
        foreach (var node in tree.GetRoot().DescendantNodes().Where(node => node is SimpleNameSyntax or BaseObjectCreationExpressionSyntax))
        {
            var symbol = model.GetSymbolInfo(node).Symbol?.OriginalDefinition;
            if (symbol is not (INamedTypeSymbol
                or { ContainingType: not null, Kind: not SymbolKind.TypeParameter and not SymbolKind.Parameter }))
                continue;
            // A constructor that nobody wrote stands where its type does.
            var parts = symbol.IsImplicitlyDeclared && symbol.ContainingType is { } type
                ? type.DeclaringSyntaxReferences
                : symbol.DeclaringSyntaxReferences;
            var declaring = parts.Select(part => part.SyntaxTree).Where(part => part.FilePath.Length > 0).Select(FolderOf).ToList();
            if (!declaring.Contains(folder))
                yield return new(folder, $"{tree.FilePath}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}", symbol,
                    declaring.FirstOrDefault());
        }
    }

    public static string FolderOf(SyntaxTree tree) => Path.GetDirectoryName(tree.FilePath)!.Replace('\\', '/');
}

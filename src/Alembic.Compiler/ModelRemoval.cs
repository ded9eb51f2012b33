using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Alembic.Compiler;

/// <summary>Leaves out what only a model needs: the application's assembly may be missing where migrations run.</summary>
internal static class ModelRemoval
{
    private const string Model = "TargetMetadata";

    // "The type or namespace could not be found", and "… does not exist in the namespace".
    private static readonly string[] NamesNothing = ["CS0246", "CS0234"];

    public static CSharpCompilation From(CSharpCompilation compilation)
    {
        compilation = Without(compilation, tree => tree.GetRoot().DescendantNodes().OfType<PropertyDeclarationSyntax>()
            .Where(property => property.Identifier.ValueText == Model && property.Modifiers.Any(SyntaxKind.OverrideKeyword))
            .Select(property => property.Span));
        var unknown = compilation.GetDiagnostics().Where(error => NamesNothing.Contains(error.Id)).Select(error => error.Location)
            .ToLookup(place => place.SourceTree);
        compilation = Without(compilation,
            tree => unknown[tree]
                .Select(place => tree.GetRoot().FindNode(place.SourceSpan).FirstAncestorOrSelf<UsingDirectiveSyntax>()?.Span)
                .OfType<TextSpan>());
        return WithoutHelpers(compilation) ?? compilation;
    }

    // Helpers of the model do not compile either, nor does the code that uses them. Null if an error is left in code that is needed.
    private static CSharpCompilation? WithoutHelpers(CSharpCompilation compilation)
    {
        while (compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(error => error.Location)
            .ToLookup(place => place.SourceTree) is { Count: > 0 } errors)
        {
            var before = compilation;
            compilation = Without(compilation,
                tree => Outermost([.. errors[tree].Select(place => Helper(tree.GetRoot().FindNode(place.SourceSpan))).OfType<TextSpan>()]));
            if (compilation == before)
                return null;
        }
        return compilation;
    }

    // The member around an error, if only the user's own code can use it: an override is called from elsewhere.
    private static TextSpan? Helper(SyntaxNode node) =>
        node.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().FirstOrDefault(m => m is not BaseNamespaceDeclarationSyntax) is { } member
            && !member.Modifiers.Any(SyntaxKind.OverrideKeyword)
            && member.DescendantNodesAndSelf().OfType<MemberDeclarationSyntax>().All(m => !m.Modifiers.Any(SyntaxKind.OverrideKeyword))
            ? member.Span
            : null;

    private static IEnumerable<TextSpan> Outermost(IReadOnlyList<TextSpan> spans) =>
        spans.Where(span => !spans.Any(other => other != span && other.Contains(span)));

    // Replaced by blanks, so that the other lines keep their numbers.
    private static CSharpCompilation Without(CSharpCompilation compilation, Func<SyntaxTree, IEnumerable<TextSpan>> spans)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            var text = tree.GetText();
            var changes = spans(tree).Distinct()
                .Select(span => new TextChange(span, new string([.. text.ToString(span).Select(c => c is '\r' or '\n' ? c : ' ')])))
                .ToList();
            if (changes.Count > 0)
                compilation = compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(text.WithChanges(changes)));
        }
        return compilation;
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Alembic.Compiler;

/// <summary>Reads a revision's header from syntax: nothing is bound, compiled or run.</summary>
internal static class HeaderReader
{
    public static HeaderResult[] Read(IReadOnlyList<SourceFile> sources) => Syntax.Map(sources, Read);

    private static HeaderResult Read(SourceFile source)
    {
        var tree = Syntax.Parse(source);
        var broken = Errors(tree);
        if (broken.Length > 0)
            return new HeaderResult(source.Path, null, broken);

        var root = (CompilationUnitSyntax)tree.GetRoot();
        var errors = new List<SourceError>();
        var header = default(RevisionHeader);
        foreach (var type in Types(root))
        {
            var attributes = new HeaderAttributes(type, errors);
            if (attributes.Id is not { } id)
                continue;
            if (header is not null)
                errors.Add(HeaderError.SecondRevision.At(type.Identifier.GetLocation()));
            header ??= new RevisionHeader(
                id, attributes.Revises, attributes.BranchLabels, attributes.DependsOn, MetadataName(type), LeadingComment(root),
                Checksum.Of(root, type, "Downgrade"), Checksum.Of(root, type, "Upgrade")) { Phase = attributes.Phase };
        }

        return errors.Count == 0 ? new HeaderResult(source.Path, header, []) : new HeaderResult(source.Path, null, errors);
    }

    // For some texts that are far from C#, Roslyn looks for the position of an error before the beginning of the file (found by fuzzing).
    private static SourceError[] Errors(SyntaxTree tree)
    {
        try
        {
            return tree.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).ToSourceErrors();
        }
        catch (ArgumentOutOfRangeException)
        {
            return [HeaderError.NotCode.At(Location.Create(tree, default))];
        }
    }

    private static IEnumerable<TypeDeclarationSyntax> Types(CompilationUnitSyntax root) =>
        root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax)
            .OfType<TypeDeclarationSyntax>();

    private static string MetadataName(TypeDeclarationSyntax type)
    {
        var name = type.Identifier.ValueText;
        foreach (var parent in type.Ancestors())
        {
            name = parent switch
            {
                TypeDeclarationSyntax outer => $"{outer.Identifier.ValueText}+{name}",
                BaseNamespaceDeclarationSyntax space => $"{space.Name}.{name}",
                _ => name,
            };
        }

        return name;
    }

    private static string LeadingComment(CompilationUnitSyntax root)
    {
        var lines = new List<string>();
        var blank = true;
        foreach (var trivia in root.GetFirstToken(includeZeroWidth: true).LeadingTrivia)
        {
            if (trivia.IsKind(SyntaxKind.SingleLineCommentTrivia))
            {
                var text = trivia.ToString()[2..];
                lines.Add(text.StartsWith(' ') ? text[1..] : text);
                blank = false;
            }
            else if (trivia.IsKind(SyntaxKind.EndOfLineTrivia) && !(blank && lines.Count > 0))
            {
                blank = true;
            }
            else if (!trivia.IsKind(SyntaxKind.WhitespaceTrivia))
            {
                break;
            }
        }

        return string.Join('\n', lines);
    }
}

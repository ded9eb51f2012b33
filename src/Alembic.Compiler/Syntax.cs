using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Alembic.Compiler;

/// <summary>
/// The parser's settings for user code. They are the same for headers and for compiling, so that both see the same code.
/// </summary>
internal static class Syntax
{
    private static readonly CSharpParseOptions Options = new(
        LanguageVersion.CSharp14,
        DocumentationMode.None,
        // A model that is shared with the application may test the platform, as under the SDK. Not DEBUG: a failing Debug.Assert ends
        // the process.
        preprocessorSymbols: ["NET", "NETCOREAPP", "NET10_0", .. Enumerable.Range(5, 6).Select(major => $"NET{major}_0_OR_GREATER")]);

    // Roslyn limits most of its recursion, but not that of types, patterns, interpolated strings and #if: at most 1 KB for a character,
    // measured.
    private const long StackPerCharacter = 1024;

    // A PDB has to record the encoding of its files.
    public static SyntaxTree Parse(SourceFile source) =>
        CSharpSyntaxTree.ParseText(SourceText.From(source.Text, Encoding.UTF8, SourceHashAlgorithm.Sha256), Options, source.Path);

    /// <summary>Calls a function that parses for each source, on threads with a stack that the source cannot overflow.</summary>
    public static T[] Map<T>(IReadOnlyList<SourceFile> sources, Func<SourceFile, T> map) =>
        InParallel.Map(sources, map, sources.Max(source => source.Text.Length) * StackPerCharacter);

    public static SourceError ToSourceError(this Diagnostic diagnostic)
    {
        // Not the mapped span: a #line directive can name any file, or hold terminal escapes.
        var place = diagnostic.Location.GetLineSpan();
        return new SourceError(
            place.Path ?? "",
            place.StartLinePosition.Line + 1,
            place.StartLinePosition.Character + 1,
            diagnostic.Id,
            diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture),
            diagnostic.Severity != DiagnosticSeverity.Error);
    }

    public static SourceError[] ToSourceErrors(this IEnumerable<Diagnostic> diagnostics) =>
    [
        .. diagnostics.Select(ToSourceError).OrderBy(e => e.Path, StringComparer.Ordinal).ThenBy(e => e.Line).ThenBy(e => e.Column),
    ];
}

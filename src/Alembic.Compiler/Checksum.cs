using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Alembic.Compiler;

/// <summary>
/// A checksum that tells whether a migration is still the one that was run. What it hashes must never change: databases store the
/// result.
/// </summary>
internal static class Checksum
{
    /// <param name="root">The file.</param>
    /// <param name="revision">The revision's class.</param>
    /// <param name="other">The method for the other direction, which does not count.</param>
    public static string Of(CompilationUnitSyntax root, TypeDeclarationSyntax revision, string other)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var token in root.DescendantTokens(node => Counts(node, revision, other)))
        {
            if (token.IsKind(SyntaxKind.EndOfFileToken) || IsTrailingComma(token) || IsDressing(token, revision))
                continue;
            // With its length, so that two different lists of tokens never give the same bytes.
            var text = Encoding.UTF8.GetBytes(Text(token));
            hash.AppendData(BitConverter.GetBytes(text.Length));
            hash.AppendData(text);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // The revision's name and its place are left to the graph. A using shows where its names are used.
    private static bool Counts(SyntaxNode node, TypeDeclarationSyntax revision, string other) => node switch
    {
        MethodDeclarationSyntax method =>
            method.Parent != revision || method.Identifier.ValueText != other || method.ParameterList.Parameters.Count != 1,
        UsingDirectiveSyntax plain => plain.Alias is not null || !plain.StaticKeyword.IsKind(SyntaxKind.None),
        AttributeListSyntax list => list.Parent != revision,
        NameSyntax name => name.Parent is not BaseNamespaceDeclarationSyntax,
        _ => true,
    };

    private static bool IsDressing(SyntaxToken token, TypeDeclarationSyntax revision) =>
        token.Parent is BaseNamespaceDeclarationSyntax
        || (token.Parent == revision && (token == revision.Identifier || revision.Modifiers.Contains(token)));

    private static bool IsTrailingComma(SyntaxToken token) =>
        token.IsKind(SyntaxKind.CommaToken) && token.Parent is not ArrayRankSpecifierSyntax
        && (token.GetNextToken().IsKind(SyntaxKind.CloseBracketToken) || token.GetNextToken().IsKind(SyntaxKind.CloseBraceToken));

    // A string of several lines has the line ends of the file, which Git may have changed. An escaped \r\n is intended.
    private static string Text(SyntaxToken token) =>
        token.Text.Contains("\r\n", StringComparison.Ordinal) ? Value(token).Replace("\r\n", "\n", StringComparison.Ordinal) : Value(token);

    // The same value can be written in many ways.
    private static string Value(SyntaxToken token) => token.Value switch
    {
        string value when !token.IsKind(SyntaxKind.IdentifierToken) && token.Text != value => $"\"{value}",
        char value => $"'{value}",
        string or bool or null => token.ValueText,
        var number => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{number.GetType().Name} {number}"),
    };
}

using System.Diagnostics.CodeAnalysis;

namespace Alembic.Databases.Sqlite;

/// <summary>Identifiers as SQLite reads, compares and writes them.</summary>
internal static class DdlName
{
    /// <summary>Ignores the case of ASCII letters only: to SQLite, Ä and ä are two columns.</summary>
    public static IEqualityComparer<string> Comparer { get; } = new AsciiComparer();

    public static string Of(DdlToken token) => token.Text[0] switch
    {
        '[' => token.Text[1..^1].ToString(),
        '"' or '`' or '\'' => token.Text[1..^1].ToString()
            .Replace($"{token.Text[0]}{token.Text[0]}", token.Text[..1].ToString(), StringComparison.Ordinal),
        _ => token.ToString(),
    };

    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static string QuoteIfNeeded(string name) =>
        DdlTokenizer.Tokenize(name) is [{ Kind: DdlTokenKind.Word } word] && !DdlKeywords.Contains(word.Text) ? name : Quote(name);

    /// <summary>The new name in place of an old one, quoted if the old one was.</summary>
    public static string Instead(DdlToken old, string name) => old.Kind is DdlTokenKind.Word ? QuoteIfNeeded(name) : Quote(name);

    private sealed class AsciiComparer : IEqualityComparer<string>
    {
        public bool Equals(string? x, string? y)
        {
            if (x is null || y is null || x.Length != y.Length)
            {
                return x is null && y is null;
            }
            for (var i = 0; i < x.Length; i++)
            {
                if (Lower(x[i]) != Lower(y[i]))
                {
                    return false;
                }
            }
            return true;
        }

        public int GetHashCode([DisallowNull] string obj)
        {
            var hash = new HashCode();
            foreach (var c in obj)
            {
                hash.Add(Lower(c));
            }
            return hash.ToHashCode();
        }

        private static char Lower(char c) => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
    }
}

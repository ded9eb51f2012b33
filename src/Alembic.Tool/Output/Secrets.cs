namespace Alembic.Tool.Output;

/// <summary>
/// What must not be shown. It learns passwords from addresses, arguments and statements, and hides them in whatever is printed later.
/// </summary>
internal sealed class Secrets
{
    private const string Hidden = "***";

    // What is shorter occurs by chance in half of all lines.
    private const int Shortest = 4;
    private const int ShortestPiece = 6;

    // Where a parser that reads an address in another way may cut it.
    private static readonly char[] Cuts = [.. "@/\\:?#&;=%'\"[](){}<>, \t\n"];

    private readonly Lock _lock = new();
    private string[] _known = [];

    /// <summary>A URL, a connection string, or a text that has one of them in it.</summary>
    public void LearnAddress(string? text)
    {
        if (text is null || !text.AsSpan().ContainsAny('@', '='))
            return;
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        // The last @, though it may be one of the password or of a parameter: that hides too much, not too little.
        if (scheme >= 0 && text.LastIndexOf('@') is var at && at > scheme && text.IndexOf(':', scheme + 3) is var colon
            && colon >= 0 && colon < at)
        {
            var shown = Uri.UnescapeDataString(text[..colon] + text[at..]);
            Learn(text[(colon + 1)..at], shown);
        }
        LearnText(text);
    }

    /// <summary>A statement, or any text in which a secret stands behind its name.</summary>
    public void LearnText(string text)
    {
        foreach (var secret in NamedSecrets.In(text))
            Learn(secret, "");
    }

    public string Hide(string text)
    {
        foreach (var secret in _known)
            text = text.Replace(secret, Hidden, StringComparison.Ordinal);
        return NamedSecrets.Hide(text, Hidden);
    }

    // What the address shows anyway, such as a user of the same name, is none.
    private void Learn(string secret, string shown)
    {
        var decoded = Uri.UnescapeDataString(secret);
        string[] forms =
        [
            secret, decoded, Uri.UnescapeDataString(secret.Replace('+', ' ')), Uri.EscapeDataString(decoded),
            secret.Replace("%%", "%", StringComparison.Ordinal),
            decoded.Replace("'", "''", StringComparison.Ordinal), decoded.Replace("\"", "\"\"", StringComparison.Ordinal),
        ];
        string[] texts = [secret, decoded];
        var pieces = texts.SelectMany(text => Cuts.SelectMany(cut => text.Split(cut)).Concat(text.Split(Cuts)))
            .Where(piece => piece.Length >= ShortestPiece);
        lock (_lock)
        {
            _known = [.. _known.Concat(forms).Concat(pieces)
                .Where(text => text.Length >= Shortest && !shown.Contains(text, StringComparison.Ordinal)).Distinct()
                .OrderByDescending(text => text.Length)];
        }
    }
}

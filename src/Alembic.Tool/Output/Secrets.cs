namespace Alembic.Tool.Output;

/// <summary>
/// Secrets that must not be shown. Learns passwords from addresses, arguments and statements, and hides them in all later output.
/// </summary>
internal sealed class Secrets
{
    private const string Hidden = "***";

    // Shorter texts occur by chance in half of all lines.
    private const int Shortest = 4;
    private const int ShortestPiece = 6;

    // Another parser may split an address at these characters.
    private static readonly char[] Cuts = [.. "@/\\:?#&;=%'\"[](){}<>, \t\n"];

    private readonly Lock _lock = new();
    private string[] _known = [];

    /// <summary>Learns from a URL, a connection string, or a text that holds one.</summary>
    public void LearnAddress(string? text)
    {
        if (text is null || !text.AsSpan().ContainsAny('@', '='))
            return;
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        // The last @, even if it is in the password or in a parameter: this hides too much rather than too little.
        if (scheme >= 0 && text.LastIndexOf('@') is var at && at > scheme && text.IndexOf(':', scheme + 3) is var colon
            && colon >= 0 && colon < at)
        {
            var shown = Uri.UnescapeDataString(text[..colon] + text[at..]);
            Learn(text[(colon + 1)..at], shown);
        }
        LearnText(text);
    }

    /// <summary>Learns from a statement, or any text in which a secret follows its name.</summary>
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

    // A text that the address shows anyway, such as a user of the same name, is not a secret.
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

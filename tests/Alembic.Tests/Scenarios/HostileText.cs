namespace Alembic.Tests.Scenarios;

/// <summary>
/// Texts that end what they stand in, in one database or another, and go on with a statement of their own; and each character that may be
/// special somewhere.
/// </summary>
internal static class HostileText
{
    /// <summary>What the texts try to drop.</summary>
    public const string Victim = "victim";

    // Short enough for a revision's id with what stands before and behind.
    private const string Attack = $"DROP TABLE {Victim}";

    private static readonly string[] Openings =
    [
        "'; ", "''; ", "\\'; ", "\\\\'; ", "'); ", "')); ", "\"; ", "\"\"; ", "\\\"; ", "\"); ", "`; ", "``; ", "`); ", "]; ", "]]; ",
        "]); ", "); ", "; ", "*/; ", "*/ ", "/*! ", "/*!", "/*M! ", "$$; ", "$a$; ", "$1; ", "E'; ",
        "x'; ", "\n", "\r", "\r\n", "\n;\n", "\n\n", "\f", "\v", "\u0085", "\u2028", "\u2029", "\nGO\n", "\r\nGO 2\r\n", "\ngo\n", "\n/\n",
        "--\n", "-- \n", "#\n", "\n\\g\n", "\n\\;\n", "\\g ", "\\G ", "\\; ", "\u02bc; ", "\u2019; ", "\uff07; ",
        "¿'; ", "\u00a5'; ", "\u001b'; ", "\b'; ", "\u001a'; ", "%27; ", "&#39;; ", "\\x27; ", "\\u0027; ", "\\047; ", "'||'; ", "' + '; ",
    ];

    private static readonly string[] Closings = ["", " --", " #", "/*", ";", "'"];

    private static readonly string[] Alone =
    [
        "'", "''", "'''", "\"", "\"\"", "`", "``", "[", "]", "]]", "[]", "\\", "\\\\", "\\'", "\\\"", "\\`", "--", "-- ", "#", "/*", "*/",
        "/**/", ";", ";;", "$", "$$", "$1", "$(x)", "$(PATH)", "${x}", "%s", "%", "%(x)s", "{0}", "{{x}}", ":x", ":'x'", ":\"x\"",
        "@x", "@@version", "?", "??", "&x", "\t", "\\n", "\\0", "\\Z", "\\%", "_", "NULL", "null", "GO", "\nGO", "\nGO\n", "a\nGO\nb",
        "\n\\! touch pwned\n", "\\! touch pwned", "\n.shell touch pwned\n", ".shell touch pwned", "\n.exit\n", "\nsystem touch pwned\n",
        "\n!! touch pwned\n",
        "\n:!! touch pwned\n", "\n:r pwned.sql\n", "\nDELIMITER //\n", "DELIMITER //", "\n\\i pwned.sql\n", "\\copy", "\n\\q\n",
        "source pwned.sql", "\nsource pwned.sql\n", "'; COMMIT; --", "'; ROLLBACK; --", "a'),('zz", "1); --", "0 OR 1=1", "' OR '1'='1",
        "CURRENT_USER", "now()",
        "表", "\u0301", "\u202e", "\ufeff", "\u00a0x", "ŉ", "ı", "K", "ﬀ",
        .. Enumerable.Range(1, 31).Append(127).Select(c => $"a{(char)c}b"),
    ];

    public static IReadOnlyList<string> All { get; } = [
        .. Openings.Select((opening, i) => opening + Attack + Closings[i % Closings.Length]),
        .. Openings.Select((opening, i) => $"a{opening}{Attack}{Closings[(i / 2 * 5) % Closings.Length]}"), .. Alone];
}

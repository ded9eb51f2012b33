using System.Text;

namespace Alembic.Databases.MySql;

/// <summary>
/// An expression as MySQL's information_schema gives it: as the text of a literal, with escapes. If it has letters beyond ASCII, each
/// byte of their UTF-8 is taken for a letter of latin1.
/// </summary>
internal static class MySqlExpressionText
{
    // What the server calls latin1 has these from 0x80 on, and then the same as Unicode.
    private const string Latin1 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

    // Those of character sets that contain ASCII unchanged.
    private static readonly string[] Introducers = ["_utf8mb3", "_utf8", "_latin1", "_latin2", "_ascii"];

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static string Read(string text) => Plain(MySqlDefaults.Unescape(Decoded(text)));

    /// <summary>
    /// An expression without the character set of the connection, or of the column that a literal is compared with: the server adds it to
    /// each literal, and will do so again.
    /// </summary>
    public static string Plain(string sql)
    {
        var tokens = MySqlToken.Read(sql);
        var plain = new StringBuilder(sql);
        foreach (var (introducer, literal) in tokens.Zip(tokens.Skip(1)).Reverse())
        {
            if (literal.Kind == MySqlTokenKind.String
                && (introducer.Is("_utf8mb4") || (Introducers.Any(introducer.Is) && literal.Text.All(char.IsAscii))))
                plain.Remove(introducer.Start, literal.Start - introducer.Start);
        }
        return plain.ToString();
    }

    // Text that is already right is unlikely to be valid UTF-8 as well.
    private static string Decoded(string text)
    {
        if (text.All(char.IsAscii))
            return text;
        var bytes = new byte[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            var code = Latin1.IndexOf(text[i], StringComparison.Ordinal) is >= 0 and var index ? 0x80 + index : text[i];
            if (code > 0xFF)
                return text;
            bytes[i] = (byte)code;
        }
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return text;
        }
    }
}

using System.Text.RegularExpressions;

namespace Alembic.Tool.Output;

/// <summary>Secrets that are known by what stands before them: PASSWORD '…', IDENTIFIED BY '…', pwd=…, scheme://user:…@host.</summary>
internal static partial class NamedSecrets
{
    private static readonly string[] Signs = ["pass", "pwd", "identified", "secret", "token", "_key", "://"];

    public static IEnumerable<string> In(string text) => MayHaveSome(text) ? Pattern().Matches(text).Select(match => match.Groups["secret"].Value) : [];

    public static string Hide(string text, string hidden) => MayHaveSome(text)
        ? Pattern().Replace(text, match => match.Groups["secret"] is var secret && secret.Value is "YES" or "NO" or "..." or "***"
            ? match.Value
            : match.Value[..(secret.Index - match.Index)] + hidden + match.Value[(secret.Index - match.Index + secret.Length)..])
        : text;

    // Nearly every text ends here, and the pattern is never made.
    private static bool MayHaveSome(string text) => Array.Exists(Signs, sign => text.Contains(sign, StringComparison.OrdinalIgnoreCase));

    // A literal that is not closed goes on to the end: a message may show only the beginning of a statement.
    [GeneratedRegex(
        """
        ://[^\s:/@'"]*:(?<secret>[^\s'"]+)@
        | (?: \w*(?:password|passwd|passphrase|passwort)\w*["'`\]]? (?:\s+for\s+[^\s=]+)?
            | \bpwd\b | \w*secret\w*["'`\]]?
            | (?<!revision\s)\bidentified (?:\s+(?:with|via)\s+\S+)? \s+(?:by|as|using) | (?<=\bidentified\s.{1,200})\breplace(?=\s)
            | (?<!\w)(?!publickeytoken\b)\w*(?:token|access_?key\w*|api_?key)["'`\]]? (?=\s*[=:]) )
          (?: \s*(?:=>|:=|=|:|\() | \s+(?:to|by|as|password|encrypted)\b )*
          (?: \s*(?:[neb]|u&)?'(?<secret>(?:[^'\\]|''|\\.)*)
            | \s*"(?<secret>(?:[^"\\]|""|\\.)*)
            | \s*\$(?<tag>\w*)\$(?<secret>.*?)(?:\$\k<tag>\$|\z)
            | \s*(?<=[=:]\s*)(?<secret>[^\s;,&'"()]+) )
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 2000)]
    private static partial Regex Pattern();
}

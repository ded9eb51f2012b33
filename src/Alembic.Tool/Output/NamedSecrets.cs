using System.Text.RegularExpressions;

namespace Alembic.Tool.Output;

/// <summary>Secrets that are recognized by what precedes them: PASSWORD '…', IDENTIFIED BY '…', pwd=…, scheme://user:…@host.</summary>
internal static partial class NamedSecrets
{
    private static readonly string[] Signs = ["pass", "pwd", "identified", "secret", "token", "_key", "://"];

    public static IEnumerable<string> In(string text) =>
        MayHaveSome(text) ? Pattern().Matches(text).Select(match => match.Groups["secret"].Value) : [];

    public static string Hide(string text, string hidden) => MayHaveSome(text)
        ? Pattern().Replace(text, match => match.Groups["secret"] is var secret && secret.Value is "YES" or "NO" or "..." or "***"
            ? match.Value
            : match.Value[..(secret.Index - match.Index)] + hidden + match.Value[(secret.Index - match.Index + secret.Length)..])
        : text;

    // Nearly every text ends here, so the pattern is not created.
    private static bool MayHaveSome(string text) => Array.Exists(Signs, sign => text.Contains(sign, StringComparison.OrdinalIgnoreCase));

    // A literal without an end continues to the end of the text: a message may show only the beginning of a statement. Every repetition
    // before a certain match has a limit, so the time grows only in proportion to the text: a text may be a megabyte of words that
    // nearly match.
    [GeneratedRegex(
        """
        ://[^\s:/@'"]{0,200}:(?<secret>[^\s'"]{1,1000})@
        | (?: (?:password|passwd|passphrase|passwort)\w{0,100}["'`\]]? (?:\s{1,50}for\s{1,50}[^\s=]{1,200})?
            | \bpwd\b | secret\w{0,100}["'`\]]?
            | (?<!revision\s)\bidentified (?:\s{1,50}(?:with|via)\s{1,50}\S{1,200})? \s{1,50}(?:by|as|using)
            | (?<=\bidentified\s.{1,200})\breplace(?=\s)
            | (?<!\bpublickey|\bunrecognized\s)(?:token|access_?key\w{0,100}|api_?key)["'`\]]? (?=\s{0,50}[=:]) )
          (?: \s{0,50}(?:=>|:=|=|:|\() | \s{1,50}(?:to|by|as|password|encrypted)\b ){0,6}
          (?: \s{0,50}(?:[neb]|u&)?'(?<secret>(?>[^'\\]+|''|\\.)*)
            | \s{0,50}"(?<secret>(?>[^"\\]+|""|\\.)*)
            | \s{0,50}\$(?<tag>\w{0,60})\$(?<secret>.*?)(?:\$\k<tag>\$|\z)
            | \s{0,50}(?<=[=:]\s{0,50})(?<secret>[^\s;,&'"()]+) )
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline)]
    private static partial Regex Pattern();
}

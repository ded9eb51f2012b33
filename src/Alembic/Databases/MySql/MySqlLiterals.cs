using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace Alembic.Databases.MySql;

/// <summary>
/// Compares literals by the value that a column of a type gives them: a user who may only read has no place where the server could spell
/// them.
/// </summary>
/// <param name="isMariaDb">Whether it is MariaDB, which truncates the extra digits of a second; MySQL rounds them.</param>
internal sealed partial class MySqlLiterals(bool isMariaDb)
{
    /// <summary>The value; null for what is not a literal, or not one of the type.</summary>
    /// <param name="text">The text after DEFAULT.</param>
    /// <param name="type">The name that the column's type is compared by.</param>
    /// <param name="arguments">The arguments in the type's parentheses.</param>
    public string? Value(string text, string type, IReadOnlyList<string> arguments)
    {
        if (Read(MySqlToken.Read(MySqlDefaults.Unwrapped(text))) is not { } literal)
            return null;
        var values = arguments.Select(a => a.StartsWith('\'') ? MySqlDefaults.Unquote(a) : a).ToList();
        int Argument(int index) => index < values.Count && int.TryParse(values[index], out var n) ? n : 0;
        return type.Split(' ')[0] switch
        {
            "TINYINT" or "SMALLINT" or "MEDIUMINT" or "INTEGER" or "BIGINT" => Rounded(literal, 0),
            "NUMERIC" => Rounded(literal, Argument(1)),
            "BIT" => literal.IsText ? Number(Encoding.UTF8.GetBytes(literal.Text)) : Rounded(literal, 0),
            "YEAR" => Year(literal),
            "ENUM" => literal.IsText ? values.Find(v => Same(v, literal.Text)) : null,
            "SET" => literal.IsText ? Members(literal.Text, values) : null,
            "DATE" => Moment(literal.Text, 0)?[..10],
            "DATETIME" or "TIMESTAMP" => Moment(literal.Text, Argument(0)),
            "TIME" => Time(literal.Text, Argument(0)),
            "CHAR" => literal.Text.TrimEnd(' '),
            "BINARY" => literal.Text.TrimEnd('\0'),
            "VARCHAR" or "VARBINARY" => literal.Text,
            var name => name.EndsWith("TEXT", StringComparison.Ordinal) || name.EndsWith("BLOB", StringComparison.Ordinal)
                ? literal.Text : null,
        };
    }

    private static Literal? Read(IReadOnlyList<MySqlToken> tokens) => tokens switch
    {
        [{ Kind: MySqlTokenKind.Number } number] => number.Text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? Hexadecimal(number.Text[2..]) : new(number.Text, false),
        [var sign, { Kind: MySqlTokenKind.Number } number] when sign.Is("-") || sign.Is("+") =>
            new(sign.Is("-") ? "-" + number.Text : number.Text, false),
        [var word] when word.Is("TRUE") => new("1", false),
        [var word] when word.Is("FALSE") => new("0", false),
        [var word, { Kind: MySqlTokenKind.String } digits] when word.Is("x") => Hexadecimal(digits.Text[1..^1]),
        [var word, { Kind: MySqlTokenKind.String } digits] when word.Is("b") => BigInteger.TryParse("0" + digits.Text[1..^1],
            NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture, out var bits)
            ? Bytes(bits.ToByteArray(isUnsigned: true, isBigEndian: true)) : null,
        // DATE, N, _utf8mb4.
        [{ Kind: MySqlTokenKind.Word }, _, ..] when tokens.Skip(1).All(IsString) => Joined(tokens.Skip(1)),
        [_, ..] when tokens.All(IsString) => Joined(tokens),
        _ => null,
    };

    private static bool IsString(MySqlToken token) =>
        token.Kind == MySqlTokenKind.String || (token.Kind == MySqlTokenKind.Name && token.Text[0] == '"');

    private static Literal Joined(IEnumerable<MySqlToken> tokens) =>
        new(string.Concat(tokens.Select(t => t.Kind == MySqlTokenKind.String ? MySqlDefaults.Unquote(t.Text) : t.Name)), true);

    private static Literal Bytes(byte[] bytes) => new(Encoding.UTF8.GetString(bytes), false) { Number = Number(bytes) };

    private static Literal? Hexadecimal(string digits) => digits.All(char.IsAsciiHexDigit)
        ? Bytes(Convert.FromHexString(digits.Length % 2 == 0 ? digits : "0" + digits)) : null;

    private static string Number(byte[] bytes) =>
        new BigInteger(bytes, isUnsigned: true, isBigEndian: true).ToString(CultureInfo.InvariantCulture);

    private static string? Rounded(Literal literal, int digits) =>
        decimal.TryParse(literal.Number, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && digits <= 28
        ? decimal.Round(number, digits, MidpointRounding.AwayFromZero).ToString("0.############################",
            CultureInfo.InvariantCulture)
        : null;

    private static string? Year(Literal literal) => Rounded(literal, 0) is { } text && int.TryParse(text, out var year)
        ? (year switch
        {
            0 when !literal.IsText || literal.Text.Length > 2 => 0,
            < 70 => 2000 + year,
            < 100 => 1900 + year,
            _ => year,
        }).ToString(CultureInfo.InvariantCulture)
        : null;

    private static string? Members(string text, List<string> values)
    {
        var given = text.Length == 0 ? [] : text.Split(',');
        return given.All(g => values.Exists(v => Same(v, g))) ? string.Join(',', values.Where(v => given.Any(g => Same(v, g)))) : null;
    }

    private static bool Same(string a, string b) => a.Equals(b.TrimEnd(' '), StringComparison.OrdinalIgnoreCase);

    private string? Moment(string text, int digits)
    {
        if (Moments().Match(text) is not { Success: true } match)
            return null;
        int Part(string name) => match.Groups[name] is { Success: true } group ? int.Parse(group.Value, CultureInfo.InvariantCulture) : 0;
        // The servers also accept days that do not exist: these stay unchanged.
        return DateTime.TryParseExact($"{Part("year"):0000}-{Part("month"):00}-{Part("day"):00} {Part("hour"):00}:{Part("minute"):00}:"
            + $"{Part("second"):00}", "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? moment.AddTicks(Fraction(match, digits)).ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture)
            : null;
    }

    private string? Time(string text, int digits)
    {
        if (Times().Match(text) is not { Success: true } match)
            return null;
        long Part(string name) => match.Groups[name] is { Success: true } group ? long.Parse(group.Value, CultureInfo.InvariantCulture) : 0;
        var span = new TimeSpan((((Part("hour") * 60) + Part("minute")) * 60 + Part("second")) * TimeSpan.TicksPerSecond
            + Fraction(match, digits));
        return match.Groups["sign"].Value + span.ToString("c", CultureInfo.InvariantCulture);
    }

    private long Fraction(Match match, int digits)
    {
        var fraction = decimal.Parse("0." + match.Groups["fraction"].Value + "0", CultureInfo.InvariantCulture);
        return (long)(decimal.Round(fraction, digits, isMariaDb ? MidpointRounding.ToZero : MidpointRounding.AwayFromZero)
            * TimeSpan.TicksPerSecond);
    }

    [GeneratedRegex(@"^(?<year>\d{4})(?<dash>-?)(?<month>\d\d?)\k<dash>(?<day>\d\d?)"
        + @"([T ]?(?<hour>\d\d?):?(?<minute>\d\d)(:?(?<second>\d\d)(\.(?<fraction>\d*))?)?)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Moments();

    [GeneratedRegex(@"^(?<sign>-?)((?<hour>\d{1,3}):(?<minute>\d\d?)(:(?<second>\d\d?))?|(?<hour>\d{1,3})(?<minute>\d\d)(?<second>\d\d))"
        + @"(\.(?<fraction>\d*))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Times();

    private sealed record Literal(string Text, bool IsText)
    {
        public string Number { get; init; } = Text;
    }
}

using System.Globalization;
using Alembic.Schema;

namespace Alembic.Databases.Sqlite;

/// <summary>Reads the type that a column's text means; what this dialect would write differently stays as it is.</summary>
internal static class SqliteTypes
{
    private static readonly SqliteDialect Dialect = new();

    private static readonly Dictionary<string, SqlType> Plain = new(
        new[]
        {
            SqlType.SmallInteger, SqlType.Integer, SqlType.BigInteger, SqlType.Boolean, SqlType.Float, SqlType.Double, SqlType.Numeric(),
            SqlType.String(), SqlType.Text,
            SqlType.LargeBinary(), SqlType.Date, SqlType.Time, SqlType.DateTime, SqlType.Json,
        }.Select(type => KeyValuePair.Create(Dialect.TypeName(type), type)),
        StringComparer.OrdinalIgnoreCase);

    public static SqlType Read(string? text)
    {
        if (text is null || Plain.GetValueOrDefault(text) is { } plain)
            return text is null ? SqlType.Raw("") : Plain[text];
        var numbers = Numbers(text);
        SqlType? type = (text.Split('(')[0].Trim().ToUpperInvariant(), numbers) switch
        {
            ("VARCHAR", [var length]) => SqlType.String(length),
            ("NUMERIC", [var precision]) => SqlType.Numeric(precision),
            ("NUMERIC", [var precision, var scale]) => SqlType.Numeric(precision, scale),
            _ => null,
        };
        return type is not null && Squeezed(Dialect.TypeName(type)) == Squeezed(text) ? type : SqlType.Raw(text);
    }

    private static int[] Numbers(string text)
    {
        var (open, close) = (text.IndexOf('(', StringComparison.Ordinal), text.LastIndexOf(')'));
        var parts = open < 0 || close < open ? [] : text[(open + 1)..close].Split(',');
        var numbers =
            parts.Select(p => int.TryParse(p, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture, out var n) ? n : -1).ToArray();
        return numbers.Contains(-1) ? [] : numbers;
    }

    private static string Squeezed(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();
}

using System.Globalization;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>
/// A server default as it is compared: in the dialect's spelling, or by its meaning for a literal of a number or a boolean.
/// </summary>
internal static class DefaultText
{
    private static readonly string[] Moments =
    [
        "yyyy-M-d", "yyyy-M-d H:mm", "yyyy-M-d H:mm:ss.FFFFFFF", "yyyy-M-d'T'H:mm", "yyyy-M-d'T'H:mm:ss.FFFFFFF", "H:mm", "H:mm:ss.FFFFFFF",
    ];

    public static string? Of(ServerDefault? value, SqlType type, Dialect dialect, bool isExact = false)
    {
        if (value is null || value.Kind == ServerDefaultKind.None)
            return null;
        var text = ExpressionText.Canonical(dialect.Canonical(dialect.DefaultText(value)));
        text = isExact ? text : ExpressionText.Canonical(dialect.Comparison.Simplified(text));
        var (name, arguments) = TypeText.Of(type, dialect);
        if (!isExact && dialect.Comparison.ValueOf(dialect.DefaultText(value), name, arguments) is { } known)
            return $"'{known}'";
        var literal = Unquoted(text);
        if ((type.Kind == SqlTypeKind.Boolean || name is "BOOLEAN" or "BIT" or "TINYINT")
            && literal.ToLowerInvariant() is "1" or "true" or "t" or "0" or "false" or "f")
            return literal.ToLowerInvariant() is "1" or "true" or "t" ? "true" : "false";
        if (IsNumber(type, dialect) && decimal.TryParse(literal, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return number.ToString("0.############################", CultureInfo.InvariantCulture);
        return !isExact && IsMoment(type, dialect) && Moment(literal) is { } moment ? moment : text;
    }

    private static bool IsMoment(SqlType type, Dialect dialect) =>
        TypeText.Of(type, dialect).Name.Split(' ')[0] is "DATE" or "TIME" or "DATETIME" or "DATETIME2" or "SMALLDATETIME" or "TIMESTAMP";

    // '09:30' and '09:30:00.000000' are the same time. A time zone depends on the session, so such a literal stays as it is.
    private static string? Moment(string literal) =>
        DateTime.TryParseExact(literal, Moments, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out var moment)
            ? moment.ToString("O", CultureInfo.InvariantCulture)
            : null;

    private static bool IsNumber(SqlType type, Dialect dialect) => TypeText.Of(type, dialect).Name.Split(' ')[0]
        is "INTEGER" or "BIGINT" or "SMALLINT" or "MEDIUMINT" or "TINYINT" or "YEAR"
            or "NUMERIC" or "FLOAT" or "REAL" or "DOUBLE" or "MONEY";

    private static string Unquoted(string text) => text is ['\'', .., '\''] ? text[1..^1] : text;
}

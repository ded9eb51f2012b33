using System.Collections;
using System.Globalization;
using System.Text;
using Alembic.Operations;

namespace Alembic.Databases.PostgreSql;

/// <summary>Values in the forms that the server and its driver take.</summary>
internal static class PostgreSqlValues
{
    public static string Interval(TimeSpan span) => string.Create(
        CultureInfo.InvariantCulture, $"{span.Days} days {(span.Ticks < 0 ? "-" : "")}{span.Duration():hh\\:mm\\:ss\\.ffffff}");

    /// <summary>The text form of an array: <c>{1,NULL,"a b"}</c>.</summary>
    public static string Array(IEnumerable list, Dialect dialect) => $"{{{string.Join(',', list.Cast<object?>().Select(item => item switch
    {
        null => "NULL",
        bool flag => flag ? "t" : "f",
        string text => Quoted(text),
        byte[] bytes => Quoted(@"\x" + Convert.ToHexStringLower(bytes)),
        IEnumerable inner => Array(inner, dialect),
        TimeSpan span => Quoted(Interval(span)),
        _ => dialect.Literal(item) is ['\'', .. var text, '\''] ? Quoted(text) : dialect.Literal(item),
    }))}}}";

    // The driver has no unsigned numbers, and requires points in time in UTC.
    public static object? Parameter(object? value) => value switch
    {
        DateTimeOffset time => time.ToUniversalTime(),
        sbyte number => (short)number,
        ushort number => (int)number,
        uint number => (long)number,
        ulong number => (decimal)number,
        Enum member => Convert.ToInt64(member, CultureInfo.InvariantCulture),
        char letter => letter.ToString(),
        _ => value,
    };

    private static string Quoted(string text)
    {
        var result = new StringBuilder("\"");
        foreach (var c in text)
            result.Append(c is '"' or '\\' ? "\\" : "").Append(c);
        return result.Append('"').ToString();
    }
}

using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Alembic.Databases.SqlServer;

/// <content>Values as SQL Server writes and binds them.</content>
public sealed partial class SqlServerDialect
{
    // Without the N, a literal is in the database's code page, where letters of others become question marks.
    /// <inheritdoc/>
    protected override string StringLiteral(string text) => Misread().Split(text) is { Length: > 1 } parts
        ? "(" + string.Join(" + ", parts.Select(SqlServerText.Literal)) + ")"
        : SqlServerText.Literal(text);

    // The server takes a backslash at the end of a line for one that joins it to the next, and removes both. To sqlcmd, a line of GO ends
    // a batch, lines of other words are its own commands (:r, !!, exit), and $(x) is its variable.
    [GeneratedRegex(@"(?<=\\)(?=\r?\n)|(?<=^[ \t]*G)(?=O[ \t]*\d*[ \t]*\r?$)|(?<=\n[ \t]*)(?=:|!!|(EXIT|QUIT|RESET|ED)\b)|(?<=\$)(?=\()",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Misread();

    /// <inheritdoc/>
    protected override string BooleanLiteral(bool value) => value ? "1" : "0";

    /// <inheritdoc/>
    protected override string BinaryLiteral(byte[] bytes) => "0x" + Convert.ToHexString(bytes);

    /// <inheritdoc/>
    public override string Literal(object? value) => value switch
    {
        // DATETIME, unlike DATETIME2, accepts three digits of a second and, whatever the session's language, only this form.
        DateTime time when time.Ticks % TimeSpan.TicksPerMillisecond == 0 =>
            $"'{time.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture)}'",
        DateTime time => $"CAST('{time.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture)}' AS DATETIME2)",
        DateTimeOffset time => $"'{time.ToString("yyyy-MM-ddTHH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture)}'",
        DateOnly day => $"'{day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}'",
        TimeOnly time => $"'{time.ToString("HH:mm:ss.fffffff", CultureInfo.InvariantCulture)}'",
        _ => base.Literal(value),
    };

    // The driver accepts only those of .NET's numbers that the server has.
    /// <inheritdoc/>
    internal override void Bind(DbParameter parameter, object? value) => base.Bind(parameter, value switch
    {
        char letter => letter.ToString(),
        sbyte number => (short)number,
        ushort number => (int)number,
        uint number => (long)number,
        ulong number => (decimal)number,
        Enum member => Convert.ToInt64(member, CultureInfo.InvariantCulture),
        _ => value,
    });
}

using System.Data.Common;
using System.Globalization;
using System.Text;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.Sqlite;

/// <content>Values as SQLite writes and binds them.</content>
public sealed partial class SqliteDialect
{
    /// <inheritdoc/>
    protected override string BooleanLiteral(bool value) => value ? "1" : "0";

    // As Microsoft.Data.Sqlite writes a parameter of that type, so that values compare equal however they were written.
    /// <inheritdoc/>
    public override string Literal(object? value) => value switch
    {
        ulong number => base.Literal(Integer(number)),
        Guid guid => StringLiteral(guid.ToString().ToUpperInvariant()),
        decimal number => StringLiteral(number.ToString("0.0###########################", CultureInfo.InvariantCulture)),
        DateTime time => StringLiteral(time.ToString(@"yyyy\-MM\-dd HH\:mm\:ss.FFFFFFF", CultureInfo.InvariantCulture)),
        DateTimeOffset time => StringLiteral(time.ToString(@"yyyy\-MM\-dd HH\:mm\:ss.FFFFFFFzzz", CultureInfo.InvariantCulture)),
        TimeOnly time => StringLiteral(
            time.ToString(time.Ticks % TimeSpan.TicksPerSecond == 0 ? @"HH\:mm\:ss" : @"HH\:mm\:ss.fffffff", CultureInfo.InvariantCulture)),
        _ => base.Literal(value),
    };

    /// <inheritdoc/>
    internal override void Bind(DbParameter parameter, object? value) =>
        base.Bind(parameter, value is ulong number ? Integer(number) : value);

    // A larger number would lose digits as a literal, and become negative as a parameter.
    private static long Integer(ulong number) => number <= long.MaxValue
        ? (long)number
        : throw new AlembicException($"SQLite has no integers above {long.MaxValue}: {number}") { Hint = "give it as text" };

    /// <inheritdoc/>
    protected override string StringLiteral(string text)
    {
        // SQLite stops reading a statement at a zero character, and its shell drops the carriage returns before the ends of lines.
        if (text.Contains('\0', StringComparison.Ordinal))
            return $"CAST({BinaryLiteral(Encoding.UTF8.GetBytes(text))} AS TEXT)";
        if (!text.Contains("\r\n", StringComparison.Ordinal))
            return base.StringLiteral(text);
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        return lines.Replace("\n", "\r\n", StringComparison.Ordinal) == text
            ? $"replace({base.StringLiteral(lines)}, char(10), char(13, 10))"
            : $"CAST({BinaryLiteral(Encoding.UTF8.GetBytes(text))} AS TEXT)";
    }
}

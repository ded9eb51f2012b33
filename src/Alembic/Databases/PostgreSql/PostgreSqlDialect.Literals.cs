using System.Collections;
using System.Data.Common;
using System.Globalization;
using Alembic.Operations;

namespace Alembic.Databases.PostgreSql;

/// <content>Values as PostgreSQL writes and binds them.</content>
public sealed partial class PostgreSqlDialect
{
    /// <inheritdoc/>
    public override string Literal(object? value) => value switch
    {
        double number when !double.IsFinite(number) => StringLiteral(number.ToString(CultureInfo.InvariantCulture)),
        float number when !float.IsFinite(number) => StringLiteral(number.ToString(CultureInfo.InvariantCulture)),
        DateTime { Kind: DateTimeKind.Utc } time => Literal(new DateTimeOffset(time)),
        TimeSpan span => StringLiteral(PostgreSqlValues.Interval(span)),
        IEnumerable list and not (string or byte[]) => StringLiteral(PostgreSqlValues.Array(list, this)),
        _ => base.Literal(value),
    };

    // Text with backslashes is an escape string, which means the same whatever standard_conforming_strings is.
    /// <inheritdoc/>
    protected override string StringLiteral(string text) => text.Contains('\0', StringComparison.Ordinal)
        ? throw new AlembicException("PostgreSQL's text cannot contain a zero character")
        : text.Contains('\\', StringComparison.Ordinal) ? "E" + base.StringLiteral(text.Replace("\\", @"\\", StringComparison.Ordinal))
        : base.StringLiteral(text);

    /// <inheritdoc/>
    protected override string BinaryLiteral(byte[] bytes) => StringLiteral(@"\x" + Convert.ToHexStringLower(bytes));

    /// <inheritdoc/>
    internal override void Bind(DbParameter parameter, object? value) => base.Bind(parameter, PostgreSqlValues.Parameter(value));
}

using System.Globalization;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>
/// The value that existing rows get in a column that is added or becomes NOT NULL. For a column that is dropped or becomes nullable, the
/// value that they get in the downgrade.
/// </summary>
/// <param name="Table">The table, as named in the model.</param>
/// <param name="Column">The column.</param>
/// <param name="Text">The value as <see cref="ValueOf"/> reads it.</param>
/// <param name="Schema">The table's schema, or null.</param>
public sealed record Fill(string Table, string Column, string Text, string? Schema = null)
{
    private const string Expression = "sql:";

    /// <summary>
    /// Reads a typed value: <c>0</c>, <c>true</c>, <c>some text</c>, <c>'some text'</c>, or <c>sql:</c> and an expression over the row.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="type">The column's type.</param>
    /// <returns>The value; null if the text is not a value of the type.</returns>
    public static ServerDefault? ValueOf(string text, SqlType type)
    {
        if (text.StartsWith(Expression, StringComparison.OrdinalIgnoreCase))
            return text[Expression.Length..].Trim() is { Length: > 0 } sql ? (ServerDefault)Sql.Text(sql) : null;
        var value = text is ['\'', .., '\''] ? text[1..^1].Replace("''", "'", StringComparison.Ordinal) : text;
        return type.Kind switch
        {
            SqlTypeKind.Boolean => value.ToLowerInvariant() switch { "true" or "1" => true, "false" or "0" => false, _ => null },
            SqlTypeKind.SmallInteger or SqlTypeKind.Integer or SqlTypeKind.BigInteger =>
                long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null,
            SqlTypeKind.Numeric or SqlTypeKind.Float or SqlTypeKind.Double =>
                decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
            _ => value,
        };
    }
}

/// <summary>A column that becomes NOT NULL without a value for existing rows.</summary>
/// <param name="Table">The table.</param>
/// <param name="Column">The column.</param>
/// <param name="Type">Its type.</param>
/// <param name="IsNew">Whether the column is added; if not, rows may have NULL in it.</param>
/// <param name="Schema">The table's schema, or null.</param>
public sealed record FillQuestion(string Table, string Column, SqlType Type, bool IsNew, string? Schema = null);

/// <summary>A value for existing rows that was given and is not usable.</summary>
/// <param name="Fill">The given value.</param>
/// <param name="Reason">Why it is not usable.</param>
public sealed record MistakenFill(Fill Fill, string Reason);

using Alembic.Schema;

namespace Alembic.Lint;

/// <summary>What a new type does to existing values.</summary>
internal enum TypeChangeKind
{
    /// <summary>Nothing is known, or nothing is lost.</summary>
    Other,

    /// <summary>Every value fits.</summary>
    Widens,

    /// <summary>Values that are too long or too large do not fit.</summary>
    Narrows,

    /// <summary>A part of each value is lost, or the change fails on values that mean nothing in the new type.</summary>
    Loses,
}

/// <summary>Tells what a new type does to values.</summary>
internal static class TypeChange
{
    private static readonly SqlTypeKind[] Integers = [SqlTypeKind.SmallInteger, SqlTypeKind.Integer, SqlTypeKind.BigInteger];

    private static readonly SqlTypeKind[] Texts = [SqlTypeKind.String, SqlTypeKind.Text, SqlTypeKind.Unicode, SqlTypeKind.UnicodeText];

    public static TypeChangeKind Of(SqlType? from, SqlType? to)
    {
        if (from is null || to is null || from.Kind == SqlTypeKind.Raw || to.Kind == SqlTypeKind.Raw || from == to)
            return TypeChangeKind.Other;
        if (IsText(from) && IsText(to))
            return Fits(from.Length, to.Length);
        if (Rank(from) is >= 0 and var old && Rank(to) is >= 0 and var @new)
            return old <= @new ? TypeChangeKind.Widens : TypeChangeKind.Narrows;
        return (from.Kind, to.Kind) switch
        {
            (SqlTypeKind.Numeric, SqlTypeKind.Numeric) => Numbers(from, to),
            (SqlTypeKind.Float, SqlTypeKind.Double) or (SqlTypeKind.Date, SqlTypeKind.DateTime) => TypeChangeKind.Widens,
            (SqlTypeKind.Double, SqlTypeKind.Float) => TypeChangeKind.Narrows,
            (SqlTypeKind.DateTime or SqlTypeKind.DateTimeTz, SqlTypeKind.Date or SqlTypeKind.Time) => TypeChangeKind.Loses,
            (SqlTypeKind.DateTimeTz, SqlTypeKind.DateTime) => TypeChangeKind.Loses,
            (SqlTypeKind.Numeric or SqlTypeKind.Float or SqlTypeKind.Double, var kind) when Integers.Contains(kind) => TypeChangeKind.Loses,
            (var kind, _) when Texts.Contains(kind) => TypeChangeKind.Loses,
            _ => TypeChangeKind.Other,
        };
    }

    private static bool IsText(SqlType type) => Texts.Contains(type.Kind);

    private static int Rank(SqlType type) => Array.IndexOf(Integers, type.Kind);

    private static TypeChangeKind Fits(int? from, int? to) =>
        to is null || from <= to ? TypeChangeKind.Widens : TypeChangeKind.Narrows;

    private static TypeChangeKind Numbers(SqlType from, SqlType to) =>
        to.Precision is null || (from.Precision is { } precision && to.Precision - (to.Scale ?? 0) >= precision - (from.Scale ?? 0)
            && (to.Scale ?? 0) >= (from.Scale ?? 0))
        ? TypeChangeKind.Widens
        : TypeChangeKind.Narrows;
}

using System.Data.Common;
using System.Globalization;
using Alembic.Schema;

namespace Alembic.Operations;

// Types and values as text.
public abstract partial class Dialect
{
    /// <summary>Writes a type as the database spells it.</summary>
    /// <param name="type">The type.</param>
    public virtual string TypeName(SqlType type) => type.Kind switch
    {
        SqlTypeKind.SmallInteger => "SMALLINT",
        SqlTypeKind.Integer => "INTEGER",
        SqlTypeKind.BigInteger => "BIGINT",
        SqlTypeKind.Boolean => "BOOLEAN",
        SqlTypeKind.Float => "FLOAT",
        SqlTypeKind.Double => "DOUBLE PRECISION",
        SqlTypeKind.Numeric => type switch
        {
            { Precision: null } => "NUMERIC",
            { Scale: null } => $"NUMERIC({type.Precision})",
            _ => $"NUMERIC({type.Precision}, {type.Scale})",
        },
        SqlTypeKind.String or SqlTypeKind.Unicode => type.Length is null ? "VARCHAR" : $"VARCHAR({type.Length})",
        SqlTypeKind.Text or SqlTypeKind.UnicodeText => "TEXT",
        SqlTypeKind.LargeBinary => "BLOB",
        SqlTypeKind.Date => "DATE",
        SqlTypeKind.Time or SqlTypeKind.TimeTz => "TIME",
        SqlTypeKind.DateTime or SqlTypeKind.DateTimeTz => "DATETIME",
        SqlTypeKind.Interval => "DATETIME",
        SqlTypeKind.Json => "JSON",
        SqlTypeKind.Uuid => "CHAR(32)",
        SqlTypeKind.Enum => $"VARCHAR({type.Values.Select(v => v.Length).DefaultIfEmpty(0).Max()})",
        _ => type.Name ?? throw new AlembicException($"{Name} has no type {type.Kind}"),
    };

    /// <summary>
    /// Reads a type in the database's spelling: the inverse of <see cref="TypeName"/>. Keeps the spelling if no other type matches.
    /// </summary>
    /// <param name="text">The spelling, for example <c>character varying(80)</c>.</param>
    /// <param name="enums">The known enum types, by name.</param>
    internal abstract SqlType ReadType(string text, IReadOnlyDictionary<string, SqlType> enums);

    /// <summary>Writes a value as a literal.</summary>
    /// <param name="value">Null, text, a number, true or false, a date or time, bytes, a GUID, or <see cref="SqlText"/>.</param>
    /// <exception cref="AlembicException">There is no literal for such a value.</exception>
    public virtual string Literal(object? value) => value switch
    {
        null or DBNull => "NULL",
        string text => StringLiteral(text),
        char letter => StringLiteral(letter.ToString()),
        bool flag => BooleanLiteral(flag),
        double or float when !double.IsFinite(Convert.ToDouble(value, CultureInfo.InvariantCulture)) =>
            throw new AlembicException($"{value} has no literal in {Name}"),
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        Enum member => Convert.ToInt64(member, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        sbyte or byte or short or ushort or int or uint or long or ulong or decimal =>
            Convert.ToString(value, CultureInfo.InvariantCulture)!,
        DateTime time => StringLiteral(time.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)),
        DateTimeOffset time => StringLiteral(time.ToString("yyyy-MM-dd HH:mm:ss.ffffffzzz", CultureInfo.InvariantCulture)),
        DateOnly day => StringLiteral(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        TimeOnly time => StringLiteral(time.ToString("HH:mm:ss.ffffff", CultureInfo.InvariantCulture)),
        TimeSpan span => StringLiteral(span.ToString("c")),
        Guid guid => StringLiteral(guid.ToString()),
        byte[] bytes => BinaryLiteral(bytes),
        SqlText sql => sql.Value,
        _ => throw new AlembicException($"A value of type {value.GetType()} cannot be written as a literal"),
    };

    /// <summary>Sets the value of a parameter, in the form that the driver accepts.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="value">The value, or null.</param>
    internal virtual void Bind(DbParameter parameter, object? value) => parameter.Value = value ?? DBNull.Value;

    /// <summary>Tells whether a statement may create types that the driver must load before it can read their values.</summary>
    /// <param name="statement">A statement that was run.</param>
    internal virtual bool MakesTypes(Statement statement) => false;

    /// <summary>Writes text as a literal.</summary>
    /// <param name="text">The text.</param>
    protected virtual string StringLiteral(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>Writes true or false as a literal.</summary>
    /// <param name="value">Which.</param>
    protected virtual string BooleanLiteral(bool value) => value ? "true" : "false";

    /// <summary>Bytes as a literal.</summary>
    /// <param name="bytes">The bytes.</param>
    protected virtual string BinaryLiteral(byte[] bytes) => $"X'{Convert.ToHexString(bytes)}'";

    /// <summary>Writes a default, as it stands after DEFAULT.</summary>
    /// <param name="value">The default; not <see cref="ServerDefault.None"/>.</param>
    public virtual string DefaultText(ServerDefault value) => value.Kind switch
    {
        ServerDefaultKind.String => StringLiteral(value.Value),
        ServerDefaultKind.Boolean => BooleanLiteral(value.Value == "true"),
        _ => value.Value,
    };

    /// <summary>An expression in a form in which what a user wrote and what the database made of it are equal.</summary>
    /// <param name="expression">The expression, from either side.</param>
    internal virtual string Canonical(string expression) => expression;
}

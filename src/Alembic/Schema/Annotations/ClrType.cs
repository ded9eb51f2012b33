using System.Text.Json;
using System.Text.Json.Nodes;

namespace Alembic.Schema.Annotations;

/// <summary>The column type of a .NET type.</summary>
internal static class ClrType
{
    private static readonly Dictionary<Type, SqlType> Fixed = new()
    {
        [typeof(bool)] = SqlType.Boolean,
        [typeof(byte)] = SqlType.SmallInteger,
        [typeof(sbyte)] = SqlType.SmallInteger,
        [typeof(short)] = SqlType.SmallInteger,
        [typeof(ushort)] = SqlType.Integer,
        [typeof(int)] = SqlType.Integer,
        [typeof(uint)] = SqlType.BigInteger,
        [typeof(long)] = SqlType.BigInteger,
        [typeof(ulong)] = SqlType.Numeric(20, 0),
        [typeof(float)] = SqlType.Float,
        [typeof(double)] = SqlType.Double,
        // Without a scale, SQL Server and MySQL keep no decimals. .NET developers know 18 and 2 from EF Core.
        [typeof(decimal)] = SqlType.Numeric(18, 2),
        [typeof(char)] = SqlType.String(1),
        [typeof(string)] = SqlType.Text,
        [typeof(byte[])] = SqlType.LargeBinary(),
        [typeof(Guid)] = SqlType.Uuid,
        [typeof(DateOnly)] = SqlType.Date,
        [typeof(TimeOnly)] = SqlType.Time,
        [typeof(DateTime)] = SqlType.DateTime,
        [typeof(DateTimeOffset)] = SqlType.DateTimeTz,
        [typeof(TimeSpan)] = SqlType.Interval,
        [typeof(JsonDocument)] = SqlType.Json,
        [typeof(JsonElement)] = SqlType.Json,
        [typeof(JsonNode)] = SqlType.Json,
        [typeof(JsonObject)] = SqlType.Json,
        [typeof(JsonArray)] = SqlType.Json,
    };

    /// <summary>The type without annotations; that of an enum is that of its numbers. Null if there is none.</summary>
    public static SqlType? Of(Type type) => Fixed.GetValueOrDefault(type.IsEnum ? Enum.GetUnderlyingType(type) : type);

    public static bool IsInteger(Type type) =>
        Of(type) is { Kind: SqlTypeKind.SmallInteger or SqlTypeKind.Integer or SqlTypeKind.BigInteger };

    public static bool IsNumber(Type type) =>
        IsInteger(type) || Of(type) is { Kind: SqlTypeKind.Numeric or SqlTypeKind.Float or SqlTypeKind.Double };
}

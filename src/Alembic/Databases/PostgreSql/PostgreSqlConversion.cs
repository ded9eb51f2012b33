using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.PostgreSql;

/// <summary>
/// Converts the values of a column to another type if the server does not do it by itself. If the server does, a cast would round and
/// truncate where the server rightly refuses.
/// </summary>
internal static class PostgreSqlConversion
{
    private const string OfArray = "pg_temp.alembic_array";

    // An array of several dimensions would become one of texts.
    private const string MakeOfArray =
        $"""
        CREATE OR REPLACE FUNCTION {OfArray}(jsonb) RETURNS text[] LANGUAGE plpgsql STRICT AS $$ BEGIN
            IF EXISTS (SELECT 1 FROM jsonb_array_elements($1) e WHERE jsonb_typeof(e) = 'array') THEN
                RAISE EXCEPTION 'an array within an array is not converted';
            END IF;
            RETURN ARRAY(SELECT jsonb_array_elements_text($1));
        END $$
        """;

    private enum Family
    {
        Other, Text, Number, Boolean, Json, Array, Bytes, Bits, Date, Time, TimeTz, Moment, Interval, Uuid, Money, Range,
    }

    // Between two of these, the server does not convert a value on assignment, except for the pairs below.
    private static readonly HashSet<Family> Plain =
        [Family.Number, Family.Boolean, Family.Date, Family.Time, Family.TimeTz, Family.Moment, Family.Interval, Family.Uuid];

    private static readonly HashSet<(Family, Family)> Assigned =
    [
        (Family.Date, Family.Moment), (Family.Moment, Family.Date), (Family.Moment, Family.Time), (Family.Time, Family.TimeTz),
        (Family.TimeTz, Family.Time), (Family.Time, Family.Interval), (Family.Interval, Family.Time),
    ];

    /// <summary>The expression that converts a column; null if the server does it, or cannot.</summary>
    public static string? Using(SqlType? from, SqlType to, string column, Dialect dialect)
    {
        var (source, target, type) = (from is null ? Family.Other : Of(from, dialect), Of(to, dialect), dialect.TypeName(to));
        if (source == Family.Json && target is not (Family.Json or Family.Text))
            return target == Family.Array ? $"{OfArray}({column}::jsonb)::{type}" : $"({column} #>> '{{}}')::{type}";
        // A value is an array of one. An array of any other length is refused, as its text is no value of the type.
        if (target == Family.Array && from is not null && source is not (Family.Array or Family.Text))
            return $"CASE WHEN {column} IS NOT NULL THEN ARRAY[{column}::text]::{type} END";
        if (source == Family.Array && target is not (Family.Array or Family.Text or Family.Json))
            return $"(CASE WHEN cardinality({column}) = 1 AND array_ndims({column}) = 1 THEN {column}[1]::text ELSE {column}::text END)"
                + $"::{type}";
        if (to.EnumType is not null)
            return $"{column}::text{(source == target && target == Family.Array ? "[]" : "")}::{type}";
        return (source, target) switch
        {
            // Both keep every text unchanged; a cast would interpret and add escapes.
            (Family.Text, Family.Bytes) => $"convert_to({column}, 'UTF8')",
            (Family.Bytes, Family.Text) => $"convert_from({column}, 'UTF8')",
            (_, Family.Text) or (Family.Json, Family.Json) => null,
            // The length is checked when the value is assigned; a cast would truncate.
            (Family.Text, Family.Bits) => $"{column}::bit varying",
            (Family.Text, _) => $"{column}::{type}",
            (_, Family.Json) when from is not null => $"to_{Name(to, dialect).ToLowerInvariant()}({column})",
            // As text, 2 is refused; otherwise it would count as true.
            (Family.Number, Family.Boolean) => $"{column}::double precision::text::boolean",
            (Family.Boolean, Family.Number) => $"{column}::integer",
            // The one number type that the server converts money to and from, whatever the other is.
            (Family.Number, Family.Money) or (Family.Money, Family.Number) => $"{column}::numeric",
            (Family.Range, Family.Range) when from is not null && Name(from, dialect) != Name(to, dialect) => $"{column}::text::{type}",
            (Family.Array, Family.Array) when Using(ElementOf(from!), ElementOf(to), column, dialect) is not null =>
                $"{column}::{(Of(ElementOf(from!), dialect) == Family.Boolean ? "integer" : "text")}[]::{type}",
            // A value is refused if the new type does not accept its text; a table without rows is unaffected.
            _ when source != target && Plain.Contains(source) && Plain.Contains(target) && !Assigned.Contains((source, target)) =>
                $"{column}::text::{type}",
            _ => null,
        };
    }

    /// <summary>The statements that have to run before an expression can.</summary>
    public static IEnumerable<string> Need(string expression) =>
        expression.StartsWith(OfArray, StringComparison.Ordinal) ? [MakeOfArray] : [];

    private static Family Of(SqlType type, Dialect dialect) => Name(type, dialect) switch
    {
        _ when ElementOf(type) != type => Family.Array,
        "VARCHAR" or "CHAR" or "TEXT" or "CITEXT" or "NAME" => Family.Text,
        "SMALLINT" or "INTEGER" or "BIGINT" or "NUMERIC" or "REAL" or "DOUBLE PRECISION" => Family.Number,
        "BOOLEAN" => Family.Boolean,
        "JSON" or "JSONB" => Family.Json,
        "BYTEA" => Family.Bytes,
        "BIT" or "BIT VARYING" => Family.Bits,
        "DATE" => Family.Date,
        "TIME" => Family.Time,
        "TIME WITH TIME ZONE" => Family.TimeTz,
        "TIMESTAMP" or "TIMESTAMP WITH TIME ZONE" => Family.Moment,
        "INTERVAL" => Family.Interval,
        "UUID" => Family.Uuid,
        "MONEY" => Family.Money,
        "INT4RANGE" or "INT8RANGE" or "NUMRANGE" or "DATERANGE" or "TSRANGE" or "TSTZRANGE" => Family.Range,
        var name => name.EndsWith(']') ? Family.Array : Family.Other,
    };

    private static SqlType ElementOf(SqlType type) => (type as PostgreSqlType)?.Element ?? type;

    private static string Name(SqlType type, Dialect dialect)
    {
        if (type.Kind == SqlTypeKind.Enum)
            return "";
        var text = dialect.TypeName(type).ToUpperInvariant();
        var (open, close) = (text.IndexOf('(', StringComparison.Ordinal), text.IndexOf(')', StringComparison.Ordinal));
        return dialect.Comparison.TypeName(open < 0 || close < open ? text : (text[..open] + text[(close + 1)..]).Trim());
    }
}

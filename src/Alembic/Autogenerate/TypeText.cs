using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>A type as a database spells it, taken apart so that spellings of the same type are equal.</summary>
/// <param name="Name">The words, in capitals, a synonym replaced by the common one; what follows the parentheses (UNSIGNED, WITH TIME ZONE, []) too.</param>
/// <param name="Arguments">What stands in parentheses: length, digits, the values of an enum.</param>
internal sealed record TypeText(string Name, IReadOnlyList<string> Arguments)
{
    private static readonly Dictionary<string, string> Synonyms = new()
    {
        ["DECIMAL"] = "NUMERIC", ["DEC"] = "NUMERIC", ["INT"] = "INTEGER", ["CHARACTER VARYING"] = "VARCHAR", ["CHARACTER"] = "CHAR", ["BOOL"] = "BOOLEAN",
        ["DOUBLE"] = "DOUBLE PRECISION", ["NATIONAL CHARACTER VARYING"] = "NVARCHAR", ["NATIONAL CHARACTER"] = "NCHAR",
    };

    private static readonly Dictionary<string, Dictionary<string, string>> OfDialect = new()
    {
        ["postgresql"] = new()
        {
            ["INT2"] = "SMALLINT", ["INT4"] = "INTEGER", ["INT8"] = "BIGINT", ["FLOAT"] = "DOUBLE PRECISION", ["FLOAT8"] = "DOUBLE PRECISION", ["FLOAT4"] = "REAL", ["BPCHAR"] = "CHAR",
            ["TIMESTAMP WITHOUT TIME ZONE"] = "TIMESTAMP", ["TIMESTAMPTZ"] = "TIMESTAMP WITH TIME ZONE", ["TIME WITHOUT TIME ZONE"] = "TIME", ["TIMETZ"] = "TIME WITH TIME ZONE",
            ["SERIAL"] = "INTEGER", ["BIGSERIAL"] = "BIGINT", ["SMALLSERIAL"] = "SMALLINT", ["VARBIT"] = "BIT VARYING",
        },
        ["mysql"] = new() { ["BOOLEAN"] = "TINYINT", ["REAL"] = "DOUBLE PRECISION", ["FIXED"] = "NUMERIC" },
        ["mariadb"] = new() { ["BOOLEAN"] = "TINYINT", ["REAL"] = "DOUBLE PRECISION", ["FIXED"] = "NUMERIC", ["JSON"] = "LONGTEXT" },
        ["mssql"] = new() { ["DOUBLE PRECISION"] = "FLOAT", ["ROWVERSION"] = "TIMESTAMP" },
    };

    public static TypeText Of(SqlType type, Dialect dialect) => Parse(dialect.TypeName(type), dialect.Name);

    public static TypeText Parse(string text, string dialect)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var close = text.LastIndexOf(')');
        var name = open < 0 || close < open ? text : $"{text[..open]} {text[(close + 1)..]}";
        name = string.Join(' ', name.ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        // An array is one of any number of dimensions, and its elements have synonyms too.
        var array = dialect == "postgresql" && name.EndsWith(']') ? name[name.IndexOf('[', StringComparison.Ordinal)..] : "";
        name = name[..^array.Length].Trim();
        name = Synonyms.GetValueOrDefault(name, name);
        name = OfDialect.GetValueOrDefault(dialect)?.GetValueOrDefault(name, name) ?? name;
        return new(name + (array.Length == 0 ? "" : "[]"), open < 0 || close < open ? [] : Split(text[(open + 1)..close]));
    }

    /// <summary>Whether both are the same type; arguments count only where both have some, and a missing last one is 0.</summary>
    public bool IsSameAs(TypeText other)
    {
        if (Name != other.Name)
            return false;
        if (Arguments.Count == 0 || other.Arguments.Count == 0)
            return true;
        var count = Math.Max(Arguments.Count, other.Arguments.Count);
        return Enumerable.Range(0, count).All(i => Arguments.ElementAtOrDefault(i, "0") == other.Arguments.ElementAtOrDefault(i, "0"));
    }

    public bool Equals(TypeText? other) => other is not null && Name == other.Name && Arguments.SequenceEqual(other.Arguments);

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    // Commas in the quoted values of an enum are part of the value.
    private static List<string> Split(string text)
    {
        var parts = new List<string>();
        var (start, quoted) = (0, false);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '\'')
                quoted = !quoted;
            if (i < text.Length && (quoted || text[i] != ','))
                continue;
            parts.Add(text[start..i].Trim());
            start = i + 1;
        }
        return parts;
    }
}

internal static class Elements
{
    public static T ElementAtOrDefault<T>(this IReadOnlyList<T> list, int index, T missing) => index < list.Count ? list[index] : missing;
}

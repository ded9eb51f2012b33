using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>A type as a database spells it, parsed so that spellings of the same type are equal.</summary>
/// <param name="Name">The words in capitals, a synonym replaced by the common one, including what follows the parentheses (UNSIGNED,
/// WITH TIME ZONE, []).</param>
/// <param name="Arguments">What is in parentheses: length, digits, the values of an enum.</param>
internal sealed record TypeText(string Name, IReadOnlyList<string> Arguments)
{
    public static TypeText Of(SqlType type, Dialect dialect) => Parse(dialect.TypeName(type), dialect.Comparison);

    public static TypeText Parse(string text, ComparisonRules rules)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var close = text.LastIndexOf(')');
        var name = open < 0 || close < open ? text : $"{text[..open]} {text[(close + 1)..]}";
        name = string.Join(' ', name.ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return new(rules.TypeName(name), open < 0 || close < open ? [] : Split(text[(open + 1)..close]));
    }

    /// <summary>Tells whether both are the same type; arguments count only if both have some, and a missing last one is 0.</summary>
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

    // A comma in a quoted value of an enum is part of the value.
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

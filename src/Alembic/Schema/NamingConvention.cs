using System.Security.Cryptography;
using System.Text;

namespace Alembic.Schema;

/// <summary>
/// The names of unnamed constraints and indexes, as in SQLAlchemy's MetaData: keys <c>pk uq ix fk ck</c>, values with the tokens
/// <c>%(table_name)s %(column_0_name)s %(column_0_label)s %(column_0_N_name)s %(column_0_N_label)s %(referred_table_name)s
/// %(referred_column_0_name)s %(constraint_name)s</c>
/// (also <c>column_0N_…</c> without the underscores between, <c>…_key</c> for <c>…_name</c>, any other number, and <c>referred_column_…</c>
/// in the same ways); <see cref="Tokens"/> adds others.
/// </summary>
public sealed record NamingConvention
{
    /// <summary>The convention that applies if none is given: only indexes are named, <c>ix_table_column</c>.</summary>
    public static readonly NamingConvention Default = new();

    /// <summary>
    /// The names of constraints that the database keeps without a name (SQLite), so that a migration can still name them.
    /// </summary>
    private static readonly NamingConvention ForUnnamed = new()
    {
        ["pk"] = "pk_%(table_name)s",
        ["uq"] = "uq_%(table_name)s_%(column_0_N_name)s",
        ["fk"] = "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    };

    /// <summary>
    /// User-defined tokens: each gets the constraint or index and its table, and gives the text. Equality ignores them: only formats
    /// count.
    /// </summary>
    public IReadOnlyDictionary<string, Func<SchemaItem, Table, string>> Tokens { get; init; } =
        new Dictionary<string, Func<SchemaItem, Table, string>>();

    /// <summary>
    /// The name for a constraint without one. The name of a check comes from its condition, which is all that tells it from another.
    /// </summary>
    internal static string NameOfUnnamed(Constraint constraint, Table table) => constraint is CheckConstraint check
        ? $"ck_{table.Name}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(check.Sql)))[..8]}"
        : ForUnnamed.NameOf(constraint, table)
            ?? $"ex_{table.Name}_{string.Join('_', Columns((ExcludeConstraint)constraint))}".TrimEnd('_');

    private static IEnumerable<string> Columns(ExcludeConstraint exclude) =>
        exclude.Elements.Select(e => e.Element.Column).OfType<string>();

    private readonly Dictionary<string, string> _formats = new() { ["ix"] = "ix_%(column_0_label)s" };

    /// <summary>The format of a kind: <c>pk uq ix fk ck</c>; null if there is none.</summary>
    /// <param name="kind">One of the five keys.</param>
    /// <exception cref="AlembicException">The key is not one of the five.</exception>
    public string? this[string kind]
    {
        get => _formats.GetValueOrDefault(kind);
        init =>
            _formats[kind is "pk" or "uq" or "ix" or "fk" or "ck"
                ? kind
                : throw new AlembicException($"'{kind}' is not a key of a naming convention; expected pk, uq, ix, fk or ck")] = value!;
    }

    /// <summary>Gets the name that an unnamed item of a table gets, or null if the convention has no format for its kind.</summary>
    /// <param name="item">A constraint or an index.</param>
    /// <param name="table">The table that it belongs to.</param>
    public string? NameOf(SchemaItem item, Table table) => item switch
    {
        PrimaryKeyConstraint pk => Format("pk", table, pk.Columns, pk.Name, pk),
        UniqueConstraint unique => Format("uq", table, unique.Columns, unique.Name, unique),
        ForeignKeyConstraint key => Format("fk", table, key.Columns, key.Name, key),
        CheckConstraint check => check.Name is null
            && _formats.GetValueOrDefault("ck")?.Contains("%(constraint_name)s", StringComparison.Ordinal) == true
            ? null
            : Format("ck", table, [], check.Name, check),
        Constraint constraint => constraint.Name,
        TableIndex index => Format("ix", table, [.. index.Columns.Select(c => c.Column ?? c.ToString())], index.Name, index),
        _ => null,
    };

    /// <summary>Tells whether both have the same formats.</summary>
    /// <param name="other">Another convention.</param>
    public bool Equals(NamingConvention? other) =>
        other is not null && _formats.Count == other._formats.Count && _formats.All(f => other[f.Key] == f.Value);

    /// <inheritdoc/>
    public override int GetHashCode() => _formats.Aggregate(0, (hash, f) => hash ^ HashCode.Combine(f.Key, f.Value));

    private string? Format(string kind, Table table, IReadOnlyList<string> columns, string? given, SchemaItem item)
    {
        if (_formats.GetValueOrDefault(kind) is not { } format)
            return given;
        // A given name stays, unless the format includes it.
        if (given is not null && !format.Contains("%(constraint_name)s", StringComparison.Ordinal))
            return given;
        var result = new StringBuilder();
        for (var at = 0; at < format.Length;)
        {
            var open = format.IndexOf("%(", at, StringComparison.Ordinal);
            var close = open < 0 ? -1 : format.IndexOf(")s", open, StringComparison.Ordinal);
            if (close < 0)
                return result.Append(format, at, format.Length - at).ToString();
            result.Append(format, at, open - at).Append(Token(format[(open + 2)..close], table, columns, given, item));
            at = close + 2;
        }
        return result.ToString();
    }

    private string Token(string token, Table table, IReadOnlyList<string> columns, string? given, SchemaItem item)
    {
        var key = item as ForeignKeyConstraint;
        return Tokens.TryGetValue(token, out var own) ? own(item, table) : token switch
        {
            "table_name" => table.Name,
            "constraint_name" => given ?? "",
            "referred_table_name" => key?.ReferentTable ?? "",
            _ when token.StartsWith("referred_column_", StringComparison.Ordinal) && key is not null =>
                OfColumns(token["referred_column_".Length..], key.ReferentColumns, key.ReferentTable),
            _ when token.StartsWith("column_", StringComparison.Ordinal) => OfColumns(token["column_".Length..], columns, table.Name),
            _ => null,
        } ?? throw new AlembicException($"The naming convention's token '%({token})s' is not known")
        {
            Hint = "give its value in NamingConvention.Tokens"
        };
    }

    // "0_name", "0N_name", "0_N_label": one column, all of them together, or with underscores between.
    private static string? OfColumns(string which, IReadOnlyList<string> columns, string table)
    {
        var end = which.LastIndexOf('_');
        var (number, kind) = end < 0 ? ("", "") : (which[..end], which[(end + 1)..]);
        if (kind is not ("name" or "key" or "label"))
            return null;
        var values = kind == "label" ? [.. columns.Select(c => $"{table}_{c}")] : columns;
        return number switch
        {
            "0_N" => string.Join('_', values),
            "0N" => string.Concat(values),
            _ => int.TryParse(number, out var n) && n >= 0 && n < values.Count ? values[n] : null,
        };
    }
}

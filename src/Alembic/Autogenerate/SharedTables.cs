using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>The tables that both sides have, each in its wanted and its current state.</summary>
internal sealed class SharedTables(IEnumerable<TablePair> pairs, Dialect dialect)
{
    private readonly Dictionary<TableKey, TablePair> _pairs = pairs.ToDictionary(p => TableKey.Of(p.Model));

    public Dialect Dialect => dialect;

    /// <summary>
    /// Tells whether the target of a foreign key of an added or dropped table exists and stays unchanged. If not, the key is created
    /// after the target's change, or dropped before it.
    /// </summary>
    public bool Keeps(ForeignKeyConstraint key, Table table)
    {
        // The unique index of a new table is created after the table.
        if (TableKey.Of(key) == TableKey.Of(table))
            return Keys(table).Any(columns => columns.ToHashSet().SetEquals(key.ReferentColumns));
        if (!_pairs.TryGetValue(TableKey.Of(key), out var target))
            return true;
        return KeysOver(key, target.Model).Any(wanted => KeysOver(key, target.Database).Any(existing => IsSame(wanted, existing)))
            && HasTypesOf(target.Model, key, table) && HasTypesOf(target.Database, key, table);
    }

    private bool HasTypesOf(Table target, ForeignKeyConstraint key, Table table)
    {
        TypeText? Type(Table t, string column) =>
            t.Columns.FirstOrDefault(c => c.Name == column) is { } found ? TypeText.Of(found.Type, dialect) : null;
        return key.Columns.Zip(key.ReferentColumns)
            .All(c => Type(table, c.First) is { } type && Type(target, c.Second)?.IsSameAs(type) == true);
    }

    // A key with a new name is recreated; unnamed ones are matched by their columns.
    private static bool IsSame((string Kind, string? Name) a, (string Kind, string? Name) b) =>
        a.Kind == b.Kind && (a.Name == b.Name || a.Name is null || b.Name is null);

    private static IEnumerable<(string Kind, string? Name)> KeysOver(ForeignKeyConstraint key, Table table) =>
    [
        .. table.PrimaryKey is { } primary && IsOver(key, primary.Columns) ? [("primary", null)] : Array.Empty<(string, string?)>(),
        .. table.Uniques.Where(u => IsOver(key, u.Columns)).Select(u => ("unique", u.Name)),
        .. table.Indexes.Where(i => i is { Unique: true, Where: null } && IsOver(key, i.Columns.Select(c => c.Column ?? "")))
            .Select(i => ("unique", i.Name)),
    ];

    private static bool IsOver(ForeignKeyConstraint key, IEnumerable<string> columns) => columns.ToHashSet().SetEquals(key.ReferentColumns);

    private static IEnumerable<IReadOnlyList<string>> Keys(Table table) =>
        table.Uniques.Select(u => u.Columns).Append(table.PrimaryKey?.Columns ?? []);
}

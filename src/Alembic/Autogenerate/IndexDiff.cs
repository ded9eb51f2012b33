using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>Indexes, by name.</summary>
internal static class IndexDiff
{
    public static IEnumerable<Difference> Of(TablePair pair)
    {
        var wanted = ByName(pair.Model);
        var existing = ByName(pair.Database);
        foreach (var index in existing.Values
            .Where(i => !wanted.ContainsKey(i.Name!) && !pair.Dialect.Comparison.IsImplied(i, pair.Model, pair.Database)))
            yield return new Difference(Phase.DropOther, "constraints", $"Detected removed index '{index.Name}' on '{pair.LogName}'",
                Drop(index, pair));
        foreach (var index in wanted.Values)
        {
            if (!existing.TryGetValue(index.Name!, out var old))
            {
                if (pair.Dialect.Comparison.ComesWithForeignKey(index, pair.Model))
                    continue;
                yield return new Difference(Phase.CreateOther, "constraints", AddedMessage(index), Create(index, pair));
                continue;
            }
            var changes = Changes(old, index, pair).ToList();
            if (changes.Count == 0)
                continue;
            yield return new Difference(Phase.DropOther, "constraints",
                $"Detected changed index '{index.Name}' on '{pair.LogName}': {string.Join(", ", changes)}", Drop(old, pair));
            yield return Difference.Silent(Phase.CreateOther, Create(index, pair));
        }
    }

    public static string AddedMessage(TableIndex index) =>
        $"Detected added index '{index.Name}' on '{PythonText.Tuple(index.Columns.Select(c => c.ToString()))}'";

    private static IEnumerable<string> Changes(TableIndex old, TableIndex index, TablePair pair)
    {
        bool Agree(Func<TableIndex, TableIndex, bool> exactly, Func<TableIndex, TableIndex, bool> roughly) =>
            pair.Agree(index, old, (spelling, i) => spelling.Indexes.GetValueOrDefault(i.Name!), exactly, roughly);
        if (old.Unique != index.Unique)
            yield return $"unique={PythonText.Of(old.Unique)} to unique={PythonText.Of(index.Unique)}";
        if (!Agree((a, b) => AreSame(a, b, (x, y) => ExpressionText.IsExactly(x, y, pair.Dialect)),
            (a, b) => AreSame(a, b, (x, y) => ExpressionText.IsSame(x, y, pair.Dialect))))
            yield return $"expression {PythonText.Tuple(old.Columns.Select(c => c.ToString()))} to "
                + $"{PythonText.Tuple(index.Columns.Select(c => c.ToString()))}";
        if (!Agree((a, b) => ExpressionText.IsExactly(a.Where, b.Where, pair.Dialect),
            (a, b) => ExpressionText.IsSame(a.Where, b.Where, pair.Dialect)))
            yield return $"where {PythonText.Of(old.Where)} to {PythonText.Of(index.Where)}";
        if (!old.Include.SequenceEqual(index.Include))
            yield return $"include {PythonText.Tuple(old.Include)} to {PythonText.Tuple(index.Include)}";
        if (old.NullsNotDistinct != index.NullsNotDistinct)
            yield return $"nulls_not_distinct={PythonText.Of(old.NullsNotDistinct)} to "
                + $"nulls_not_distinct={PythonText.Of(index.NullsNotDistinct)}";
        if (index.Method is { } method && old.Method is { } oldMethod && !method.Equals(oldMethod, StringComparison.OrdinalIgnoreCase))
            yield return $"method {PythonText.Of(oldMethod)} to {PythonText.Of(method)}";
    }

    private static bool AreSame(TableIndex a, TableIndex b, Func<string?, string?, bool> isSame) =>
        a.Columns.Count == b.Columns.Count && a.Columns.Zip(b.Columns).All(e => IsSame(e.First, e.Second, isSame));

    private static bool IsSame(IndexElement a, IndexElement b, Func<string?, string?, bool> isSame) =>
        (a.Column is null) == (b.Column is null)
        ? a.Column == b.Column && a.IsDescending == b.IsDescending && isSame(a.Expression, b.Expression)
        // A column in descending order may also be written as an expression.
        : (a.IsDescending || b.IsDescending) && Unquoted(a) == Unquoted(b);

    private static string Unquoted(IndexElement element) =>
        ExpressionText.Canonical(string.Concat(element.ToString().Where(c => c is not ('"' or '`' or '[' or ']'))));

    private static SortedDictionary<string, TableIndex> ByName(Table table) =>
        new(table.Indexes.Where(i => i.Name is not null).DistinctBy(i => i.Name).ToDictionary(i => i.Name!), StringComparer.Ordinal);

    private static CreateIndex Create(TableIndex index, TablePair pair) => new(pair.Name, index, pair.Schema);

    private static DropIndex Drop(TableIndex index, TablePair pair) => new(index.Name!, pair.Name, pair.Schema) { Definition = index };
}

using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>Unique constraints: by name, or by columns if either side has no name.</summary>
internal static class UniqueDiff
{
    public static IEnumerable<Difference> Of(TablePair pair)
    {
        var wanted = pair.Model.Uniques.Distinct().OrderBy(u => u.Name, StringComparer.Ordinal).ToList();
        var existing = pair.Database.Uniques.Concat(Implied(pair)).OrderBy(u => u.Name, StringComparer.Ordinal).ToList();
        foreach (var (unique, old) in wanted.Join(existing, u => u.Name ?? "", u => u.Name ?? "", (a, b) => (a, b))
            .Where(p => p.a.Name is not null).ToList())
        {
            wanted.Remove(unique);
            existing.Remove(old);
            var changes = Changes(old, unique, pair.Dialect).ToList();
            if (changes.Count == 0)
                continue;
            yield return new Difference(
                Phase.DropOther, "constraints",
                $"Detected changed unique constraint '{old.Name}' on '{pair.LogName}': {string.Join(", ", changes)}",
                Constraints.Drop(old, pair));
            yield return Difference.Silent(Phase.CreateOther, Constraints.Create(unique, pair));
        }
        foreach (var unique in wanted.ToList())
        {
            if (existing.FirstOrDefault(
                old => (old.Name is null || unique.Name is null) && Columns(unique).SequenceEqual(Columns(old))) is not { } same)
                continue;
            wanted.Remove(unique);
            existing.Remove(same);
        }
        foreach (var old in existing.Except(Implied(pair)))
            yield return new Difference(Phase.DropOther, "constraints",
                $"Detected removed unique constraint {PythonText.Of(old.Name)} on '{pair.LogName}'",
                UnnamedConstraints.GoesWithColumn(old, pair) ? null : Constraints.Drop(old, pair));
        foreach (var unique in wanted.Where(u => !IsPrimaryKey(u, pair)))
            yield return new Difference(
                Phase.CreateOther, "constraints",
                $"Detected added unique constraint {PythonText.Of(unique.Name)} on '{PythonText.Tuple(unique.Columns)}'",
                Constraints.Create(unique, pair));
    }

    private static IEnumerable<string> Changes(UniqueConstraint old, UniqueConstraint unique, Dialect dialect)
    {
        if (!Columns(unique).SequenceEqual(Columns(old)))
            yield return $"expression {PythonText.Tuple(Columns(old))} to {PythonText.Tuple(Columns(unique))}";
        if (!Deferral.IsSame((old.Deferrable, old.Initially), (unique.Deferrable, unique.Initially)))
            yield return $"deferrable={PythonText.Of(old.Deferrable == true)} initially={PythonText.Of(old.Initially)} to "
                + $"deferrable={PythonText.Of(unique.Deferrable == true)} initially={PythonText.Of(unique.Initially)}";
        if (old.NullsNotDistinct != unique.NullsNotDistinct)
            yield return $"nulls_not_distinct={PythonText.Of(old.NullsNotDistinct)} to "
                + $"nulls_not_distinct={PythonText.Of(unique.NullsNotDistinct)}";
        if (!KeyIndex.IsSame((old.Include, old.WithoutOverlaps), (unique.Include, unique.WithoutOverlaps), dialect))
            yield return $"include {PythonText.Tuple(old.Include)} to {PythonText.Tuple(unique.Include)}, "
                + $"without_overlaps={PythonText.Of(old.WithoutOverlaps)} to without_overlaps={PythonText.Of(unique.WithoutOverlaps)}";
    }

    private static bool IsPrimaryKey(UniqueConstraint unique, TablePair pair) =>
        pair.Dialect.Comparison.MergesUniqueWithPrimaryKey && pair.Model.PrimaryKey is { } key && key.Columns.SequenceEqual(unique.Columns);

    private static IEnumerable<UniqueConstraint> Implied(TablePair pair) =>
        pair.Dialect.Comparison.UniqueIndexes(pair.Model, pair.Database);

    private static IEnumerable<string> Columns(UniqueConstraint unique) => unique.Columns.Order(StringComparer.Ordinal);
}

using Alembic.Operations;

namespace Alembic.Autogenerate;

/// <summary>The primary key, by its columns and by when it is checked.</summary>
internal static class PrimaryKeyDiff
{
    public static IEnumerable<Difference> Of(TablePair pair)
    {
        var (wanted, existing) = (pair.Model.PrimaryKey, pair.Database.PrimaryKey);
        if ((wanted?.Columns ?? []).SequenceEqual(existing?.Columns ?? [])
            && Deferral.IsSame((wanted?.Deferrable, wanted?.Initially), (existing?.Deferrable, existing?.Initially))
            && KeyIndex.IsSame((wanted?.Include, wanted?.WithoutOverlaps), (existing?.Include, existing?.WithoutOverlaps), pair.Dialect))
            yield break;
        var message =
            $"Detected changed primary key on '{pair.LogName}': {PythonText.Tuple(existing?.Columns ?? [])} to "
                + $"{PythonText.Tuple(wanted?.Columns ?? [])}";
        if (existing is not null)
            yield return new Difference(Phase.DropOther, "constraints", message, Constraints.Drop(existing, pair));
        if (wanted is not null)
            yield return new Difference(Phase.CreateOther, "constraints", existing is null ? message : null,
                Constraints.Create(wanted, pair));
    }
}

/// <summary>The options of a key's index besides its columns; few databases have any.</summary>
internal static class KeyIndex
{
    public static bool IsSame((IReadOnlyList<string>? Include, bool? WithoutOverlaps) a,
        (IReadOnlyList<string>? Include, bool? WithoutOverlaps) b, Dialect dialect) =>
        !dialect.Comparison.HasKeyOptions
        || ((a.Include ?? []).SequenceEqual(b.Include ?? []) && (a.WithoutOverlaps ?? false) == (b.WithoutOverlaps ?? false));
}

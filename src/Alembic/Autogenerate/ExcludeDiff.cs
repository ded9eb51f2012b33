using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>
/// Exclusion constraints: by name, or by what they exclude if the model gives no name. Expressions are not compared: the database has
/// its own spelling.
/// </summary>
internal static class ExcludeDiff
{
    public static IEnumerable<Difference> Of(TablePair pair)
    {
        var existing = Of(pair.Database);
        foreach (var exclude in Of(pair.Model))
        {
            var same = existing.FirstOrDefault(old => exclude.Name is { } name ? old.Name == name : IsSame(exclude, old));
            if (same is not null)
                existing.Remove(same);
            if (same is not null && IsSame(exclude, same))
                continue;
            if (same is not null)
                yield return new Difference(Phase.DropOther, "constraints",
                    $"Detected changed exclusion constraint '{same.Name}' on '{pair.LogName}'", Constraints.Drop(same, pair));
            yield return same is not null
                ? Difference.Silent(Phase.CreateOther, Constraints.Create(exclude, pair))
                : new Difference(Phase.CreateOther, "constraints",
                    $"Detected added exclusion constraint {PythonText.Of(exclude.Name)} on '{pair.LogName}'",
                    Constraints.Create(exclude, pair));
        }
        foreach (var old in existing)
            yield return new Difference(Phase.DropOther, "constraints",
                $"Detected removed exclusion constraint '{old.Name}' on '{pair.LogName}'", Constraints.Drop(old, pair));
    }

    private static List<ExcludeConstraint> Of(Table table) =>
        [.. table.Items.OfType<ExcludeConstraint>().OrderBy(e => e.Name, StringComparer.Ordinal)];

    private static bool IsSame(ExcludeConstraint a, ExcludeConstraint b) =>
        a.Elements.Select(e => (e.Element.Column, e.Operator)).SequenceEqual(b.Elements.Select(e => (e.Element.Column, e.Operator)))
        && a.Where is null == b.Where is null && a.Method == b.Method
        && Deferral.IsSame((a.Deferrable, a.Initially), (b.Deferrable, b.Initially));
}

/// <summary>When a constraint is checked; if nothing is given, immediately.</summary>
internal static class Deferral
{
    public static bool IsSame((bool? Deferrable, string? Initially) a, (bool? Deferrable, string? Initially) b) => Of(a) == Of(b);

    private static (bool, bool) Of((bool? Deferrable, string? Initially) rule)
    {
        var isLate = rule.Initially?.Equals("DEFERRED", StringComparison.OrdinalIgnoreCase) == true;
        return (isLate || rule.Deferrable == true, isLate);
    }
}

using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>Checks that have a name, by their names: what a database makes of the condition's text is its own affair.</summary>
internal static class CheckDiff
{
    public static IEnumerable<Finding> Of(TablePair pair)
    {
        var wanted = Named(pair.Model);
        var existing = Named(pair.Database);
        var gone = existing.ExceptBy(wanted.Select(c => c.Name), c => c.Name).ToList();
        // The model's unnamed checks have got a name from the database by now.
        var unnamed = gone.Where(c => pair.Dialect.IsGeneratedName(c, pair.Database)).Take(pair.Model.Checks.Count(c => c.Name is null)).ToList();
        foreach (var check in gone.Except(unnamed))
            yield return new Finding(Phase.DropOther, "check_constraints", $"Detected removed check constraint '{check.Name}' on table '{pair.LogName}'", Constraints.Drop(check, pair));
        foreach (var check in wanted.ExceptBy(existing.Select(c => c.Name), c => c.Name))
            yield return new Finding(Phase.CreateOther, "check_constraints", $"Detected added check constraint '{check.Name}' on table '{pair.LogName}'", Constraints.Create(check, pair));
    }

    private static List<CheckConstraint> Named(Table table) => [.. table.Checks.Where(c => c.Name is not null).OrderBy(c => c.Name, StringComparer.Ordinal)];
}

using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>Checks. Named ones are compared by name and condition, those without a name in the model by condition alone.</summary>
internal static class CheckDiff
{
    public static IEnumerable<Difference> Of(TablePair pair)
    {
        var wanted = pair.Model.Checks.Distinct().OrderBy(c => c.Name, StringComparer.Ordinal).ToList();
        var existing = pair.Database.Checks.OrderBy(c => c.Name, StringComparer.Ordinal).ToList();
        var differences = new List<Difference>();
        foreach (var check in wanted.Where(c => c.Name is not null && existing.Any(e => e.Name == c.Name)).ToList())
        {
            var old = existing.First(e => e.Name == check.Name);
            wanted.Remove(check);
            existing.Remove(old);
            var isSameRule = (check.NoInherit, check.NotEnforced) == (old.NoInherit, old.NotEnforced);
            if (isSameRule && IsSame(check, old, pair))
            {
                if (old.NotValid && !check.NotValid)
                    differences.Add(Validation.Of(old, pair));
                continue;
            }
            differences.Add(new Difference(Phase.DropOther, "check_constraints",
                $"Detected changed check constraint '{check.Name}' on table '{pair.LogName}': {PythonText.Of(old.Sql)} to "
                    + $"{PythonText.Of(check.Sql)}", Constraints.Drop(old, pair)));
            differences.Add(Difference.Silent(Phase.CreateOther, Constraints.Create(check, pair)));
        }
        // A check without a name in the model has a name in the database by now, or none there either.
        foreach (var check in wanted.Where(c => c.Name is null).ToList())
        {
            if (existing.OrderByDescending(old => IsNamedFor(check, old, pair))
                .FirstOrDefault(old => IsSame(check, old, pair)) is not { } same)
                continue;
            wanted.Remove(check);
            existing.Remove(same);
        }
        differences.InsertRange(0, existing.Where(c => c.Name is not null || pair.Dialect.Comparison.RebuildsTables).Select(check =>
            new Difference(Phase.DropOther, "check_constraints",
                $"Detected removed check constraint {PythonText.Of(check.Name)} on table '{pair.LogName}'",
                Constraints.Drop(check, pair))));
        differences.AddRange(wanted.Select(check =>
            new Difference(Phase.CreateOther, "check_constraints",
                $"Detected added check constraint {PythonText.Of(check.Name)} on table '{pair.LogName}'",
                Constraints.Create(check, pair))));
        return differences;
    }

    // If no spelling is known, an unnamed check matches any check that the database named.
    private static bool IsSame(CheckConstraint check, CheckConstraint old, TablePair pair) => pair.Agree(
        check, old, (spelling, c) => spelling.Checks.GetValueOrDefault(RoundTripScope.Bare(c)),
        (a, b) => ExpressionText.IsExactly(a.Sql, b.Sql, pair.Dialect),
        (a, b) => ExpressionText.IsSame(a.Sql, b.Sql, pair.Dialect)
            && (check.Name is not null || pair.Dialect.IsGeneratedName(old, pair.Database) || IsNamedFor(check, old, pair)));

    // An unnamed check that was added to a table has a name made from its condition.
    private static bool IsNamedFor(CheckConstraint check, CheckConstraint old, TablePair pair) =>
        old.Name == NamingConvention.NameOfUnnamed(check, pair.Model);
}

using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>The collation; null on either side means that the column has none of its own.</summary>
internal static class CollationDiff
{
    public static ColumnChange? Of(ColumnPair column)
    {
        var rules = column.Table.Dialect.Comparison;
        string? Of(Column c) => rules.Collation(c.Collation);
        // The model may name the collation that the table has anyway, which is not read back.
        bool IsRoughly(Column model, Column database) =>
            Of(model) == Of(database) || (!rules.ReadsUsualCollation && database.Collation is null);
        if (!column.Table.Options.CompareType || (!rules.DeclaresComputedType && column.Database.Computed is not null)
            || column.Agree((a, b) => Of(a) == Of(b), IsRoughly))
            return null;
        var (from, to) = (column.Database.Collation, column.Model.Collation);
        return new("types", $"Detected collation change from {PythonText.Of(from)} to {PythonText.Of(to)} on '{column.LogName}'",
            alter => alter with { Collation = to ?? "" });
    }
}

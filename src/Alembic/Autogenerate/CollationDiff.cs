using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>The collation: that a column has none of its own is said by none, on both sides.</summary>
internal static class CollationDiff
{
    public static ColumnChange? Of(ColumnPair column)
    {
        var rules = column.Table.Dialect.Comparison;
        string? Of(Column c) => rules.Collation(c.Collation);
        // What the table has anyway may be said too, and is not read back.
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

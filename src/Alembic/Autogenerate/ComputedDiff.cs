using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>A column whose computation changes, starts or ends. It is dropped and added again, which loses no computed values.</summary>
internal static class ComputedDiff
{
    public static IEnumerable<Difference> Of(ColumnPair column)
    {
        bool IsComputedAlike(Column a, Column b, Func<string?, string?, bool> isSame) => isSame(a.Computed?.Sql, b.Computed?.Sql)
            && (a.Computed?.Persisted is not { } persisted || b.Computed?.Persisted is not { } other || persisted == other);
        if (column.Agree((a, b) => IsComputedAlike(a, b, (x, y) => ExpressionText.IsExactly(x, y, column.Table.Dialect)),
            (a, b) => IsComputedAlike(a, b, (x, y) => ExpressionText.IsSame(x, y, column.Table.Dialect))))
            return [];
        var (model, database) = (column.Model.Computed, column.Database.Computed);
        return ColumnDiff.Anew(
            column, $"Detected change of computed column '{column.LogName}': {PythonText.Of(database?.Sql)} to {PythonText.Of(model?.Sql)}",
            model is not null && database is not null ? null
                : $"The values of '{column.Model.Name}' are lost: {(model is null ? "it is no longer computed. Copy them into another "
                    + "column first to keep them." : "from now on they are computed.")}");
    }
}

using Alembic.Operations;
using Alembic.Schema;
using Microsoft.Extensions.Logging;

namespace Alembic.Autogenerate;

/// <summary>A column that is computed in another way, or now is or no longer is: no database changes that in place, so it is said and left.</summary>
internal static class ComputedDiff
{
    public static IEnumerable<Finding> Of(ColumnPair column)
    {
        var (model, database) = (column.Model.Computed, column.Database.Computed);
        if (ExpressionText.IsSame(model?.Sql, database?.Sql, column.Table.Dialect))
            yield break;
        yield return new Finding(Phase.AlterColumn, "server_defaults", $"Computed default on {column.LogName} cannot be modified", null, Level: LogLevel.Warning);
    }
}

using Alembic.Schema;

namespace Alembic.Autogenerate;

internal static class NullableDiff
{
    public static ColumnChange? Of(ColumnPair column)
    {
        // A key's columns are not nullable, whatever either side says.
        var isKey = IsKey(column.Table.Model, column.Model) && IsKey(column.Table.Database, column.Database);
        if (isKey || column.Model.Nullable == column.Database.Nullable || column.Model.Computed is not null)
            return null;
        return new("constraints", $"Detected {(column.Model.Nullable ? "NULL" : "NOT NULL")} on column '{column.LogName}'", alter => alter with { Nullable = column.Model.Nullable });
    }

    private static bool IsKey(Table table, Column column) => column.PrimaryKey || table.PrimaryKey?.Columns.Contains(column.Name) == true;
}

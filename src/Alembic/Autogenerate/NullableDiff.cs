using Alembic.Schema;

namespace Alembic.Autogenerate;

internal static class NullableDiff
{
    public static ColumnChange? Of(ColumnPair column)
    {
        // The columns of a key are never nullable, whatever either side says.
        var isKey = IsKey(column.Table.Model, column.Model) && IsKey(column.Table.Database, column.Database);
        // Nor is an identity column.
        var isNullable = column.Model.Nullable && (column.Model.Identity is null || !column.Table.Dialect.Comparison.AltersIdentity);
        if (isKey || isNullable == column.Database.Nullable || column.Model.Computed is not null)
            return null;
        return new("constraints", $"Detected {(isNullable ? "NULL" : "NOT NULL")} on column '{column.LogName}'",
            alter => alter with { Nullable = isNullable });
    }

    private static bool IsKey(Table table, Column column) => column.PrimaryKey || table.PrimaryKey?.Columns.Contains(column.Name) == true;
}

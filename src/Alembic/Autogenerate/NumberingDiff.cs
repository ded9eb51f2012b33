using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>Whether MySQL numbers a column: where the model says so or not, and where the primary key changes, which the numbering hangs on.</summary>
internal static class NumberingDiff
{
    public static IEnumerable<Finding> Of(TablePair pair) => pair.Dialect.Name is not ("mysql" or "mariadb") ? [] :
        from column in pair.Model.Columns.Join(pair.Database.Columns, c => c.Name, c => c.Name, (model, database) => new ColumnPair(model, database, pair))
        where IsChanged(column)
        let starts = column.Database.Autoincrement != true
        select new Finding(
            starts ? Phase.StartNumbering : Phase.StopNumbering, "constraints", $"Detected {(starts ? "" : "removed ")}autoincrement on column '{column.LogName}'",
            new AlterColumn(pair.Name, column.Model.Name, pair.Schema) { Autoincrement = starts, ExistingType = starts ? column.Model.Type : column.Database.Type, ExistingNullable = false });

    public static bool IsChanged(ColumnPair column)
    {
        var (model, database) = (column.Table.Model, column.Table.Database);
        var isKeyChanged = !(model.PrimaryKey?.Columns ?? []).SequenceEqual(database.PrimaryKey?.Columns ?? []);
        return (column.Model.Autoincrement is not null || isKeyChanged) && IsNumbered(column.Model, model) != (column.Database.Autoincrement == true);
    }

    private static bool IsNumbered(Column column, Table table) => column.Autoincrement
        ?? (column.Identity is not null || (column is { ServerDefault: null, Computed: null, Type.Kind: SqlTypeKind.SmallInteger or SqlTypeKind.Integer or SqlTypeKind.BigInteger }
            && table.PrimaryKey?.Columns is [var key] && key == column.Name && !table.ForeignKeys.Any(k => k.Columns.Contains(key))));
}

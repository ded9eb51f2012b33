using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>
/// Columns that a sequence of their own numbers: declared so, or the integer key of a table that gets its values from nothing else.
/// </summary>
internal static class Serial
{
    public static bool Is(Column column, Table table) => table.IsSerial(column);

    /// <summary>Tells whether it is serial only because nothing else is declared.</summary>
    public static bool IsImplied(Column column, Table table) => column.Autoincrement is null && Is(column, table);

    /// <summary>
    /// Tells whether a column becomes serial (true) or stops being so (false); null if nothing changes, or the model does not say.
    /// </summary>
    public static bool? Change(ColumnPair column)
    {
        var (model, database) = (column.Model, column.Database);
        var (wanted, existing) = (Is(model, column.Table.Model), Is(database, column.Table.Database));
        return wanted && !existing && !DefaultDiff.IsNumbered(database)
            && (model.Autoincrement == true || IdentityDiff.Of(column) is not null) ? true
            : existing && (model.Autoincrement == false || model.Identity is not null || model.ServerDefault is not null
                || !model.Type.IsInteger) ? false
            : null;
    }
}

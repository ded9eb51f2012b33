using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>How a column is numbered, where that can be altered: PostgreSQL's identity. A serial column is numbered too, and left as it is.</summary>
internal static class IdentityDiff
{
    public static ColumnChange? Of(ColumnPair column)
    {
        var (model, database) = (column.Model.Identity, column.Database.Identity);
        if (column.Table.Dialect.Name != "postgresql" || column.Agree((a, b) => a.Identity == b.Identity, (a, b) => a.Identity == b.Identity))
            return null;
        if ((model is null && IsSerial(column.Model, column.Table.Model)) || (database is null && IsSerial(column.Database, column.Table.Database)))
            return null;
        return new("server_defaults", $"Detected identity change on column '{column.LogName}'", alter => alter with { Identity = model ?? Identity.None, ExistingIdentity = database });
    }

    private static bool IsSerial(Column column, Table table) => column.Autoincrement ?? (table.PrimaryKey?.Columns is [var key] && key == column.Name
        && column is { ServerDefault: null, Type.Kind: SqlTypeKind.SmallInteger or SqlTypeKind.Integer or SqlTypeKind.BigInteger } && !table.ForeignKeys.Any(k => k.Columns.Contains(key)));
}

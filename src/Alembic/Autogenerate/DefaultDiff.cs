using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

internal static class DefaultDiff
{
    public static ColumnChange? Of(ColumnPair column)
    {
        var dialect = column.Table.Dialect;
        if (!column.Table.Options.CompareServerDefault || column.Model.Computed is not null || column.Database.Computed is not null)
            return null;
        if (!(column.Table.Options.IsServerDefaultChanged(column.ToCompare()) ?? IsChanged(column)))
            return null;
        return new(
            "server_defaults", $"Dialect impl <{dialect.ImplementationName}> detected server default on column '{column.LogName}'",
            alter => alter with
            {
                ServerDefault = column.Model.ServerDefault ?? ServerDefault.None,
                ExistingServerDefault = column.Database.ServerDefault ?? ServerDefault.None,
            });
    }

    private static bool IsChanged(ColumnPair column)
    {
        var dialect = column.Table.Dialect;
        // On some databases, what numbers a column appears as a default; the model declares it differently. An identity column has none.
        var hasIdentity = column.Model.Identity is not null || column.Database.Identity is not null;
        if (hasIdentity ? !dialect.Comparison.AltersIdentity : column.Model.ServerDefault is null && IsNumbered(column.Database))
            return false;
        string? Text(Column c, bool isExact) => DefaultText.Of(c.ServerDefault, column.Model.Type, dialect, isExact);
        // How a server rewrites an expression cannot be predicted.
        bool IsUnforeseeable(Column c) => !dialect.Comparison.KeepsExpressions && c.ServerDefault?.Kind == ServerDefaultKind.Sql;
        return !column.Agree(
            (a, b) => Text(a, isExact: true) == Text(b, isExact: true),
            (a, b) => Text(a, isExact: false) == Text(b, isExact: false) || (IsUnforeseeable(a) && IsUnforeseeable(b)));
    }

    public static bool IsNumbered(Column column) =>
        column.Autoincrement == true || column.ServerDefault?.Value.StartsWith("nextval(", StringComparison.OrdinalIgnoreCase) == true;
}

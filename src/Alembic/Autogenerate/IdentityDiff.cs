using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>PostgreSQL's identity. A plain integer key in the model matches both serial and identity columns.</summary>
internal static class IdentityDiff
{
    public static ColumnChange? Of(ColumnPair column)
    {
        var (model, database) = (column.Model.Identity, column.Database.Identity);
        if (!column.Table.Dialect.Comparison.AltersIdentity
            || column.Agree((a, b) => a.Identity == b.Identity, (a, b) => a.Identity == b.Identity)
            || (database == new Identity() && Serial.IsImplied(column.Model, column.Table.Model)))
            return null;
        return new("server_defaults", $"Detected identity change on column '{column.LogName}'",
            alter => alter with { Identity = model ?? Identity.None, ExistingIdentity = database });
    }
}

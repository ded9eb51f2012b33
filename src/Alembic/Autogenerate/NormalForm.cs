using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>Brings a schema into the form in which it is compared.</summary>
internal static class NormalForm
{
    public static IReadOnlyList<Table> Of(MetaData metaData) => NamedTables.Of(metaData);

    /// <summary>The model's tables as a database has them: without its own schema.</summary>
    public static IReadOnlyList<Table> Of(MetaData model, Func<string?, bool> isOwnSchema)
    {
        string? Without(string? schema) => isOwnSchema(schema) ? null : schema;
        ForeignKeyConstraint Target(ForeignKeyConstraint key) =>
            key with
            {
                Targets = [
                    .. key.ReferentColumns.Select(c => ForeignKeyConstraint.TargetOf(Without(key.ReferentSchema), key.ReferentTable, c))]
            };
        return
        [
            .. Of(model).Select(table => table.WithTargets(Target) with { Schema = Without(table.Schema) })
                .Select(table => table with
                {
                    Items = [.. table.Items.Select(i => i is Column c ? c with { Type = c.Type.WithoutSchema(isOwnSchema) } : i)]
                }),
        ];
    }
}

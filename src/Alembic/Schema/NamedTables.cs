namespace Alembic.Schema;

/// <summary>
/// Names what the naming convention names, and gives foreign keys without a schema the schema of the model's other tables.
/// </summary>
internal static class NamedTables
{
    public static IReadOnlyList<Table> Of(MetaData metaData) => [.. metaData.Tables.Select(t => Of(t, metaData))];

    private static Table Of(Table table, MetaData metaData)
    {
        var names = metaData.NamingConvention;
        var beside = new List<SchemaItem>();
        var items = table.Items.Select(item => item switch
        {
            Column column => OfColumn(column, table, metaData, beside),
            TableIndex index => index with { Name = names.NameOf(index, table) },
            ForeignKeyConstraint key => InSchema(key, metaData.Schema) with { Name = names.NameOf(key, table) },
            Constraint constraint => constraint with { Name = names.NameOf(constraint, table) },
            _ => item,
        }).ToList();
        if (table.PrimaryKey is { } key && !table.Items.OfType<PrimaryKeyConstraint>().Any() && names.NameOf(key, table) is { } name)
            beside.Insert(0, key with { Name = name });
        // The columns of a primary key are never NULL, even if they are declared so.
        var keyed = table.PrimaryKey?.Columns ?? [];
        return table with
        {
            Items = [.. items.Select(i => i is Column { Nullable: true } c && keyed.Contains(c.Name) ? c with { Nullable = false } : i),
                .. beside]
        };
    }

    // A constraint or index with a name can no longer be declared on the column: it goes to the table.
    private static Column OfColumn(Column column, Table table, MetaData metaData, List<SchemaItem> beside)
    {
        var names = metaData.NamingConvention;
        if (column.ForeignKey is { } reference)
        {
            var key = InSchema(reference.OnColumn(column.Name), metaData.Schema);
            column = column with { ForeignKey = reference with { Target = key.Targets[0], Name = names.NameOf(key, table) } };
        }
        var unique = new UniqueConstraint([column.Name]);
        if (column.Unique && !column.Index && names.NameOf(unique, table) is { } uniqueName)
        {
            beside.Add(unique with { Name = uniqueName });
            column = column with { Unique = false };
        }
        var index = new TableIndex(null, [column.Name], column.Unique);
        if (column.Index && names.NameOf(index, table) is { } indexName && indexName != NamingConvention.Default.NameOf(index, table))
        {
            beside.Add(index with { Name = indexName });
            column = column with { Index = false, Unique = false };
        }
        return column;
    }

    private static ForeignKeyConstraint InSchema(ForeignKeyConstraint key, string? schema) =>
        key with
        {
            Targets = [
                .. key.ReferentColumns.Select(c => ForeignKeyConstraint.TargetOf(key.ReferentSchema ?? schema, key.ReferentTable, c))]
        };
}

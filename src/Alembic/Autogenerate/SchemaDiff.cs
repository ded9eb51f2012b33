using Alembic.Operations;
using Alembic.Schema;
using Microsoft.Extensions.Logging;

namespace Alembic.Autogenerate;

/// <summary>Schemas of the model's tables and enum types that the database lacks. Others of the database are left alone.</summary>
internal static class SchemaDiff
{
    public static IReadOnlyList<CreateSchema> Added(IEnumerable<Table> wanted, MetaData database)
    {
        if (database.SchemaNames is null)
            return [];
        var there = database.SchemaNames.ToHashSet(database.IgnoresTableCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        var names = wanted.SelectMany(t => t.Columns.Select(c => c.Type.EnumType?.Schema).Append(t.Schema)).OfType<string>();
        return [.. names.Where(name => !there.Contains(name)).Distinct().Order(StringComparer.Ordinal)
            .Select(name => new CreateSchema(name))];
    }

    public static LogEvent Event(CreateSchema schema) =>
        new("alembic.autogenerate.compare.schemas", LogLevel.Information, $"Detected added schema '{schema.Name}'");
}

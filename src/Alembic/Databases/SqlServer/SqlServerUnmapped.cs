using Alembic.Operations;
using Alembic.Schema;
using Row = System.Collections.Generic.IReadOnlyDictionary<string, object?>;

namespace Alembic.Databases.SqlServer;

/// <summary>Finds what a database has that no table holds: what has a text is written with it, the rest is named.</summary>
internal static class SqlServerUnmapped
{
    public static IReadOnlyList<UnmappedObject> Read(SqlServerDialect dialect, IMigrationSession session, MetaData inspected,
        bool allSchemas)
    {
        IReadOnlyList<Row> Rows(string query) =>
            session.Query(new Statement(query) { Parameters = Parameter.Of(("all", allSchemas)) });
        var modules = Rows(SqlServerObjects.Modules);
        var ids = modules.Select(row => row["id"]).ToHashSet();
        var needs = session.Query(new Statement(SqlServerObjects.Dependencies)).ToLookup(row => row["id"], row => row["needed"]);
        var hasGraphs = session.Query(new Statement(SqlServerObjects.HasGraphs)).Count > 0;
        List<UnmappedObject> objects =
        [
            .. Rows(SqlServerObjects.Types).Select(row => OfType(row, dialect)),
            .. Rows(SqlServerObjects.Sequences).Select(row => OfSequence(row, dialect)),
            .. modules.Select(row => OfModule(row, ids, [.. needs[row["id"]]], dialect)),
            .. Rows(SqlServerObjects.Synonyms).Select(row => OfSynonym(row, dialect)),
            .. Rows(SqlServerObjects.Features).Concat(hasGraphs ? Rows(SqlServerObjects.Graphs) : []).Select(OfFeature),
        ];
        var schemas = inspected.Tables.Select(t => t.Schema).Concat(objects.Select(o => o.Schema)).OfType<string>().Distinct();
        return [.. schemas.Select(OfSchema), .. objects];
    }

    private static UnmappedObject OfSchema(string name) => new("schema", name)
    {
        Id = $"schema {name}",
        IsBeforeTables = true,
        Instead = [new CreateSchema(name)],
    };

    private static UnmappedObject OfModule(Row row, HashSet<object?> modules, IReadOnlyList<object?> needs, Dialect dialect)
    {
        var (kind, schema, name) = (Text(row, "kind")!, Text(row, "schema_name"), Text(row, "name")!);
        var text = Text(row, "definition");
        var isUsual = row["ansi_nulls"] is true && row["quoted_identifier"] is true;
        return new UnmappedObject(kind, name, schema)
        {
            Id = Id(row["id"]),
            Needs = [.. needs.Where(modules.Contains).Select(Id)],
            // A default, a check or a computed column may call it.
            IsBeforeTables = kind == "function" && needs.All(modules.Contains),
            Of = Text(row, "table_name") is { } table ? (Text(row, "table_schema"), table) : null,
            Instead = text is not null && isUsual
                ? [new Execute(text) { Undo = new Execute($"DROP {kind.ToUpperInvariant()} {dialect.Quote(schema, name)}") }]
                : [],
            Reason = text is null ? "its text is encrypted, or not shown to this user"
                : isUsual ? null : "it was created with ANSI_NULLS or QUOTED_IDENTIFIER off",
        };
    }

    private static UnmappedObject OfType(Row row, SqlServerDialect dialect)
    {
        var (schema, name) = (Text(row, "schema_name"), Text(row, "name")!);
        var type = SqlServerTypes.Read(null, Text(row, "type_name")!, SqlServerInspector.Number(row, "max_length"),
            SqlServerInspector.Number(row, "precision"), SqlServerInspector.Number(row, "scale"));
        var quoted = dialect.Quote(schema, name);
        return new UnmappedObject("type", name, schema)
        {
            Id = $"type {quoted}",
            IsBeforeTables = true,
            Instead = [new Execute($"CREATE TYPE {quoted} FROM {dialect.TypeName(type)}{(row["is_nullable"] is true ? "" : " NOT NULL")}")
            {
                Undo = new Execute($"DROP TYPE {quoted}")
            }],
        };
    }

    // A sequence's numbers may have more digits than a long.
    private static UnmappedObject OfSequence(Row row, SqlServerDialect dialect)
    {
        var (schema, name) = (Text(row, "schema_name"), Text(row, "name")!);
        var (type, quoted) = (Text(row, "type_name")!, dialect.Quote(schema, name));
        if (type is "decimal" or "numeric")
            type = $"{type}({SqlServerInspector.Number(row, "precision")})";
        var cache = row["is_cached"] is not true ? "NO CACHE" : row["cache"] is { } size ? $"CACHE {size}" : "CACHE";
        return new UnmappedObject("sequence", name, schema)
        {
            Id = $"sequence {quoted}",
            IsBeforeTables = true,
            Instead = [new Execute(
                $"CREATE SEQUENCE {quoted} AS {type} START WITH {row["start"]} INCREMENT BY {row["increment"]} MINVALUE {row["min"]} "
                    + $"MAXVALUE {row["max"]} {(row["cycle"] is true ? "CYCLE" : "NO CYCLE")} {cache}")
            {
                Undo = new Execute($"DROP SEQUENCE {quoted}")
            }],
        };
    }

    private static UnmappedObject OfSynonym(Row row, Dialect dialect)
    {
        var (schema, name) = (Text(row, "schema_name"), Text(row, "name")!);
        var quoted = dialect.Quote(schema, name);
        return new UnmappedObject("synonym", name, schema)
        {
            Id = $"synonym {quoted}",
            Instead = [new Execute($"CREATE SYNONYM {quoted} FOR {Text(row, "target")}") { Undo = new Execute($"DROP SYNONYM {quoted}") }],
        };
    }

    private static UnmappedObject OfFeature(Row row) => new(Text(row, "kind")!, Text(row, "name")!, Text(row, "schema_name"))
    {
        Of = Text(row, "table_name") is { } table ? (Text(row, "schema_name"), table) : null,
    };

    private static string Id(object? module) => $"module {module}";

    private static string? Text(Row row, string name) => (string?)row[name];
}

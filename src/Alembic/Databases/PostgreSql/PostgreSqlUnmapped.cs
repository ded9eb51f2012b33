using System.Text.RegularExpressions;
using Alembic.Operations;
using Alembic.Schema;
using Row = System.Collections.Generic.IReadOnlyDictionary<string, object?>;

namespace Alembic.Databases.PostgreSql;

/// <summary>
/// Finds what a database has other than tables, and tables that are more than a <see cref="Table"/> can say; what an extension created
/// belongs to the extension. The objects come from the server's dependencies, so that even an object of an unsupported kind is named.
/// </summary>
internal sealed partial class PostgreSqlUnmapped
{
    private readonly IMigrationSession _session;
    private readonly bool _allSchemas;
    private readonly Dictionary<string, SqlType> _enums;
    private readonly Dictionary<string, Row> _rows;
    private readonly PostgreSqlDependencies _dependencies;
    private readonly HashSet<string> _circles;
    private readonly HashSet<string> _names;
    private readonly Dictionary<string, string> _tables;
    private readonly ILookup<string, string> _ofOthers;
    private readonly Dictionary<(string?, string), UnmappedObject> _partitions;

    private PostgreSqlUnmapped(IMigrationSession session, MetaData database, bool allSchemas, IReadOnlyList<UnmappedObject> ofTables)
    {
        (_session, _allSchemas) = (session, allSchemas);
        _enums = database.EnumTypes.ToDictionary(t => Key(t.Schema, t.Name!));
        session.Query(new Statement($"SELECT {PostgreSqlObjects.WithoutCompiling}"));
        _rows = session.Query(new Statement(PostgreSqlObjects.Query)).ToDictionary(row => Text(row, "id")!);
        _dependencies = new PostgreSqlDependencies(session, _rows.Keys);
        // CREATE OR REPLACE VIEW can make a view that reads itself; CREATE VIEW cannot.
        _circles = [.. _rows.Where(row => Text(row.Value, "kind") == "view").Select(row => row.Key)
            .Where(id => _dependencies.AllOf(id).Contains(id))];
        _tables = _rows.Where(row => Text(row.Value, "kind") is "table" or "partition")
            .ToDictionary(row => Key(Text(row.Value, "schema_name"), Text(row.Value, "name")!), row => row.Key);
        _ofOthers = _rows.Where(row => !allSchemas && Text(row.Value, "schema_name") is not null)
            .ToLookup(row => $"{Text(row.Value, "schema_name")}.{Text(row.Value, "name")}", row => row.Key);
        _partitions = ofTables.Where(u => u.Kind == "partition").ToDictionary(p => (p.Schema, p.Name));
        _names = [
            .. _rows.Values
                .Where(row => Text(row, "kind") is "table" or "partition" or "view" or "materialized view" or "composite type" or "domain"
                    or "enum type" or "function" or "procedure" or "aggregate").Select(row => Text(row, "name")!)];
    }

    public static IReadOnlyList<UnmappedObject> Read(IMigrationSession session, MetaData database, bool allSchemas)
    {
        var ofTables = new PostgreSqlUnmappedTables(session, new PostgreSqlDialect(), allSchemas).Read(database);
        var reader = new PostgreSqlUnmapped(session, database, allSchemas, ofTables);
        return
        [
            .. ofTables.Where(u => u.Kind is not ("partition" or "foreign key")),
            .. reader.Needed().Select(reader.Read),
            .. ofTables.Where(u => u.Kind == "foreign key"),
            .. reader._dependencies.Unknown(allSchemas),
            .. CitusTables.Read(session, allSchemas),
        ];
    }

    // Extensions belong to the database, whatever schema they are in: if one is needed, it is written with its schema.
    private IEnumerable<string> Needed()
    {
        var needed = _rows.Keys.Where(id => !IsLeftOut(_rows[id])).ToHashSet();
        var waiting = new Queue<string>(needed);
        while (waiting.TryDequeue(out var id))
        {
            foreach (var other in NeedsOf(id).Where(o => _rows.ContainsKey(o) && needed.Add(o)))
                if (IsOfTheDatabase(_rows[other]))
                    waiting.Enqueue(other);
        }
        // Tables that are left out are counted.
        return _rows.Keys.Where(id => needed.Contains(id) || Text(_rows[id], "kind") == "table");
    }

    // Names of other schemas in a function's text count too; the server does not record them.
    private IEnumerable<string> NeedsOf(string id) => _dependencies.Of(id).Concat(Text(_rows[id], "body") is { } body && _ofOthers.Count > 0
        ? QualifiedName().Matches(body).SelectMany(name => _ofOthers[name.Value])
        : []);

    private UnmappedObject Read(string id)
    {
        var row = _rows[id];
        var (kind, name, schema) = (Text(row, "kind")!, Text(row, "name")!, Text(row, "schema_name"));
        var isLeftOut = IsLeftOut(row) && !IsOfTheDatabase(row);
        var table = Text(row, "table_name");
        return new UnmappedObject(kind, Text(row, "title") ?? name, kind is "schema" or "extension" ? null : schema)
        {
            Id = id,
            Needs = [.. NeedsOf(id),
                .. table is not null && _tables.TryGetValue(Key(schema, table), out var of) ? [of] : Array.Empty<string>()],
            IsTable = kind == "table",
            IsLeftOut = isLeftOut,
            IsBeforeTables = (bool)row["is_early"]!,
            Of = kind == "partition" ? _partitions.GetValueOrDefault((schema, name))?.Of : table is null ? null : (schema, table),
            Instead = isLeftOut || _dependencies.AllOf(id).Overlaps(_circles) ? []
                : kind == "partition" ? _partitions.GetValueOrDefault((schema, name))?.Instead ?? []
                : Operations(row, kind, name, schema),
        };
    }

    private IReadOnlyList<Operation> Operations(Row row, string kind, string name, string? schema)
    {
        Operation? create = kind switch
        {
            "schema" => new CreateSchema(name, IfNotExists: true),
            "enum type" => _enums.GetValueOrDefault(Key(schema, name)) is { } type ? new CreateEnumType(name, type.Values, schema) : null,
            _ => Text(row, "make") is { } text ? new Execute(Prepared(text, row)) { Undo = new Execute(Text(row, "undo")!) } : null,
        };
        if (create is null)
            return [];
        if (Text(row, "comment") is not { } comment)
            return [create];
        var on = $"COMMENT ON {Text(row, "what")} IS";
        var literal = new PostgreSqlDialect().Literal(comment);
        return create is Execute made
            ? [made with { Text = $"{made.Text};\n{on} {literal}" }]
            : [create, new Execute($"{on} {literal}") { Undo = new Execute($"{on} NULL") }];
    }

    // What a function's text mentions may be missing yet: the server does not know the order of texts.
    private string Prepared(string make, Row row) =>
        Text(row, "body") is { } body && Word().Matches(body).Any(word => _names.Contains(word.Value))
        ? $"SET LOCAL check_function_bodies = false;\n{make}"
        : make;

    // A partition is a part of its table, whatever schema it is in.
    private bool IsLeftOut(Row row) => !_allSchemas && Text(row, "schema_name") is { } schema
        && !(Text(row, "kind") == "partition" && _partitions.ContainsKey((schema, Text(row, "name")!)));

    private static bool IsOfTheDatabase(Row row) => Text(row, "kind") is "extension" or "schema";

    private static string Key(string? schema, string name) => $"{schema}\n{name}";

    private static string? Text(Row row, string name) => row[name] as string;

    [GeneratedRegex(@"\w+\.\w+")]
    private static partial Regex QualifiedName();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}

using System.Text.RegularExpressions;
using Alembic.Operations;
using Alembic.Schema;
using Row = System.Collections.Generic.IReadOnlyDictionary<string, object?>;

namespace Alembic.Databases.PostgreSql;

/// <summary>
/// What a database has besides tables, and tables that are more than a <see cref="Table"/> can say; what an extension made belongs to that.
/// What is there is taken from the server's dependencies, so that a kind of object which is not written is named all the same.
/// </summary>
internal sealed partial class PostgreSqlUnmapped
{
    private readonly IMigrationSession _session;
    private readonly bool _allSchemas;
    private readonly HashSet<string> _needed;
    private readonly Dictionary<string, SqlType> _enums;
    private readonly Dictionary<string, Row> _rows;
    private readonly PostgreSqlDependencies _dependencies;
    private readonly HashSet<string> _names;
    private readonly Dictionary<string, string> _tables;
    private readonly ILookup<string, string> _ofOthers;

    private PostgreSqlUnmapped(IMigrationSession session, MetaData database, bool allSchemas)
    {
        (_session, _allSchemas) = (session, allSchemas);
        _enums = database.EnumTypes.ToDictionary(t => Key(t.Schema, t.Name!));
        _rows = session.Query(new Statement(PostgreSqlObjects.Query)).ToDictionary(row => Text(row, "id")!);
        _dependencies = new PostgreSqlDependencies(session, _rows.Keys);
        _tables = _rows.Where(row => Text(row.Value, "kind") is "table" or "partition")
            .ToDictionary(row => Key(Text(row.Value, "schema_name"), Text(row.Value, "name")!), row => row.Key);
        _ofOthers = _rows.Where(row => Text(row.Value, "schema_name") is not null)
            .ToLookup(row => $"{Text(row.Value, "schema_name")}.{Text(row.Value, "name")}", row => row.Key);
        _names = [
            .. _rows.Values
                .Where(row => Text(row, "kind") is "table" or "partition" or "view" or "materialized view" or "composite type" or "domain"
                    or "enum type" or "function" or "procedure" or "aggregate").Select(row => Text(row, "name")!)];
        _needed = Needed([.. database.Tables.Select(t => (t.Schema, t.Name))]);
    }

    /// <summary>
    /// A database with those tables of other schemas that its own schema needs: those that its foreign keys point to, and what its views
    /// and inheriting tables use.
    /// </summary>
    public static MetaData WithNeeded(IMigrationSession session, MetaData own)
    {
        var all = PostgreSqlInspector.Inspect(session, allSchemas: true).Tables;
        var tables = own.Tables.Select(t => (t.Schema, t.Name)).ToHashSet();
        if (all.Count == tables.Count)
            return own;
        var reader = new PostgreSqlUnmapped(session, own, allSchemas: false);
        for (var count = 0; count < tables.Count;)
        {
            count = tables.Count;
            var needed = reader.Needed(tables);
            var targets = all.Where(t => tables.Contains((t.Schema, t.Name)))
                .SelectMany(t => t.ForeignKeys.Select(k => (k.ReferentSchema, k.ReferentTable))).ToHashSet();
            tables.UnionWith(all.Select(t => (t.Schema, t.Name)).Where(name => targets.Contains(name)
                || (reader._tables.TryGetValue(Key(name.Schema, name.Name), out var id) && needed.Contains(id))));
        }
        return own with { Tables = [.. all.Where(t => tables.Contains((t.Schema, t.Name)))] };
    }

    public static IReadOnlyList<UnmappedObject> Read(IMigrationSession session, MetaData database, bool allSchemas)
    {
        var reader = new PostgreSqlUnmapped(session, database, allSchemas);
        var ofTables = new PostgreSqlUnmappedTables(session, new PostgreSqlDialect(),
            allSchemas || database.Tables.Any(t => t.Schema is not null)).Read(database).ToLookup(u => u.Kind == "partition");
        var partitions = ofTables[true].ToDictionary(p => (p.Schema, p.Name));
        // Tables are counted where they are left out.
        var read = reader._rows.Where(row => reader._needed.Contains(row.Key) || Text(row.Value, "kind") == "table"
            || partitions.ContainsKey((Text(row.Value, "schema_name"), Text(row.Value, "name")!)))
            .Select(row => reader.Read(row.Key, partitions));
        return [.. ofTables[false], .. read, .. reader._dependencies.Unknown(allSchemas)];
    }

    // What is in the own schema or in tables that are read, and what that needs wherever it is.
    private HashSet<string> Needed(HashSet<(string? Schema, string Name)> tables)
    {
        var needed = _rows.Where(row => IsAskedFor(row.Value)
            || tables.Contains((Text(row.Value, "schema_name"), Text(row.Value, "table_name") ?? Text(row.Value, "name")!)))
            .Select(row => row.Key).ToHashSet();
        var waiting = new Queue<string>(needed);
        while (waiting.TryDequeue(out var id))
        {
            foreach (var other in _dependencies.Of(id).Concat(Mentioned(id)).Where(o => _rows.ContainsKey(o) && needed.Add(o)))
                waiting.Enqueue(other);
        }
        return needed;
    }

    // The server keeps no account of what a function's text names.
    private IEnumerable<string> Mentioned(string id) =>
        Text(_rows[id], "body") is { } body ? QualifiedName().Matches(body).SelectMany(name => _ofOthers[name.Value]) : [];

    private UnmappedObject Read(string id, Dictionary<(string?, string), UnmappedObject> partitions)
    {
        var row = _rows[id];
        var (kind, name, schema) = (Text(row, "kind")!, Text(row, "name")!, Text(row, "schema_name"));
        var isLeftOut = !_needed.Contains(id) && !partitions.ContainsKey((schema, name));
        var table = Text(row, "table_name");
        return new UnmappedObject(kind, Text(row, "title") ?? name, kind is "schema" or "extension" ? null : schema)
        {
            Id = id,
            Needs = [.. _dependencies.Of(id),
                .. table is not null && _tables.TryGetValue(Key(schema, table), out var of) ? [of] : Array.Empty<string>()],
            IsTable = kind == "table",
            IsLeftOut = isLeftOut,
            IsBeforeTables = (bool)row["is_early"]!,
            Of = kind == "partition" ? partitions.GetValueOrDefault((schema, name))?.Of : table is null ? null : (schema, table),
            Instead = isLeftOut ? [] : kind == "partition" ? partitions.GetValueOrDefault((schema, name))?.Instead ?? []
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

    // What a function's text mentions need not be there yet: the server knows no order of texts.
    private string Prepared(string make, Row row) =>
        Text(row, "body") is { } body && Word().Matches(body).Any(word => _names.Contains(word.Value))
        ? $"SET LOCAL check_function_bodies = false;\n{make}"
        : make;

    private bool IsAskedFor(Row row) => _allSchemas || Text(row, "schema_name") is null;

    private static string Key(string? schema, string name) => $"{schema}\n{name}";

    private static string? Text(Row row, string name) => row[name] as string;

    [GeneratedRegex(@"\w+\.\w+")]
    private static partial Regex QualifiedName();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}

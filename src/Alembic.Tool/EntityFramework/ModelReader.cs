using System.Text.Json;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tool.EntityFramework;

/// <summary>Creates a model from the operations that EF Core would run first on an empty database.</summary>
internal sealed class ModelReader
{
    private readonly Dialect _dialect;
    private readonly EfProvider _provider;
    private readonly EfTables _reader;
    private readonly OrderedDictionary<(string? Schema, string Name), Table> _tables = [];
    private readonly List<SqlType> _enums = [];
    private readonly List<(string, string?)> _extensions = [];
    private readonly List<Sequence> _sequences = [];
    private readonly List<NeededObject> _needed = [];
    private readonly List<TableRows> _rows = [];
    private readonly List<string> _unknown = [];
    private readonly HashSet<string> _missed = [];

    private ModelReader(Dialect dialect, string? defaultSchema) =>
        (_dialect, _provider, _reader) = (dialect, EfProvider.Of(dialect), new EfTables(dialect, defaultSchema));

    /// <summary>Gets the model, and the kinds of things that it cannot hold: each once, with the first object that has it.</summary>
    public static (MetaData MetaData, IReadOnlyList<string> Unknown) Read(JsonElement answer, Dialect dialect)
    {
        var reader = new ModelReader(dialect, answer.GetProperty("defaultSchema").GetString());
        foreach (var operation in answer.GetProperty("operations").EnumerateArray())
            reader.Add(new EfOperation(operation, dialect));
        var model = new MetaData([.. reader._tables.Values])
        {
            EnumTypes = [.. reader._enums],
            Extensions = [.. reader._extensions],
            Sequences = [.. reader._sequences],
            NeededObjects = [.. reader._needed],
            Rows = [.. reader._rows],
        };
        return (model, reader._unknown);
    }

    private void Add(EfOperation operation)
    {
        switch (operation.Kind)
        {
            case "AlterDatabaseOperation":
                _reader.SetDefaults(operation);
                _enums.AddRange(_reader.Enums(operation));
                _extensions.AddRange(EfTables.Extensions(operation));
                _needed.AddRange(_reader.Needed(operation));
                break;
            case "EnsureSchemaOperation":
                // A table has its own.
                break;
            case "CreateTableOperation":
                _tables.Add((operation.Schema, operation.Name), _reader.Read(operation));
                break;
            case "CreateIndexOperation":
                if (operation.Text("Filter") is { } filter && _provider.Filter(operation) is null)
                    Miss($"the condition of the index '{operation.Name}' ({filter})");
                AddItem(operation.Schema, operation.Table, EfItems.Index(operation, _provider, _dialect,
                    column => _tables[(operation.Schema, operation.Table)].Columns.Any(c => c.Name == column && c.Nullable)));
                break;
            case "AddForeignKeyOperation":
                AddItem(operation.Schema, operation.Table, EfItems.ForeignKey(operation, _reader.KeyOf));
                break;
            case "CreateSequenceOperation":
                _sequences.Add(EfItems.Sequence(operation, _dialect));
                break;
            case "InsertDataOperation":
                _rows.Add(_reader.Rows(operation));
                break;
            default:
                Miss($"{operation.Kind[..^"Operation".Length]} of '{operation.Text("Name")}'");
                break;
        }
        foreach (var (part, annotation) in operation.UnknownAnnotations)
        {
            var name = part == operation ? operation.Text("Name") : $"{operation.Name}.{part.Name}";
            Miss($"the annotation {annotation} of {(name is null ? "the database" : $"'{name}'")}", annotation);
        }
    }

    private void AddItem(string? schema, string table, SchemaItem item) =>
        _tables[(schema, table)] = _tables[(schema, table)] with { Items = [.. _tables[(schema, table)].Items, item] };

    private void Miss(string what, string? kind = null)
    {
        if (_missed.Add(kind ?? what))
            _unknown.Add(what);
    }
}

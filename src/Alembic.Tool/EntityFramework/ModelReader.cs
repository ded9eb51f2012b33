using System.Text.Json;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tool.EntityFramework;

/// <summary>Makes a model of the operations that EF Core would begin with on an empty database.</summary>
internal sealed class ModelReader
{
    private readonly Dialect _dialect;
    private readonly EfColumns _columns;
    private readonly OrderedDictionary<(string? Schema, string Name), Table> _tables = [];
    private readonly Dictionary<string, SqlType> _enums = [];
    private readonly List<(string, string?)> _extensions = [];
    private readonly List<Sequence> _sequences = [];
    private readonly List<TableRows> _rows = [];
    private readonly List<string> _unknown = [];

    private ModelReader(Dialect dialect) => (_dialect, _columns) = (dialect, new EfColumns(dialect, _enums));

    /// <summary>The model, and what of it has no place there: each kind once, with the first that has it.</summary>
    public static (MetaData MetaData, IReadOnlyList<string> Unknown) Read(JsonElement operations, Dialect dialect)
    {
        var reader = new ModelReader(dialect);
        foreach (var operation in operations.EnumerateArray())
            reader.Add(new EfOperation(operation));
        return (new MetaData([.. reader._tables.Values]) 
        {
            EnumTypes = [.. reader._enums.Values],
            Extensions = [.. reader._extensions],
            Sequences = [.. reader._sequences],
            Rows = [.. reader._rows],
        }, reader._unknown);
    }

    private void Add(EfOperation operation)
    {
        switch (operation.Kind)
        {
            case "AlterDatabaseOperation":
                foreach (var (name, values) in operation.AnnotationsOf("Npgsql:Enum:"))
                    AddEnum(name, values.Split(','));
                // Its schema and its version, empty for what is not said.
                foreach (var (name, details) in operation.AnnotationsOf("Npgsql:PostgresExtension:"))
                    _extensions.Add((name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..],
                        details.Split(',') is [{ Length: > 0 } schema, ..] ? schema : null));
                break;
            case "EnsureSchemaOperation":
                // A table says its own.
                break;
            case "CreateTableOperation":
                AddTable(operation);
                break;
            case "CreateIndexOperation":
                AddItem(operation.Schema, operation.Table, EfItems.Index(operation, _dialect));
                break;
            case "AddForeignKeyOperation":
                AddItem(operation.Schema, operation.Table, EfItems.ForeignKey(operation, KeyOf));
                break;
            case "CreateSequenceOperation":
                _sequences.Add(EfItems.Sequence(operation, _dialect));
                break;
            case "InsertDataOperation":
                _rows.Add(new TableRows(operation.Table, KeyOf(operation.Schema, operation.Table), operation.Texts("Columns"),
                    operation.Rows("Values", _dialect), operation.Schema));
                break;
            default:
                Miss($"{operation.Kind[..^"Operation".Length]} of '{operation.Text("Name")}'");
                break;
        }
        Check(operation, operation.Text("Name") is { } name1 ? $"'{name1}'" : "the database");
    }

    private void AddTable(EfOperation table)
    {
        var columns = table.Parts("Columns").Where(c => !_columns.IsOfTheSystem(c)).ToList();
        EfOperation[] keys = table.Part("PrimaryKey") is { } key ? [key] : [];
        var (uniques, foreignKeys, checks) =
            (table.Parts("UniqueConstraints"), table.Parts("ForeignKeys"), table.Parts("CheckConstraints"));
        _tables.Add((table.Schema, table.Name), new Table(
            table.Name,
            [
                .. columns.Select(c => NumberedOnlyIfSaid(_columns.Read(c), keys, foreignKeys)), .. keys.Select(EfItems.PrimaryKey),
                .. uniques.Select(EfItems.Unique),
                .. foreignKeys.Select(k => EfItems.ForeignKey(
                    k, (schema, name) => (schema, name) == (table.Schema, table.Name) ? keys[0].Texts("Columns") : KeyOf(schema, name))),
                .. checks.Select(EfItems.Check),
            ],
            table.Schema,
            _dialect.HasComments ? table.Text("Comment") : null,
            new DialectOptions(
            [
                ("postgresql_unlogged", table.Annotation("Npgsql:UnloggedTable") == "true" ? true : null),
                ("postgresql_with", EfItems.StorageParameters(table) is { Length: > 0 } with ? with : null),
                ("mysql_default_charset", table.Annotation("MySql:CharSet")),
            ])));
        foreach (var part in columns.Concat(keys).Concat(uniques).Concat(foreignKeys).Concat(checks))
            Check(part, $"'{table.Name}.{part.Name}'");
    }

    // Of a key of one integer column, PostgreSQL and MySQL number the values unless it is said that they do not. EF Core says AUTOINCREMENT where it means it.
    private static Column NumberedOnlyIfSaid(Column column, EfOperation[] keys, IReadOnlyList<EfOperation> foreignKeys) =>
        column is { Autoincrement: null, Identity: null, ServerDefault: null,
            Type.Kind: SqlTypeKind.SmallInteger or SqlTypeKind.Integer or SqlTypeKind.BigInteger }
        && keys is [var key] && key.Texts("Columns") is [var only] && only == column.Name
        && !foreignKeys.Any(k => k.Texts("Columns").Contains(column.Name))
            ? column with { Autoincrement = false }
            : column;

    private void AddItem(string? schema, string table, SchemaItem item) =>
        _tables[(schema, table)] = _tables[(schema, table)] with { Items = [.. _tables[(schema, table)].Items, item] };

    // "name" or "schema.name".
    private void AddEnum(string name, string[] values)
    {
        var point = name.IndexOf('.', StringComparison.Ordinal);
        _enums[name] = SqlType.Enum(name[(point + 1)..], values, point < 0 ? null : name[..point]);
    }

    private IReadOnlyList<string> KeyOf(string? schema, string table) =>
        _tables.GetValueOrDefault((schema, table))?.PrimaryKey?.Columns ?? [];

    private void Check(EfOperation operation, string what)
    {
        foreach (var annotation in operation.UnknownAnnotations)
            Miss($"the annotation {annotation} of {what}", annotation);
    }

    private readonly HashSet<string> _missed = [];

    private void Miss(string what, string? kind = null)
    {
        if (_missed.Add(kind ?? what))
            _unknown.Add(what);
    }
}

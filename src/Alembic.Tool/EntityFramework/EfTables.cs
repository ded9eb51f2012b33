using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tool.EntityFramework;

/// <summary>Translates tables and other objects of EF Core and its providers.</summary>
/// <param name="dialect">The database's dialect.</param>
/// <param name="defaultSchema">The schema of objects that name none; null for the connection's own.</param>
internal sealed class EfTables(Dialect dialect, string? defaultSchema = null)
{
    // In the order in which the provider writes their values.
    private static readonly string[] RangeParts = ["SUBTYPE", "CANONICAL", "SUBTYPE_OPCLASS", "COLLATION", "SUBTYPE_DIFF"];

    private readonly Dictionary<string, SqlType> _enums = [];
    private readonly Dictionary<(string? Schema, string Name), IReadOnlyList<string>> _keys = [];
    private readonly Dictionary<(string? Schema, string Name), string> _numbered = [];

    private readonly EfProvider _provider = EfProvider.Of(dialect);

    private string? _charSet;

    public EfColumns Columns => field ??= new(dialect, _provider, _enums);

    /// <summary>Gets the columns of a table's primary key: operations on rows, and old foreign keys, do not name them.</summary>
    public IReadOnlyList<string> KeyOf(string? schema, string table) => _keys.GetValueOrDefault((schema, table)) ?? [];

    public void SetKey(string? schema, string table, IReadOnlyList<string> columns) => _keys[(schema, table)] = columns;

    /// <summary>
    /// Tells whether a table's key is one column that the key numbers, so that whoever drops the key has to state it again.
    /// </summary>
    public bool IsNumbered(string? schema, string table, IReadOnlyList<string> key) =>
        _provider.NumbersByKey && key is [var only] && _numbered.GetValueOrDefault((schema, table)) == only;

    public void Rename(string? schema, string table, string? newSchema, string newTable)
    {
        SetKey(newSchema, newTable, KeyOf(schema, table));
        if (_numbered.Remove((schema, table), out var column))
            _numbered[(newSchema, newTable)] = column;
    }

    public void RenameColumn(string? schema, string table, string column, string newColumn)
    {
        SetKey(schema, table, [.. KeyOf(schema, table).Select(c => c == column ? newColumn : c)]);
        if (_numbered.GetValueOrDefault((schema, table)) == column)
            _numbered[(schema, table)] = newColumn;
    }

    /// <summary>Takes over the defaults of a database for all its tables.</summary>
    public void SetDefaults(EfOperation database) => _charSet = _provider.CharSet(database);

    /// <summary>Gets the enum types of a database, and their values.</summary>
    public IReadOnlyList<SqlType> Enums(EfOperation database)
    {
        List<SqlType> types = [];
        foreach (var (name, values) in database.AnnotationsOf("Npgsql:Enum:"))
        {
            var (schema, own) = Qualified(name);
            types.Add(_enums[name] = _enums[$"{schema}.{own}"] = SqlType.Enum(own, values.Split(','), schema));
        }
        return types;
    }

    /// <summary>Gets the extensions of a database, each with the schema to create it in, or null.</summary>
    public static IReadOnlyList<(string Name, string? Schema)> Extensions(EfOperation database) =>
    [
        // The value is its schema and its version, each empty if it is not given.
        .. database.AnnotationsOf("Npgsql:PostgresExtension:").Select(e =>
            (e.Name[(e.Name.IndexOf('.', StringComparison.Ordinal) + 1)..],
                e.Value.Split(',') is [{ Length: > 0 } schema, ..] ? schema : null)),
    ];

    /// <summary>Gets the collations and range types of a database.</summary>
    public IEnumerable<NeededObject> Needed(EfOperation database)
    {
        // LC_COLLATE, LC_CTYPE, the provider, and whether it is deterministic.
        foreach (var (name, value) in database.AnnotationsOf("Npgsql:CollationDefinition:"))
        {
            yield return Object("collation", name, "COLLATION", "",
                value.Split(',') is [var collate, var type, var provider, var deterministic]
                ? [.. collate == type
                    ? [("LOCALE", Literal(collate))]
                    : new[] { ("LC_COLLATE", Literal(collate)), ("LC_CTYPE", Literal(type)) },
                    ("PROVIDER", provider), ("DETERMINISTIC", deterministic.ToLowerInvariant())]
                : throw new AlembicException($"EF Core defines the collation '{name}' as '{value}', which is not supported"));
        }
        foreach (var (name, value) in database.AnnotationsOf("Npgsql:Range:"))
        {
            yield return Object("range type", name, "TYPE", " AS RANGE", [.. RangeParts.Zip(value.Split(','))]);
        }

        string Literal(string text) => text.Length == 0 ? "" : dialect.Literal(text);
    }

    private NeededObject Object(string kind, string name, string word, string form, IReadOnlyList<(string Key, string Value)> parts)
    {
        var (schema, own) = Qualified(name);
        var said = parts.Where(p => p.Value.Length > 0).Select(p => $"{p.Key} = {p.Value}");
        return new NeededObject(kind, own, schema,
            $"CREATE {word} {dialect.Quote(schema, own)}{form} ({string.Join(", ", said)})", $"DROP {word} {dialect.Quote(schema, own)}");
    }

    // "name" or "schema.name".
    private (string? Schema, string Name) Qualified(string name) => name.IndexOf('.', StringComparison.Ordinal) is var point and >= 0
        ? (name[..point], name[(point + 1)..]) : (defaultSchema, name);

    public Table Read(EfOperation table)
    {
        EfOperation[] keys = table.Part("PrimaryKey") is { } key ? [key] : [];
        SetKey(table.Schema, table.Name, keys is [var own] ? own.Texts("Columns") : []);
        var foreignKeys = table.Parts("ForeignKeys");
        List<Column> columns =
        [
            .. table.Parts("Columns").Where(c => !_provider.IsOfTheSystem(c))
                .Select(c => NumberedOnlyIfSaid(Columns.Read(c), keys, foreignKeys)),
        ];
        foreach (var search in table.Parts("Columns").Where(c => c.Annotation("Npgsql:TsVectorConfig") is not null))
        {
            var sql = EfItems.TsVector(search, search.AnnotationTexts("Npgsql:TsVectorProperties"), dialect,
                name => columns.Any(c => c.Name == name && c.Nullable));
            columns[columns.FindIndex(c => c.Name == search.Name)] =
                columns.First(c => c.Name == search.Name) with { Computed = new Computed(sql, true) };
        }
        if (columns.FirstOrDefault(c => c.Autoincrement == true) is { } numbered)
            _numbered[(table.Schema, table.Name)] = numbered.Name;
        return new Table(
            table.Name,
            [
                .. columns,
                .. keys.Select(EfItems.PrimaryKey),
                .. table.Parts("UniqueConstraints").Select(EfItems.Unique),
                .. foreignKeys.Select(k => EfItems.ForeignKey(k, KeyOf)),
                .. table.Parts("CheckConstraints").Select(EfItems.Check),
            ],
            table.Schema,
            dialect.HasComments ? table.Text("Comment") : null,
            _provider.Options(table, _charSet));
    }

    public TableRows Rows(EfOperation insert) => new(
        insert.Table, KeyOf(insert.Schema, insert.Table), insert.Texts("Columns"), insert.Rows("Values", dialect), insert.Schema);

    // PostgreSQL and MySQL number the values of a key of one integer column unless they are told not to. EF Core writes AUTOINCREMENT if
    // it wants that.
    private static Column NumberedOnlyIfSaid(Column column, EfOperation[] keys, IReadOnlyList<EfOperation> foreignKeys) =>
        column is { Autoincrement: null, Identity: null, ServerDefault: null,
            Type.Kind: SqlTypeKind.SmallInteger or SqlTypeKind.Integer or SqlTypeKind.BigInteger }
        && keys is [var key] && key.Texts("Columns") is [var only] && only == column.Name
        && !foreignKeys.Any(k => k.Texts("Columns").Contains(column.Name))
            ? column with { Autoincrement = false }
            : column;
}

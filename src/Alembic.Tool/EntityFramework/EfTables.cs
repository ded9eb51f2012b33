using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tool.EntityFramework;

/// <summary>Tables, and what a database has besides, as EF Core and its providers put them.</summary>
/// <param name="dialect">The database's dialect.</param>
internal sealed class EfTables(Dialect dialect)
{
    private readonly Dictionary<string, SqlType> _enums = [];
    private readonly Dictionary<(string? Schema, string Name), IReadOnlyList<string>> _keys = [];
    private readonly Dictionary<(string? Schema, string Name), string> _numbered = [];

    public EfColumns Columns => field ??= new(dialect, _enums);

    /// <summary>The columns of each table's primary key: operations on rows, and old foreign keys, do not say them.</summary>
    public IReadOnlyList<string> KeyOf(string? schema, string table) => _keys.GetValueOrDefault((schema, table)) ?? [];

    public void SetKey(string? schema, string table, IReadOnlyList<string> columns) => _keys[(schema, table)] = columns;

    /// <summary>Whether a table's key is one column that SQLite numbers: who drops the key has to say so again.</summary>
    public bool IsNumbered(string? schema, string table, IReadOnlyList<string> key) =>
        dialect.Name == "sqlite" && key is [var only] && _numbered.GetValueOrDefault((schema, table)) == only;

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

    /// <summary>The enum types of a database, and their values.</summary>
    public IReadOnlyList<SqlType> Enums(EfOperation database)
    {
        List<SqlType> types = [];
        foreach (var (name, values) in database.AnnotationsOf("Npgsql:Enum:"))
        {
            // "name" or "schema.name".
            var point = name.IndexOf('.', StringComparison.Ordinal);
            types.Add(_enums[name] = SqlType.Enum(name[(point + 1)..], values.Split(','), point < 0 ? null : name[..point]));
        }
        return types;
    }

    /// <summary>The extensions of a database, each with the schema that it is to be in, or null.</summary>
    public static IReadOnlyList<(string Name, string? Schema)> Extensions(EfOperation database) =>
    [
        // The value is its schema and its version, empty for what is not said.
        .. database.AnnotationsOf("Npgsql:PostgresExtension:").Select(e =>
            (e.Name[(e.Name.IndexOf('.', StringComparison.Ordinal) + 1)..],
                e.Value.Split(',') is [{ Length: > 0 } schema, ..] ? schema : null)),
    ];

    public Table Read(EfOperation table)
    {
        EfOperation[] keys = table.Part("PrimaryKey") is { } key ? [key] : [];
        SetKey(table.Schema, table.Name, keys is [var own] ? own.Texts("Columns") : []);
        var foreignKeys = table.Parts("ForeignKeys");
        List<Column> columns =
        [
            .. table.Parts("Columns").Where(c => !Columns.IsOfTheSystem(c))
                .Select(c => NumberedOnlyIfSaid(Columns.Read(c), keys, foreignKeys)),
        ];
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
            new DialectOptions(
            [
                ("postgresql_unlogged", table.Annotation("Npgsql:UnloggedTable") == "true" ? true : null),
                ("postgresql_with", EfItems.StorageParameters(table) is { Length: > 0 } with ? with : null),
                ("mysql_default_charset", table.Annotation("MySql:CharSet")),
            ]));
    }

    public TableRows Rows(EfOperation insert) => new(
        insert.Table, KeyOf(insert.Schema, insert.Table), insert.Texts("Columns"), insert.Rows("Values", dialect), insert.Schema);

    // Of a key of one integer column, PostgreSQL and MySQL number the values unless it is said that they do not. EF Core says AUTOINCREMENT
    // where it means it.
    private static Column NumberedOnlyIfSaid(Column column, EfOperation[] keys, IReadOnlyList<EfOperation> foreignKeys) =>
        column is { Autoincrement: null, Identity: null, ServerDefault: null,
            Type.Kind: SqlTypeKind.SmallInteger or SqlTypeKind.Integer or SqlTypeKind.BigInteger }
        && keys is [var key] && key.Texts("Columns") is [var only] && only == column.Name
        && !foreignKeys.Any(k => k.Texts("Columns").Contains(column.Name))
            ? column with { Autoincrement = false }
            : column;
}

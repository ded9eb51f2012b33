using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>
/// Gives existing rows their values in a column that becomes NOT NULL: a literal by a temporary default, an expression by an UPDATE.
/// </summary>
internal sealed class Filling(
    IEnumerable<Table> model, IEnumerable<Table> database, IReadOnlyList<SyncColumns> copies, Dialect dialect, ComparisonOptions options)
{
    private readonly Dictionary<(TableKey, string), ServerDefault> _ofModel = model
        .SelectMany(t => t.Columns.Where(c => c.Fill is not null).Select(c => (Key: (TableKey.Of(t), c.Name), Fill: c.Fill!)))
        .ToDictionary(f => f.Key, f => f.Fill);

    private readonly Dictionary<Fill, string?> _given = options.Fills.Distinct()
        .ToDictionary(f => f, string? (_) => "no such column is added, and none becomes NOT NULL");

    /// <summary>The given values that are not usable.</summary>
    public IReadOnlyList<MistakenFill> Mistaken =>
        [.. _given.Where(f => f.Value is not null).Select(f => new MistakenFill(f.Key, f.Value!))];

    /// <summary>Adds the operations that give the rows their values.</summary>
    public IEnumerable<PlannedOperation> Apply(PlannedOperation planned)
    {
        switch (planned.Operation)
        {
            case AddColumn add when Copy(add.Schema, add.Table, copy => copy.New == add.Column.Name) is { } sync:
                var added = Added(add, From(sync.Copy.Old)).Select(o => new PlannedOperation(o)).ToList();
                // The triggers come before the values of the rows that are there.
                return [added[0], new(sync), .. added.Skip(1)];
            case DropColumn { Definition: not null } drop when Copy(drop.Schema, drop.Table, c => c.Old == drop.Column) is { } sync:
                return [planned with { Operation = drop with { Back = Nullable(drop, From(sync.Copy.New)) } }];
            case AddColumn { Column: { Computed: null, Identity: null } column } add when Value(add.Schema, add.Table, column.Name,
                column.Type, IsMissing(column) ? true : null) is { } value:
                return Added(add, value).Select((o, i) => new PlannedOperation(o, i == 0 ? Remark(value) : null));
            case AlterColumn { Nullable: false } alter when Value(alter, false) is { } value:
                return NotNull(alter, value).Select(o => new PlannedOperation(o));
            // The downgrade makes the column NOT NULL again.
            case AlterColumn { Nullable: true } alter when Value(alter, null) is { } value:
                return [planned with
                {
                    Operation = alter with { Back = [.. NotNull((AlterColumn)alter.Reverse(), value).Select(o => o with { Back = [] })] }
                }];
            case DropColumn { Definition: { Computed: null, Identity: null } column } drop when Value(drop.Schema, drop.Table, column.Name,
                column.Type, null) is { } value:
                return [planned with
                {
                    Operation = drop with
                    {
                        Back = options.ZeroDowntime ? Nullable(drop, value)
                            : [.. Added(new AddColumn(drop.Table, column, drop.Schema), value)],
                    },
                }];
            default:
                return [planned];
        }
    }

    /// <summary>Tells whether a row has no value for a column that needs one.</summary>
    public static bool IsMissing(Column column) =>
        column is { Nullable: false, ServerDefault: null, Computed: null, Identity: null } && column.Autoincrement != true;

    private ServerDefault? Value(AlterColumn alter, bool? isNew) =>
        (alter.Type ?? alter.ExistingType) is { } type ? Value(alter.Schema, alter.Table, alter.Column, type, isNew) : null;

    // Asks only if it is known whether the column is new.
    private ServerDefault? Value(string? schema, string table, string column, SqlType type, bool? isNew)
    {
        if (options.Fills.LastOrDefault(f => f.Schema == schema && f.Table == table && f.Column == column) is { } given)
        {
            var value = Fill.ValueOf(given.Text, type);
            _given[given] = value is null ? $"'{given.Text}' is not a value of type {dialect.TypeName(type)}" : null;
            return value;
        }
        return _ofModel.GetValueOrDefault((new(schema ?? "", table), column))
            ?? (isNew is { } known ? Asked(new FillQuestion(table, column, type, known, schema)) : null);
    }

    private ServerDefault? Asked(FillQuestion question)
    {
        while (options.AskFill?.Invoke(question) is { } answer)
        {
            if (Fill.ValueOf(answer, question.Type) is { } value)
                return value;
        }
        return null;
    }

    private IEnumerable<Operation> Added(AddColumn add, ServerDefault value)
    {
        var column = add.Column;
        AlterColumn Alter(bool isNullable, ServerDefault? existing) => new(add.Table, column.Name, add.Schema)
        {
            ExistingType = column.Type, ExistingNullable = isNullable, ExistingServerDefault = existing, ExistingComment = column.Comment,
            ExistingCollation = column.Collation, Back = [],
        };
        if (value.Kind != ServerDefaultKind.Sql)
        {
            return
            [
                add with { Column = column with { ServerDefault = value } },
                Alter(column.Nullable, value) with { ServerDefault = column.ServerDefault ?? ServerDefault.None },
            ];
        }
        var finish = Alter(isNullable: true, null) with { Nullable = column.Nullable ? null : false, ServerDefault = column.ServerDefault };
        return
        [
            add with { Column = column with { Nullable = true, ServerDefault = null } },
            Update(add.Schema, add.Table, column.Name, value),
            .. finish.Nullable is null && finish.ServerDefault is null ? Array.Empty<Operation>() : [finish],
        ];
    }

    // An earlier revision's downgrade makes it NOT NULL again.
    private IReadOnlyList<Operation> Nullable(DropColumn drop, ServerDefault value) =>
    [
        new AddColumn(drop.Table, drop.Definition! with { Nullable = true }, drop.Schema),
        Update(drop.Schema, drop.Table, drop.Column, value),
    ];

    // The value has the new type.
    private IEnumerable<Operation> NotNull(AlterColumn alter, ServerDefault value) => alter.Type is null
        ? [Update(alter.Schema, alter.Table, alter.Column, value), alter]
        :
        [
            alter with { Nullable = null },
            Update(alter.Schema, alter.Table, alter.Column, value),
            new AlterColumn(alter.Table, alter.Column, alter.Schema)
            {
                Nullable = false, ExistingNullable = true, ExistingType = alter.Type,
                ExistingServerDefault = alter.ServerDefault ?? alter.ExistingServerDefault,
                ExistingComment = alter.Comment ?? alter.ExistingComment, ExistingCollation = alter.Collation ?? alter.ExistingCollation,
                Autoincrement = alter.Autoincrement,
            },
        ];

    private FillRows Update(string? schema, string table, string column, ServerDefault value) =>
        new(table, column, $"UPDATE {dialect.Quote(schema, table)} SET {dialect.Quote(column)} = {dialect.DefaultText(value)} WHERE "
            + $"{dialect.Quote(column)} IS NULL", schema)
        {
            Key = database.FirstOrDefault(t => t.Schema == schema && t.Name == table)?.PrimaryKey?.Columns is [var key, ..]
                ? (key, $"{dialect.Quote(key)} BETWEEN @from AND @to") : null,
            Back = [],
        };

    private SyncColumns? Copy(string? schema, string table, Func<ColumnCopy, bool> isIt) =>
        copies.FirstOrDefault(c => c.Copy.Schema == schema && c.Copy.Table == table && isIt(c.Copy));

    private ServerDefault From(string column) => Sql.Text(dialect.Quote(column));

    private static string Remark(ServerDefault value) => value.Kind == ServerDefaultKind.Sql
        ? "Existing rows get their values before the column is finished."
        : "Existing rows get this default; the column does not keep it.";
}

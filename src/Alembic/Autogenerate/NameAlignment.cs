using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>
/// Gives the database's objects the model's names if the database ignores case: <c>User.Id</c> is not a new column next to
/// <c>user.id</c>.
/// </summary>
internal sealed class NameAlignment
{
    private readonly Dictionary<TableKey, Table> _model;
    private readonly StringComparer _names = StringComparer.OrdinalIgnoreCase;

    private NameAlignment(IEnumerable<Table> model, IEqualityComparer<TableKey> keys)
    {
        _model = model.GroupBy(TableKey.Of, keys).ToDictionary(g => g.Key, g => g.First(), keys);
    }

    /// <summary>
    /// The database's tables with the model's names, and the model's tables with foreign keys that point to existing names.
    /// </summary>
    public static (IEnumerable<Table> Database, IReadOnlyList<Table> Model) Align(MetaData database, IReadOnlyList<Table> model,
        Dialect dialect)
    {
        if (dialect.Comparison.NameCase == NameCase.Matters)
            return (NormalForm.Of(database), model);
        var alignment = new NameAlignment(model, IgnoresTableCase(database, dialect) ? Insensitive : EqualityComparer<TableKey>.Default);
        return (NormalForm.Of(database).Select(alignment.Align), [.. model.Select(t => t.WithTargets(alignment.Target))]);
    }

    /// <summary>Tells whether a schema is the connection's own; an empty name means that too.</summary>
    public static bool IsOwnSchema(string? schema, MetaData database, Dialect dialect) => schema is not null
        && (schema.Length == 0 || TableNames(database, dialect).Equals(schema, database.OwnSchema));

    /// <summary>How the names of tables are compared.</summary>
    public static StringComparer TableNames(MetaData database, Dialect dialect) =>
        IgnoresTableCase(database, dialect) ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>How the names of columns are compared.</summary>
    public static StringComparer ColumnNames(Dialect dialect) =>
        dialect.Comparison.NameCase == NameCase.Matters ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    private static bool IgnoresTableCase(MetaData database, Dialect dialect) =>
        dialect.Comparison.NameCase == NameCase.Ignored
        || (dialect.Comparison.NameCase == NameCase.MattersForTables && database.IgnoresTableCase);

    private static EqualityComparer<TableKey> Insensitive => EqualityComparer<TableKey>.Create(
        (a, b) => StringComparer.OrdinalIgnoreCase.Equals(a?.Schema, b?.Schema)
            && StringComparer.OrdinalIgnoreCase.Equals(a?.Name, b?.Name),
        k => HashCode.Combine(StringComparer.OrdinalIgnoreCase.GetHashCode(k.Schema),
            StringComparer.OrdinalIgnoreCase.GetHashCode(k.Name)));

    private Table Align(Table table)
    {
        var model = _model.GetValueOrDefault(TableKey.Of(table));
        var columns = NamesByName(model?.Columns.Select(c => c.Name));
        var indexes = NamesByName(model?.Indexes.Select(i => i.Name!));
        var constraints = NamesByName(model?.Items.OfType<Constraint>().Select(c => c.Name).OfType<string>());
        string Column(string name) => columns.GetValueOrDefault(name, name);
        return table with
        {
            Name = model?.Name ?? table.Name,
            Items =
            [
                .. table.Items
                    .Select(item => item is Constraint { Name: { } given } named
                        ? named with { Name = constraints.GetValueOrDefault(given, given) }
                        : item).Select(SchemaItem (item) => item switch
                {
                    Column c => c with
                    {
                        Name = Column(c.Name), ForeignKey = c.ForeignKey is { } key ? ForeignKey.Of(Target(key.OnColumn(c.Name))) : null
                    },
                    PrimaryKeyConstraint key => key with { Columns = [.. key.Columns.Select(Column)] },
                    UniqueConstraint unique => unique with { Columns = [.. unique.Columns.Select(Column)] },
                    ForeignKeyConstraint key => Target(key) with { Columns = [.. key.Columns.Select(Column)] },
                    TableIndex index => index with
                    {
                        Name = index.Name is { } name ? indexes.GetValueOrDefault(name, name) : null,
                        Columns = [.. index.Columns.Select(e => e.Column is { } column ? e.WithColumn(Column(column)) : e)],
                    },
                    _ => item,
                }),
            ],
        };
    }

    private ForeignKeyConstraint Target(ForeignKeyConstraint key)
    {
        if (!_model.TryGetValue(TableKey.Of(key), out var target))
            return key;
        var columns = NamesByName(target.Columns.Select(c => c.Name));
        return key with
        {
            Targets = [.. key.ReferentColumns
                .Select(c => ForeignKeyConstraint.TargetOf(key.ReferentSchema, target.Name, columns.GetValueOrDefault(c, c)))]
        };
    }

    private Dictionary<string, string> NamesByName(IEnumerable<string>? names) =>
        (names ?? []).GroupBy(n => n, _names).ToDictionary(g => g.Key, g => g.First(), _names);
}

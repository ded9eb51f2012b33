using Alembic.Schema;

namespace Alembic.Databases.Sqlite;

/// <summary>
/// Creates a <see cref="Table"/> from a stored statement. It knows the other tables, because a foreign key may omit the columns that it
/// refers to.
/// </summary>
internal sealed class SqliteTableReader(IReadOnlyDictionary<string, CreateTableStatement> tables)
{
    public Table Read(CreateTableStatement stored, IEnumerable<CreateIndexStatement> indexes)
    {
        // The table that is written from it has to run, and the bundled SQLite refuses "string".
        var statement = stored.WithPlainStrings();
        var keys = ForeignKeys(statement).ToList();
        var uniques = statement.Constraints.OfType<DdlUnique>()
            .Select(u => new UniqueConstraint(AsDeclared(u.Columns, statement), u.Name)).ToList();
        var columns = statement.Columns
            .Select(c => ReadColumn(c, statement, TakeAlone(keys, c.Name, k => k.Columns),
                TakeAlone(uniques, c.Name, u => u.Name is null ? u.Columns : []))).ToList();
        return new Table(statement.Name,
        [
            .. columns,
            .. PrimaryKey(statement, columns),
            .. uniques,
            .. keys,
            .. statement.Constraints.OfType<DdlCheck>().Select(c => new CheckConstraint(c.Expression.Trim(), c.Name)),
            .. indexes.Select(i => ReadIndex(i.WithPlainStrings(statement.Columns.Select(c => c.Name)), statement)),
        ],
        options: new DialectOptions([("sqlite_strict", statement.Strict ? true : null),
            ("sqlite_with_rowid", statement.WithoutRowid ? false : null)]));
    }

    private static Column ReadColumn(DdlColumn column, CreateTableStatement statement, ForeignKeyConstraint? key, UniqueConstraint? unique)
    {
        var primaryKey = statement.PrimaryKey;
        var isKey = primaryKey is { Name: null } && IsInOrder(primaryKey, statement)
            && primaryKey.Columns.Contains(column.Name, DdlName.Comparer);
        return new Column(
            column.Name,
            SqliteTypes.Read(column.Type),
            nullable: !column.NotNull && primaryKey?.Columns.Contains(column.Name, DdlName.Comparer) != true,
            serverDefault: SqliteDefaults.Read(column.Default),
            primaryKey: isKey,
            unique: unique is not null,
            foreignKey: key is null ? null : ForeignKey.Of(key),
            autoincrement: primaryKey is { Autoincrement: true } && statement.RowidAlias == column ? true : null,
            computed: column.Generated is { } generated ? new Computed(generated.Expression.Trim(), generated.Stored) : null,
            collation: column.Collation);
    }

    private static IEnumerable<PrimaryKeyConstraint> PrimaryKey(CreateTableStatement statement, List<Column> columns) =>
        statement.PrimaryKey is { } key && !columns.Any(c => c.PrimaryKey)
        ? [new PrimaryKeyConstraint(AsDeclared(key.Columns, statement), key.Name)]
        : [];

    // Marked columns form a key in the order of the columns; any other order, and a name, need a constraint of their own.
    private static bool IsInOrder(DdlPrimaryKey key, CreateTableStatement statement) =>
        statement.Columns.Select(c => c.Name).Where(c => key.Columns.Contains(c, DdlName.Comparer))
        .SequenceEqual(key.Columns, DdlName.Comparer);

    private IEnumerable<ForeignKeyConstraint> ForeignKeys(CreateTableStatement statement)
    {
        ForeignKeyConstraint? last = null;
        foreach (var constraint in statement.Constraints.OrderBy(c => c.Span.Start))
        {
            if (constraint is DdlDeferral deferral && last is not null)
                last = last with { Deferrable = deferral.Deferrable, Initially = deferral.Initially };
            if (constraint is not DdlForeignKey key)
                continue;
            if (last is not null)
                yield return last;
            last = Read(key, statement);
        }
        if (last is not null)
            yield return last;
    }

    private ForeignKeyConstraint Read(DdlForeignKey key, CreateTableStatement statement)
    {
        var target = tables.GetValueOrDefault(key.ReferencedTable);
        IReadOnlyList<string> columns = key.ReferencedColumns is [] ? target?.PrimaryKey?.Columns ?? key.Columns : key.ReferencedColumns;
        return new ForeignKeyConstraint(
            AsDeclared(key.Columns, statement),
            [.. (target is null ? columns : AsDeclared(columns, target))
                .Select(c => ForeignKeyConstraint.TargetOf(null, target?.Name ?? key.ReferencedTable, c))],
            key.Name, key.OnDelete, key.OnUpdate, key.Deferrable, key.Initially, key.Match);
    }

    private static TableIndex ReadIndex(CreateIndexStatement index, CreateTableStatement statement) =>
        new(index.Name, [.. index.Elements.Select(e => ReadElement(e, statement))], index.Unique, index.Where);

    private static IndexElement ReadElement(DdlIndexElement element, CreateTableStatement statement)
    {
        if (element is { Column: { } column, Collation: null })
        {
            var name = AsDeclared([column], statement)[0];
            return element.Descending == true ? IndexElement.Descending(name) : name;
        }
        var collation = element.Collation is { } given ? $" COLLATE {DdlName.QuoteIfNeeded(given)}" : "";
        return Sql.Text($"{element.Expression}{collation}{(element.Descending == true ? " DESC" : "")}");
    }

    // As the column's own definition writes it: SQLite ignores the case of a name, comparisons do not.
    private static IReadOnlyList<string> AsDeclared(IReadOnlyList<string> names, CreateTableStatement statement) =>
        [.. names.Select(n => statement.FindColumn(n)?.Name ?? n)];

    private static T? TakeAlone<T>(List<T> constraints, string column, Func<T, IReadOnlyList<string>> columnsOf)
        where T : Constraint
    {
        var found = constraints.FirstOrDefault(c => columnsOf(c) is [var only] && only == column);
        if (found is not null)
            constraints.Remove(found);
        return found;
    }
}

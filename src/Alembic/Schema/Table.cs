namespace Alembic.Schema;

/// <summary>A table: its columns, constraints and indexes, in the given order.</summary>
public sealed record Table
{
    /// <summary>Creates a table.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="items">Columns, constraints and indexes.</param>
    /// <param name="schema">Its schema, or null for the connection's own.</param>
    /// <param name="comment">A comment, stored if the database has comments; or null.</param>
    /// <param name="options">Options that only one database has, for example <c>mysql_engine</c>; or null.</param>
    public Table(string name, IReadOnlyList<SchemaItem> items, string? schema = null, string? comment = null,
        DialectOptions? options = null)
    {
        Name = name;
        Items = items;
        Schema = schema;
        Comment = comment;
        Options = options ?? DialectOptions.None;
    }

    /// <summary>The table's name.</summary>
    public string Name { get; init; }

    /// <summary>Columns, constraints and indexes, in the given order.</summary>
    public IReadOnlyList<SchemaItem> Items { get; init => field = EquatableList.Of(value); }

    /// <summary>The table's schema, or null for the connection's own.</summary>
    public string? Schema { get; init; }

    /// <summary>The comment that is stored in the database, or null.</summary>
    public string? Comment { get; init; }

    /// <summary>The options that only one database has.</summary>
    public DialectOptions Options { get; init; }

    /// <summary>The project's notes for its own use; comparisons ignore them.</summary>
    public SchemaInfo Info { get; init; } = SchemaInfo.None;

    /// <summary>The former name: autogenerate renames the table if the database still has this name. Or null.</summary>
    public string? RenamedFrom { get; init; }

    /// <summary>The columns, in order.</summary>
    public IEnumerable<Column> Columns => Items.OfType<Column>();

    /// <summary>The primary key: the constraint if there is one, else one over the columns that are marked; null for none.</summary>
    public PrimaryKeyConstraint? PrimaryKey =>
        Items.OfType<PrimaryKeyConstraint>().FirstOrDefault()
        ?? (Columns.Where(c => c.PrimaryKey).Select(c => c.Name).ToList() is { Count: > 0 } key ? new PrimaryKeyConstraint(key) : null);

    /// <summary>The foreign keys, including those declared on a column.</summary>
    public IEnumerable<ForeignKeyConstraint> ForeignKeys =>
        Columns.Where(c => c.ForeignKey is not null).Select(c => c.ForeignKey!.OnColumn(c.Name))
        .Concat(Items.OfType<ForeignKeyConstraint>());

    /// <summary>The unique constraints, including those declared on a column.</summary>
    public IEnumerable<UniqueConstraint> Uniques =>
        Columns.Where(c => c.Unique && !c.Index).Select(c => new UniqueConstraint([c.Name])).Concat(Items.OfType<UniqueConstraint>());

    /// <summary>The checks.</summary>
    public IEnumerable<CheckConstraint> Checks => Items.OfType<CheckConstraint>();

    /// <summary>
    /// The indexes, including those declared on a column; a column that is both unique and indexed has one unique index.
    /// </summary>
    public IEnumerable<TableIndex> Indexes =>
        Columns.Where(c => c.Index).Select(c => new TableIndex(null, [c.Name], c.Unique)).Concat(Items.OfType<TableIndex>())
            .Select(index => index.Name is null ? index with { Name = NamingConvention.Default.NameOf(index, this) } : index);

    /// <summary>
    /// Tells whether a sequence of its own numbers an integer column, if the database has such: the column says so, or it is the whole
    /// primary key and nothing else gives its values.
    /// </summary>
    internal bool IsSerial(Column column) =>
        column is { ServerDefault: null, Identity: null, Computed: null, Type.IsInteger: true }
        && (column.Autoincrement
            ?? (PrimaryKey?.Columns is [var key] && key == column.Name && !ForeignKeys.Any(k => k.Columns.Contains(key))));

    /// <summary>
    /// This table without some of its foreign keys. A key column that takes its values from another table still does if its foreign key
    /// is left out, so it is not numbered.
    /// </summary>
    internal Table Without(IReadOnlyCollection<ForeignKeyConstraint> keys)
    {
        bool IsOfAnother(Column column) => column.Autoincrement is null && PrimaryKey?.Columns is [var only] && only == column.Name
            && keys.Any(k => k.Columns.Contains(only));
        return this with
        {
            Items =
            [
                .. Items.Where(i => i is not ForeignKeyConstraint key || !keys.Contains(key)).Select(i => i is Column column
                    ? column with
                    {
                        ForeignKey = column.ForeignKey is { } key && keys.Contains(key.OnColumn(column.Name)) ? null : column.ForeignKey,
                        Autoincrement = IsOfAnother(column) ? false : column.Autoincrement,
                    }
                    : i),
            ],
        };
    }
}

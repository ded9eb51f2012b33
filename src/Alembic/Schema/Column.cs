namespace Alembic.Schema;

/// <summary>A column of a table.</summary>
public sealed record Column : SchemaItem
{
    /// <summary>Creates a column.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="nullable">Whether it may be NULL; a primary-key column is never nullable.</param>
    /// <param name="serverDefault">The value that the database gives a new row, or null.</param>
    /// <param name="primaryKey">Whether it is (part of) the primary key.</param>
    /// <param name="unique">Whether no two rows may have the same value: an unnamed unique constraint.</param>
    /// <param name="index">Whether it has an index of its own, named by the naming convention (<c>ix_table_column</c>).</param>
    /// <param name="foreignKey">The column of another table that it points to, or null.</param>
    /// <param name="autoincrement">Whether the database numbers it; null for its usual rule.</param>
    /// <param name="comment">A comment, stored if the database has comments; or null.</param>
    /// <param name="computed">The expression that computes it, or null.</param>
    /// <param name="identity">The way the database numbers it, or null.</param>
    /// <param name="collation">Its collation, or null.</param>
    public Column(
        string name, SqlType type, bool nullable = true, ServerDefault? serverDefault = null, bool primaryKey = false, bool unique = false,
        bool index = false,
        ForeignKey? foreignKey = null, bool? autoincrement = null, string? comment = null, Computed? computed = null,
        Identity? identity = null, string? collation = null)
    {
        Name = name;
        Type = type;
        Nullable = nullable && !primaryKey;
        ServerDefault = serverDefault is { Kind: ServerDefaultKind.None } ? null : serverDefault;
        PrimaryKey = primaryKey;
        Unique = unique;
        Index = index;
        ForeignKey = foreignKey;
        Autoincrement = autoincrement;
        Comment = comment;
        Computed = computed;
        Identity = identity is { IsNone: true } ? null : identity;
        Collation = collation;
    }

    /// <summary>The column's name.</summary>
    public string Name { get; init; }

    /// <summary>The column's type.</summary>
    public SqlType Type { get; init; }

    /// <summary>Tells whether it may be NULL.</summary>
    public bool Nullable { get; init; }

    /// <summary>The value that the database gives a new row, or null.</summary>
    public ServerDefault? ServerDefault { get; init; }

    /// <summary>Tells whether it is (part of) the primary key.</summary>
    public bool PrimaryKey { get; init; }

    /// <summary>Tells whether it has an unnamed unique constraint of its own.</summary>
    public bool Unique { get; init; }

    /// <summary>Tells whether it has an index of its own.</summary>
    public bool Index { get; init; }

    /// <summary>The column that it points to, or null.</summary>
    public ForeignKey? ForeignKey { get; init; }

    /// <summary>Tells whether the database numbers it; null for its usual rule.</summary>
    public bool? Autoincrement { get; init; }

    /// <summary>The comment that is stored in the database, or null.</summary>
    public string? Comment { get; init; }

    /// <summary>The expression that computes it, or null.</summary>
    public Computed? Computed { get; init; }

    /// <summary>The way the database numbers it, or null.</summary>
    public Identity? Identity { get; init; }

    /// <summary>The column's collation, or null.</summary>
    public string? Collation { get; init; }

    /// <summary>
    /// Tells whether the table only inherits it from another one (PostgreSQL's INHERITS): it is added and dropped with that one's
    /// column.
    /// </summary>
    internal bool IsInherited { get; init; }

    /// <summary>
    /// Tells whether the sequence that numbers it ends before its type does (PostgreSQL): the type was changed, but not the sequence.
    /// </summary>
    internal bool HasShortSequence { get; init; }

    /// <summary>The former name: autogenerate renames the column if the database still has this name. Or null.</summary>
    public string? RenamedFrom { get; init; }

    /// <summary>
    /// The value that existing rows get if autogenerate adds the column, or makes it NOT NULL; or null. Unlike
    /// <see cref="ServerDefault"/>, the database does not keep it. <c>Sql.Text("…")</c> may name other columns.
    /// </summary>
    public ServerDefault? Fill { get; init; }
}

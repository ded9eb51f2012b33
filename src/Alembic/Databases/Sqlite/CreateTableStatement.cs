namespace Alembic.Databases.Sqlite;

/// <summary>
/// A CREATE TABLE as it stands in sqlite_schema: its text, and what the text says. The edits beside this type each return a
/// new statement whose text differs in the one place that was asked for.
/// </summary>
internal sealed record CreateTableStatement
{
    public required string Sql { get; init; }

    /// <summary>All of the text, with white space and comments.</summary>
    public required IReadOnlyList<DdlToken> Tokens { get; init; }

    public string? Schema { get; init; }

    public required DdlToken NameToken { get; init; }

    public string Name => DdlName.Of(NameToken);

    /// <summary>The name that the table had before the first edit: references to itself use it.</summary>
    public required string OriginalName { get; init; }

    public bool IsTemporary { get; init; }

    public bool IfNotExists { get; init; }

    /// <summary>Of a virtual table, whose columns only the module knows.</summary>
    public string? Module { get; init; }

    /// <summary>Of CREATE TABLE … AS. SQLite stores such a table with a plain list of columns instead.</summary>
    public string? Query { get; init; }

    /// <summary>From "(" to behind ")".</summary>
    public DdlSpan Body { get; init; }

    public IReadOnlyList<DdlColumn> Columns { get; init; } = [];

    public IReadOnlyList<DdlConstraint> TableConstraints { get; init; } = [];

    public bool WithoutRowid { get; init; }

    public bool Strict { get; init; }

    /// <summary>Where columns are named, other than where they are declared.</summary>
    public IReadOnlyList<DdlToken> ColumnMentions { get; init; } = [];

    /// <summary>Those of them in double quotes in an expression: strings, if there is no such column.</summary>
    public IReadOnlyList<DdlToken> PerhapsStrings { get; init; } = [];

    /// <summary>Where an expression has this table's name and a point before a column.</summary>
    public IReadOnlyList<DdlSpan> Qualifiers { get; init; } = [];

    /// <summary>Those behind columns first, then those of the table's list.</summary>
    public IEnumerable<DdlConstraint> Constraints => Columns.SelectMany(c => c.Constraints).Concat(TableConstraints);

    public DdlPrimaryKey? PrimaryKey => Constraints.OfType<DdlPrimaryKey>().FirstOrDefault();

    /// <summary>The column that is the rowid under another name; null where there is none.</summary>
    public DdlColumn? RowidAlias =>
        // Behind a column "INTEGER PRIMARY KEY DESC" is a key like any other: an old mistake of SQLite's that it keeps.
        !WithoutRowid && PrimaryKey is { Columns: [var name] } key && !(key.Column is not null && key.Elements[0].Descending == true)
        && FindColumn(name) is { } column && string.Equals(column.Type, "INTEGER", StringComparison.OrdinalIgnoreCase) ? column : null;

    /// <summary>
    /// Tells whether NULL is refused, which a primary key does only in tables WITHOUT ROWID and in STRICT ones, but for the alias of the
    /// rowid.
    /// </summary>
    public bool RefusesNull(DdlColumn column) => column.NotNull
        || ((WithoutRowid || (Strict && column != RowidAlias)) && PrimaryKey?.Columns.Contains(column.Name, DdlName.Comparer) == true);

    /// <exception cref="DdlNotUnderstoodException">The text is not a CREATE TABLE.</exception>
    public static CreateTableStatement Parse(string sql) => CreateTableParser.Parse(sql, originalName: null);

    public string TextOf(DdlConstraint constraint) => Sql[constraint.Span.Start..constraint.Span.End];

    public DdlColumn? FindColumn(string name) => Columns.FirstOrDefault(c => DdlName.Comparer.Equals(c.Name, name));

    public DdlColumn Column(string name) => FindColumn(name) ?? throw new DdlEditException(Name, $"it has no column '{name}'");

    /// <summary>What names the column from outside of its own definition, and so stands in the way of dropping it.</summary>
    public IReadOnlyList<DdlConstraint> ConstraintsUsing(string column)
    {
        var own = Column(column).Span;
        var mentions = ColumnMentions.Where(m => m.Names(column) && !own.Contains(m.Start)).ToList();
        return [.. Constraints.Where(c => mentions.Any(m => c.Span.Contains(m.Start)))];
    }
}

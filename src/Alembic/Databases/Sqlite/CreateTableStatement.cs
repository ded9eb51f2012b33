namespace Alembic.Databases.Sqlite;

/// <summary>
/// A CREATE TABLE as stored in sqlite_schema: its text, and what the text says. The edits beside this type return a new statement whose
/// text differs only in the place that was asked for.
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

    /// <summary>The module of a virtual table; only the module knows the columns.</summary>
    public string? Module { get; init; }

    /// <summary>The query of CREATE TABLE … AS. SQLite stores such a table with a plain list of columns instead.</summary>
    public string? Query { get; init; }

    /// <summary>From "(" up to and including ")".</summary>
    public DdlSpan Body { get; init; }

    public IReadOnlyList<DdlColumn> Columns { get; init; } = [];

    public IReadOnlyList<DdlConstraint> TableConstraints { get; init; } = [];

    public bool WithoutRowid { get; init; }

    public bool Strict { get; init; }

    /// <summary>The places that name columns, other than their declarations.</summary>
    public IReadOnlyList<DdlToken> ColumnMentions { get; init; } = [];

    /// <summary>Those that are double-quoted in an expression: strings, if no such column exists.</summary>
    public IReadOnlyList<DdlToken> PerhapsStrings { get; init; } = [];

    /// <summary>The places where an expression has this table's name and a dot before a column.</summary>
    public IReadOnlyList<DdlSpan> Qualifiers { get; init; } = [];

    /// <summary>Those on columns first, then those of the table's list.</summary>
    public IEnumerable<DdlConstraint> Constraints => Columns.SelectMany(c => c.Constraints).Concat(TableConstraints);

    public DdlPrimaryKey? PrimaryKey => Constraints.OfType<DdlPrimaryKey>().FirstOrDefault();

    /// <summary>The column that is an alias of the rowid; null if there is none.</summary>
    public DdlColumn? RowidAlias =>
        // On a column, "INTEGER PRIMARY KEY DESC" is an ordinary key: an old bug that SQLite keeps.
        !WithoutRowid && PrimaryKey is { Columns: [var name] } key && !(key.Column is not null && key.Elements[0].Descending == true)
        && FindColumn(name) is { } column && string.Equals(column.Type, "INTEGER", StringComparison.OrdinalIgnoreCase) ? column : null;

    /// <summary>
    /// Tells whether a column refuses NULL. A primary key does so only in WITHOUT ROWID and STRICT tables, and an alias of the rowid
    /// never.
    /// </summary>
    public bool RefusesNull(DdlColumn column) => column.NotNull
        || ((WithoutRowid || (Strict && column != RowidAlias)) && PrimaryKey?.Columns.Contains(column.Name, DdlName.Comparer) == true);

    /// <exception cref="DdlNotUnderstoodException">The text is not a CREATE TABLE.</exception>
    public static CreateTableStatement Parse(string sql) => CreateTableParser.Parse(sql, originalName: null);

    public string TextOf(DdlConstraint constraint) => Sql[constraint.Span.Start..constraint.Span.End];

    public DdlColumn? FindColumn(string name) => Columns.FirstOrDefault(c => DdlName.Comparer.Equals(c.Name, name));

    public DdlColumn Column(string name) => FindColumn(name) ?? throw new DdlEditException(Name, $"it has no column '{name}'");

    /// <summary>The constraints that name the column from outside of its own definition, and so prevent dropping it.</summary>
    public IReadOnlyList<DdlConstraint> ConstraintsUsing(string column)
    {
        var own = Column(column).Span;
        var mentions = ColumnMentions.Where(m => m.Names(column) && !own.Contains(m.Start)).ToList();
        return [.. Constraints.Where(c => mentions.Any(m => c.Span.Contains(m.Start)))];
    }
}

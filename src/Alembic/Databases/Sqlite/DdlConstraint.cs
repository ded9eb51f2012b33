namespace Alembic.Databases.Sqlite;

/// <summary>A clause on a column or in the table's list. Span covers all of it, with its CONSTRAINT name.</summary>
internal abstract record DdlConstraint
{
    public string? Name { get; init; }

    /// <summary>The column that it is on; null in the table's own list.</summary>
    public string? Column { get; init; }

    public DdlSpan Span { get; init; }
}

/// <summary>PRIMARY KEY or UNIQUE; on a column, its one element is that column.</summary>
internal abstract record DdlKey(IReadOnlyList<DdlIndexElement> Elements, string? OnConflict) : DdlConstraint
{
    public IReadOnlyList<string> Columns => [.. Elements.Select(e => e.Column ?? e.Expression)];
}

internal sealed record DdlPrimaryKey(IReadOnlyList<DdlIndexElement> Elements, string? OnConflict, bool Autoincrement)
    : DdlKey(Elements, OnConflict);

internal sealed record DdlUnique(IReadOnlyList<DdlIndexElement> Elements, string? OnConflict) : DdlKey(Elements, OnConflict);

/// <summary>Expression is the text between the parentheses.</summary>
internal sealed record DdlCheck(string Expression, string? OnConflict) : DdlConstraint;

/// <summary>ReferencedColumns is empty if the primary key is meant; what is not written is null.</summary>
internal sealed record DdlForeignKey(IReadOnlyList<string> Columns, string ReferencedTable, IReadOnlyList<string> ReferencedColumns)
    : DdlConstraint
{
    /// <summary>CASCADE, SET NULL, SET DEFAULT, RESTRICT or NO ACTION.</summary>
    public string? OnDelete { get; init; }

    public string? OnUpdate { get; init; }

    public string? Match { get; init; }

    public bool? Deferrable { get; init; }

    /// <summary>DEFERRED or IMMEDIATE.</summary>
    public string? Initially { get; init; }
}

internal sealed record DdlNotNull(string? OnConflict) : DdlConstraint;

/// <summary>An explicit NULL, which has no effect.</summary>
internal sealed record DdlNull(string? OnConflict) : DdlConstraint;

/// <summary>Value is the text after DEFAULT, with its parentheses if it has any.</summary>
internal sealed record DdlDefault(string Value, DdlSpan ValueSpan) : DdlConstraint;

internal sealed record DdlCollate(string Collation, DdlSpan CollationSpan) : DdlConstraint;

internal sealed record DdlGenerated(string Expression, bool Stored) : DdlConstraint;

/// <summary>
/// [NOT] DEFERRABLE that does not directly follow its REFERENCES: it applies to the last foreign key before it, in whatever column.
/// </summary>
internal sealed record DdlDeferral(bool Deferrable, string? Initially) : DdlConstraint;

/// <summary>CONSTRAINT name with nothing after it, which SQLite accepts and ignores.</summary>
internal sealed record DdlLoneName : DdlConstraint;

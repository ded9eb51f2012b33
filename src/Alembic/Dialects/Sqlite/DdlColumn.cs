namespace Alembic.Dialects.Sqlite;

/// <summary>A column as it is written. Type is its verbatim text, or null where there is none; ClausesStart is where a clause can be added.</summary>
internal sealed record DdlColumn(DdlToken NameToken, string? Type, DdlSpan? TypeSpan, int ClausesStart, DdlSpan Span, IReadOnlyList<DdlConstraint> Constraints)
{
    public string Name => DdlName.Of(NameToken);

    public bool NotNull => Constraints.Any(c => c is DdlNotNull);

    // Of several DEFAULT or COLLATE clauses SQLite obeys the last.
    public string? Default => Constraints.OfType<DdlDefault>().LastOrDefault()?.Value;

    public string? Collation => Constraints.OfType<DdlCollate>().LastOrDefault()?.Collation;

    public DdlGenerated? Generated => Constraints.OfType<DdlGenerated>().LastOrDefault();
}

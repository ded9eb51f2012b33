namespace Alembic.Dialects.Sqlite;

/// <summary>A column as it is written. Type is null where there is none; ClausesStart is where a clause can be added.</summary>
internal sealed record DdlColumn(DdlToken NameToken, DdlToken? TypeToken, DdlSpan? TypeSpan, int ClausesStart, DdlSpan Span, IReadOnlyList<DdlConstraint> Constraints)
{
    public string Name => DdlName.Of(NameToken);

    /// <summary>The type as SQLite has it: the text, of which only the first name is left where that one is quoted.</summary>
    public string? Type => TypeToken is not { } first ? null : first.Kind is DdlTokenKind.Word ? first.Source[TypeSpan!.Value.Start..TypeSpan.Value.End] : DdlName.Of(first);

    public bool NotNull => Constraints.Any(c => c is DdlNotNull);

    // Of several DEFAULT or COLLATE clauses SQLite obeys the last.
    public string? Default => Constraints.OfType<DdlDefault>().LastOrDefault()?.Value;

    public string? Collation => Constraints.OfType<DdlCollate>().LastOrDefault()?.Collation;

    public DdlGenerated? Generated => Constraints.OfType<DdlGenerated>().LastOrDefault();
}

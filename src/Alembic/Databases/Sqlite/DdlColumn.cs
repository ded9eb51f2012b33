namespace Alembic.Databases.Sqlite;

/// <summary>A column as it is written. Type is null where there is none; ClausesStart is where a clause can be added.</summary>
internal sealed record DdlColumn(DdlToken NameToken, DdlToken TypeToken, DdlSpan? TypeSpan, int ClausesStart, DdlSpan Span,
    IReadOnlyList<DdlConstraint> Constraints)
{
    private static readonly char[] _quotes = ['"', '\'', '`', '['];

    public string Name => DdlName.Of(NameToken);

    /// <summary>
    /// The type as SQLite has it, which takes a quote at its beginning and the last character away where no quote is between them.
    /// </summary>
    public string? Type => (TypeToken, TypeText) switch
    {
        (_, null) => null,
        ({ Kind: DdlTokenKind.Word }, var text) => text,
        (_, [_, .. { Length: > 0 } inner, _]) when inner.IndexOfAny(_quotes) < 0 => inner,
        var (token, _) => DdlName.Of(token),
    };

    /// <summary>What the type does to values, by the rules of sqlite.org/datatype3.html; INTEGER and NUMERIC store alike.</summary>
    public string Affinity => (Type ?? "").ToUpperInvariant() switch
    {
        var type when type.Contains("INT", StringComparison.Ordinal) => "NUMERIC",
        var type when type.Contains("CHAR", StringComparison.Ordinal) || type.Contains("CLOB", StringComparison.Ordinal)
            || type.Contains("TEXT", StringComparison.Ordinal) => "TEXT",
        var type when type.Length == 0 || type.Contains("BLOB", StringComparison.Ordinal) => "BLOB",
        var type when type.Contains("REAL", StringComparison.Ordinal) || type.Contains("FLOA", StringComparison.Ordinal)
            || type.Contains("DOUB", StringComparison.Ordinal) => "REAL",
        _ => "NUMERIC",
    };

    private string? TypeText => TypeSpan is { } span ? TypeToken.Source[span.Start..span.End] : null;

    public bool NotNull => Constraints.Any(c => c is DdlNotNull);

    // Of several DEFAULT or COLLATE clauses SQLite obeys the last.
    public string? Default => Constraints.OfType<DdlDefault>().LastOrDefault()?.Value;

    public string? Collation => Constraints.OfType<DdlCollate>().LastOrDefault()?.Collation;

    public DdlGenerated? Generated => Constraints.OfType<DdlGenerated>().LastOrDefault();
}

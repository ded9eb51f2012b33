namespace Alembic.Databases.Sqlite;

/// <summary>A column as written. Type is null if there is none; ClausesStart is where a clause can be added.</summary>
internal sealed record DdlColumn(DdlToken NameToken, DdlToken TypeToken, DdlSpan? TypeSpan, int ClausesStart, DdlSpan Span,
    IReadOnlyList<DdlConstraint> Constraints)
{
    private static readonly char[] _quotes = ['"', '\'', '`', '['];

    public string Name => DdlName.Of(NameToken);

    /// <summary>
    /// The type as SQLite has it: without a quote at its beginning and the last character, if no other quote is between them.
    /// </summary>
    public string? Type => (TypeToken, TypeText) switch
    {
        (_, null) => null,
        ({ Kind: DdlTokenKind.Word }, var text) => text,
        (_, [_, .. { Length: > 0 } inner, _]) when inner.IndexOfAny(_quotes) < 0 => inner,
        var (token, _) => DdlName.Of(token),
    };

    /// <summary>What the type does to values, by the rules of sqlite.org/datatype3.html; INTEGER and NUMERIC store the same.</summary>
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

    // If there are several DEFAULT or COLLATE clauses, the last one counts.
    public string? Default => Constraints.OfType<DdlDefault>().LastOrDefault()?.Value;

    public string? Collation => Constraints.OfType<DdlCollate>().LastOrDefault()?.Collation;

    public DdlGenerated? Generated => Constraints.OfType<DdlGenerated>().LastOrDefault();
}

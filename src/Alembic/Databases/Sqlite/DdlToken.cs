using System.Text;

namespace Alembic.Databases.Sqlite;

/// <summary>
/// A piece of SQL text and its position. The tokens of a text, trivia included, add up to the whole text. It is a class because lists of
/// structures are compiled only when the program runs.
/// </summary>
internal sealed record DdlToken(string Source, DdlTokenKind Kind, int Start, int End)
{
    public ReadOnlySpan<char> Text => Source.AsSpan(Start, End - Start);

    public DdlSpan Span => new(Start, End);

    public bool IsTrivia => Kind is DdlTokenKind.Space or DdlTokenKind.LineComment or DdlTokenKind.BlockComment;

    public bool BreaksLine => Kind is DdlTokenKind.Space && Text.Contains('\n');

    /// <summary>
    /// Tells whether it is a name wherever SQLite's grammar says "nm", which accepts strings and all but the reserved words.
    /// </summary>
    public bool IsName =>
        Kind is DdlTokenKind.QuotedName or DdlTokenKind.String || (Kind is DdlTokenKind.Word && !DdlKeywords.IsReserved(Text));

    public bool Is(string wordOrSign) => Kind is DdlTokenKind.Word or DdlTokenKind.Punctuation && Ascii.EqualsIgnoreCase(Text, wordOrSign);

    public bool Names(string name) => IsName && DdlName.Comparer.Equals(DdlName.Of(this), name);

    public override string ToString() => Text.ToString();
}

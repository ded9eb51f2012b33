namespace Alembic.Operations;

/// <summary>
/// What marks off text in which nothing is a parameter, beside <c>'text'</c>, <c>"name"</c>, <c>-- comment</c> and <c>/* comment */</c>.
/// </summary>
[Flags]
internal enum SqlQuotes
{
    /// <summary>Nothing else.</summary>
    None = 0,

    /// <summary>Names in <c>[brackets]</c>.</summary>
    Brackets = 1,

    /// <summary>Names in <c>`backticks`</c>.</summary>
    Backticks = 2,

    /// <summary>Backslashes that take away a quotation mark's meaning.</summary>
    Backslashes = 4,

    /// <summary>Backslashes that do so in <c>E'text'</c> only.</summary>
    EscapeStrings = 8,

    /// <summary>Text between <c>$$</c> or <c>$tag$</c>.</summary>
    Dollars = 16,

    /// <summary>Comments from <c>#</c> to the end of the line, and <c>--</c> only where a blank follows.</summary>
    Hashes = 32,

    /// <summary>Comments that hold comments.</summary>
    NestedComments = 64,

    /// <summary>Comments <c>/*! … */</c> and <c>/*M! … */</c>, which some versions of the server carry out.</summary>
    ExecutableComments = 128,
}

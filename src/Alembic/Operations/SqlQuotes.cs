namespace Alembic.Operations;

/// <summary>
/// The quotes and comments inside which nothing is a parameter, in addition to <c>'text'</c>, <c>"name"</c>, <c>-- comment</c> and
/// <c>/* comment */</c>.
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

    /// <summary>Backslashes that escape a quotation mark.</summary>
    Backslashes = 4,

    /// <summary>Backslashes that escape only in <c>E'text'</c>.</summary>
    EscapeStrings = 8,

    /// <summary>Text between <c>$$</c> or <c>$tag$</c>.</summary>
    Dollars = 16,

    /// <summary>Comments from <c>#</c> to the end of the line, and <c>--</c> only if a blank follows.</summary>
    Hashes = 32,

    /// <summary>Nested comments.</summary>
    NestedComments = 64,

    /// <summary>Comments <c>/*! … */</c> and <c>/*M! … */</c>, which some versions of the server execute.</summary>
    ExecutableComments = 128,
}

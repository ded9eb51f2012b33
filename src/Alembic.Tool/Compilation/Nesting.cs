using System.Buffers;

namespace Alembic.Tool.Compilation;

/// <summary>How deep the brackets of a source are nested, counted without regard to strings and comments: a parser's time and stack grow with it.</summary>
internal static class Nesting
{
    /// <summary>Hand-written code stays far below this.</summary>
    public const int Limit = 500;

    private static readonly SearchValues<char> Brackets = SearchValues.Create("()[]{}<>;");

    public static bool IsTooDeep(ReadOnlySpan<char> text)
    {
        // "<" alone is also "less than": a statement's end closes all of its kind.
        var (depth, angles) = (0, 0);
        for (var at = text.IndexOfAny(Brackets); at >= 0 && depth + angles <= Limit;)
        {
            switch (text[at])
            {
                case '(' or '[' or '{':
                    depth++;
                    break;
                case '<':
                    angles++;
                    break;
                case '>':
                    angles = Math.Max(angles - 1, 0);
                    break;
                case ';':
                    angles = 0;
                    break;
                default:
                    depth = Math.Max(depth - 1, 0);
                    break;
            }

            text = text[(at + 1)..];
            at = text.IndexOfAny(Brackets);
        }

        return depth + angles > Limit;
    }
}

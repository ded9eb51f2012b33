using System.Text.RegularExpressions;

namespace Alembic.Databases.PostgreSql;

/// <summary>Expressions as the server shows them.</summary>
internal static partial class PostgreSqlExpression
{
    /// <summary>
    /// The expression in a form that, read again, is shown as it was. Of <c>name IN ('a', 'b')</c> the server shows
    /// <c>(ARRAY['a'::character varying, …])::text[]</c>, and would take that cast for one of each element; without it, it adds the same
    /// one again by itself.
    /// </summary>
    public static string Stable(string text) => CastOfTexts().Replace(text, "$1");

    [GeneratedRegex(@"(ARRAY\['(?:[^']|'')*'::character varying(?:, '(?:[^']|'')*'::character varying)*\]\)?)::text\[\]")]
    private static partial Regex CastOfTexts();
}

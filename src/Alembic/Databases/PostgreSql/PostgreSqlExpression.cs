using System.Text.RegularExpressions;

namespace Alembic.Databases.PostgreSql;

/// <summary>Expressions as the server shows them.</summary>
internal static partial class PostgreSqlExpression
{
    /// <summary>
    /// The expression in a form that the server, after reading it, shows unchanged. For <c>name IN ('a', 'b')</c> the server shows
    /// <c>(ARRAY['a'::character varying, …])::text[]</c>, and would read that cast as one of each element; without the cast, it adds the
    /// same one again by itself.
    /// </summary>
    public static string Stable(string text) => CastOfTexts().Replace(text, "$1");

    [GeneratedRegex(@"(ARRAY\['(?:[^']|'')*'::character varying(?:, '(?:[^']|'')*'::character varying)*\]\)?)::text\[\]")]
    private static partial Regex CastOfTexts();
}

using System.Text.RegularExpressions;

namespace Alembic.Databases.MySql;

/// <summary>
/// MariaDB shows a sequence with its database, even if that is the connection's own: written so, another database would count with this
/// one's.
/// </summary>
internal static partial class MySqlSequences
{
    /// <summary>A text without the database of the sequences that it counts with, if that is the one given.</summary>
    public static string Local(string text, string? database) => database is null ? text
        : Sequence().Replace(text,
            match => match.Groups["database"].Value.Replace("``", "`", StringComparison.Ordinal) == database
                ? match.Groups["call"].Value
                : match.Value);

    [GeneratedRegex(@"(?<call>\b(nextval|lastval|setval)\()`(?<database>(``|[^`])+)`\.(?=`)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Sequence();
}

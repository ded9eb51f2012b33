using System.Text.RegularExpressions;

namespace Alembic.Databases.MySql;

/// <summary>
/// MariaDB shows a sequence with its database, even if that is the connection's own: another database would then take its numbers from
/// this one.
/// </summary>
internal static partial class MySqlSequences
{
    /// <summary>A text without the database of the sequences that it uses, if that is the given one.</summary>
    public static string Local(string text, string? database) => database is null ? text
        : Sequence().Replace(text,
            match => match.Groups["database"].Value.Replace("``", "`", StringComparison.Ordinal) == database
                ? match.Groups["call"].Value
                : match.Value);

    [GeneratedRegex(@"(?<call>\b(nextval|lastval|setval)\()`(?<database>(``|[^`])+)`\.(?=`)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Sequence();
}

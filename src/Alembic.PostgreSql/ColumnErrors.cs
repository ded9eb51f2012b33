using System.Text.RegularExpressions;
using Npgsql;

namespace Alembic.PostgreSql;

/// <summary>
/// Tells how to fix an error when a column's type is changed: an argument of op.AlterColumn, because the server's own advice is SQL.
/// </summary>
internal static partial class ColumnErrors
{
    private const string Using = "postgresqlUsing: \"…\" in op.AlterColumn gives each row's new value, for example \"amount <> 0\"";

    // The server's texts come in many languages; the names of its functions do not.
    public static string? WayOut(PostgresException error, string statement) => (error.SqlState, error.Routine) switch
    {
        (PostgresErrorCodes.DatatypeMismatch, "ATPrepAlterColumnType") => Using,
        (PostgresErrorCodes.DatatypeMismatch, "ATExecAlterColumnType") =>
            "existingServerDefault: … in op.AlterColumn drops the default and sets it again",
        (PostgresErrorCodes.FeatureNotSupported, "ATExecAlterColumnType" or "RememberAllDependentForRebuilding") =>
            "recreateDependents: true in op.AlterColumn drops and recreates views, rules, triggers and policies; drop anything else first",
        (PostgresErrorCodes.CannotCoerce, _) when IsOfType(statement) => Using,
        (['2', '2', ..], _) when IsOfType(statement) => $"the new type cannot hold the values of all rows: change them first, or {Using}",
        _ => null,
    };

    private static bool IsOfType(string statement) => AlterType().IsMatch(statement);

    [GeneratedRegex(@"^\s*ALTER\s+TABLE\b.*\bALTER\b.*\bTYPE\b",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex AlterType();
}

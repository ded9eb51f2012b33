using System.Text.RegularExpressions;
using Npgsql;

namespace Alembic.PostgreSql;

/// <summary>Removes from a server's error whatever may be values of rows. Only text that is known to hold none stays.</summary>
internal static partial class RowValues
{
    // Classes of SQLSTATE whose details name objects, rights, sessions and locks. Classes 22 and 23 quote rows, and so may any class
    // that a function raises.
    private static readonly string[] ClassesWithout = ["0A", "0L", "0P", "25", "2B", "3D", "3F", "40", "42", "53", "54", "55", "57"];

    public static PostgresException Without(PostgresException error)
    {
        // RAISE accepts any SQLSTATE, and any text.
        var isRaised = error.Routine == "exec_stmt_raise";
        var keepsDetail = ClassesWithout.Contains(error.SqlState[..2]) && !isRaised;
        var hint = isRaised ? null : error.Hint;
        // Conversions quote the value in the message itself: invalid input syntax for type integer: "…"
        var message = error.SqlState.StartsWith("22", StringComparison.Ordinal)
            ? Quoted().Replace(error.MessageText, "\"***\"")
            : error.MessageText;
        var detail = keepsDetail ? error.Detail?.ReplaceLineEndings("; ") : null;
        // The context of the error shows the statement and, for COPY, the row.
        if (message == error.MessageText && detail == error.Detail && hint == error.Hint && error is { Where: null, InternalQuery: null })
            return error;
        return new(
            message, error.Severity, error.InvariantSeverity, error.SqlState, detail, hint, error.Position,
            schemaName: error.SchemaName, tableName: error.TableName,
            columnName: error.ColumnName, dataTypeName: error.DataTypeName, constraintName: error.ConstraintName, file: error.File,
            line: error.Line, routine: error.Routine);
    }

    // In any of the languages that the server speaks.
    [GeneratedRegex("[\"«»„“”].*[\"«»“”]", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();
}

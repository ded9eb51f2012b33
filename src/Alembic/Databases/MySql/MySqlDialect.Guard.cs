using Alembic.Operations;

namespace Alembic.Databases.MySql;

/// <content>A prepared statement that fails: a procedure would need the right to make one, and would be there for others to see.</content>
public sealed partial class MySqlDialect
{
    /// <inheritdoc/>
    internal override IEnumerable<string> ScriptGuard(GuardedStart start)
    {
        var rows =
            "SELECT GROUP_CONCAT(version_num ORDER BY CAST(version_num AS BINARY) SEPARATOR ', ') INTO @alembic_found FROM "
                + $"{Quote(start.Schema, start.Table)}";
        var schema = start.Schema is null ? "DATABASE()" : Literal(start.Schema);
        return
        [
            "SET @alembic_found = NULL",
            $"SET @alembic_guard = IF(EXISTS (SELECT 1 FROM information_schema.tables WHERE table_schema = {schema} AND table_name = "
                + $"{Literal(start.Table)}), {Literal(rows)}, 'DO 0')",
            .. Run,
            .. RefuseIf(this, $"CONCAT({Literal(start.Refusal)}, COALESCE(@alembic_found, 'base'))",
                $"FROM DUAL WHERE COALESCE(@alembic_found, '') <> {Literal(start.Rows)}"),
        ];
    }

    /// <summary>Statements that fail where there is a row.</summary>
    /// <param name="dialect">The dialect.</param>
    /// <param name="error">The error, an expression over the row.</param>
    /// <param name="from">FROM and what follows.</param>
    internal static IEnumerable<string> RefuseIf(MySqlDialect dialect, string error, string from)
    {
        // MySQL prepares no SIGNAL: to it all but the text is a comment, and the text an error of syntax, which it says. The same goes for
        // a MariaDB before 10.6.2.
        const string Signal = "/*M!100602 SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = */ ";
        return
        [
            $"SET @alembic_guard = COALESCE((SELECT CONCAT({dialect.Literal(Signal)}, QUOTE(LEFT({error}, 128))) {from}), 'DO 0')",
            .. Run,
            "DEALLOCATE PREPARE alembic_guard",
        ];
    }

    private static IEnumerable<string> Run => ["PREPARE alembic_guard FROM @alembic_guard", "EXECUTE alembic_guard"];

    /// <inheritdoc/>
    internal override string Delimited(string text)
    {
        var mark = "//";
        while (text.Contains(mark, StringComparison.Ordinal))
            mark += "/";
        return $"DELIMITER {mark}\n{text}\n{mark}\nDELIMITER ;";
    }
}

using System.Text.RegularExpressions;
using Alembic.Operations;

namespace Alembic.Databases.MySql;

/// <content>A prepared statement that fails: a procedure would need the right to create one, and others would see it.</content>
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

    /// <summary>Statements that fail if there is a row.</summary>
    /// <param name="dialect">The dialect.</param>
    /// <param name="error">The error, an expression over the row.</param>
    /// <param name="from">FROM and what follows.</param>
    internal static IEnumerable<string> RefuseIf(MySqlDialect dialect, string error, string from)
    {
        // MySQL cannot prepare SIGNAL: to MySQL, everything except the text is a comment, and the text is a syntax error, which it shows.
        // The same applies to MariaDB before 10.6.2.
        const string Signal = "/*M!100602 SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = */ ";
        return
        [
            $"SET @alembic_guard = COALESCE((SELECT CONCAT({dialect.Literal(Signal)}, QUOTE(LEFT({error}, 128))) {from}), 'DO 0')",
            .. Run,
            "DEALLOCATE PREPARE alembic_guard",
        ];
    }

    /// <inheritdoc/>
    internal override IEnumerable<string> ScriptRefusal(string message, string query) =>
        RefuseIf(this, $"CONCAT({Literal(message)}, version_num)", $"FROM ({query}) AS refused LIMIT 1").Select(text => text + ";");

    // Each statement is prepared from its text, or from one that does nothing.
    /// <inheritdoc/>
    internal override IEnumerable<string> Conditional(string condition, IReadOnlyList<string> statements, bool isInTransaction)
    {
        List<string> lines = [$"SET @alembic_run = {condition};", "SET @alembic_guard = 'DO 0';"];
        foreach (var statement in statements.SelectMany(text => SqlStatement.In(text, this)))
        {
            // A guard of ours does nothing if its text was not set.
            if (statement.Begins(Preparing) && statement.Tokens.Any(t => t.Is("alembic_guard")))
            {
                lines.Add(statement.Text + ";");
                continue;
            }
            if (statement.Begins(NeverPrepared) || (!isMariaDb && IsNotPreparedByMySql(statement)))
                throw UnscriptableException.Of(this, statement.Text);
            lines.AddRange(
            [
                $"SET @alembic_step = IF(@alembic_run, {Literal(statement.Text)}, 'DO 0');", "PREPARE alembic_step FROM @alembic_step;",
                "EXECUTE alembic_step;", "DEALLOCATE PREPARE alembic_step;",
            ]);
        }
        return [string.Join('\n', lines)];
    }

    private bool IsNotPreparedByMySql(SqlStatement statement) => statement.HasRoutine(this)
        || (statement.Tokens is [var alter, var kind, ..] && alter.Is("ALTER") && (kind.Is("DATABASE") || kind.Is("SCHEMA")));

    private static readonly IReadOnlySet<string> Preparing = StatementWords.Set("PREPARE EXECUTE DEALLOCATE");

    private static readonly IReadOnlySet<string> NeverPrepared = StatementWords.Set(
        "PREPARE EXECUTE DEALLOCATE LOCK UNLOCK LOAD USE HANDLER BEGIN START XA SIGNAL RESIGNAL GET");

    private static IEnumerable<string> Run => ["PREPARE alembic_guard FROM @alembic_guard", "EXECUTE alembic_guard"];

    /// <inheritdoc/>
    internal override string Delimited(string text)
    {
        var mark = "//";
        while (text.Contains(mark, StringComparison.Ordinal))
            mark += "/";
        return $"DELIMITER {mark}\n{text}\n{mark}\nDELIMITER ;";
    }

    /// <inheritdoc/>
    internal override IEnumerable<string> ScriptStatements(string script)
    {
        var at = 0;
        foreach (Match block in DelimitedBlock().Matches(script))
        {
            foreach (var text in base.ScriptStatements(script[at..block.Index]))
                yield return text;
            yield return block.Groups["text"].Value;
            at = block.Index + block.Length;
        }
        foreach (var text in base.ScriptStatements(script[at..]))
            yield return text;
    }

    [GeneratedRegex(@"^DELIMITER (?<mark>/+)\n(?<text>.*?)\n\k<mark>\nDELIMITER ;$",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex DelimitedBlock();
}

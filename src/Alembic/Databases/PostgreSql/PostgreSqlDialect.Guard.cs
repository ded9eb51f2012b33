using Alembic.Operations;

namespace Alembic.Databases.PostgreSql;

/// <content>A block that raises an exception.</content>
public sealed partial class PostgreSqlDialect
{
    /// <inheritdoc/>
    internal override string? StopOnError => @"\set ON_ERROR_STOP on";

    // A statement in a block is analyzed only when it is reached: the table may be missing.
    /// <inheritdoc/>
    internal override IEnumerable<string> ScriptGuard(GuardedStart start)
    {
        var table = Quote(start.Schema, start.Table);
        yield return $"""
            DO $alembic_guard$
            DECLARE
                found text;
            BEGIN
                IF to_regclass({Literal(table)}) IS NOT NULL THEN
                    SELECT string_agg(version_num, ', ' ORDER BY version_num COLLATE "C") INTO found FROM {table};
                END IF;
                IF coalesce(found, '') <> {Literal(start.Rows)} THEN
                    RAISE EXCEPTION USING MESSAGE = {Literal(start.Refusal)} || coalesce(found, 'base');
                END IF;
            END $alembic_guard$
            """;
    }

    /// <inheritdoc/>
    internal override IEnumerable<string> ScriptRefusal(string message, string query) =>
    [
        $"""
        DO $alembic$
        DECLARE
            found text := (SELECT version_num FROM ({query}) AS refused LIMIT 1);
        BEGIN
            IF found IS NOT NULL THEN
                RAISE EXCEPTION USING MESSAGE = {Literal(message)} || found;
            END IF;
        END $alembic$;
        """,
    ];

    // EXECUTE takes any statement, also SELECT. If a statement refuses to run in a block, psql executes it: the query returns its text.
    /// <inheritdoc/>
    internal override IEnumerable<string> Conditional(string condition, IReadOnlyList<string> statements, bool isInTransaction) =>
        isInTransaction
        ?
        [
            string.Join('\n',
            [
                "DO $alembic$", "BEGIN", $"    IF {condition} THEN", .. statements.Select(text => $"        EXECUTE {InDollars(text)};"),
                "    END IF;", "END $alembic$;",
            ]),
        ]
        : statements.SelectMany(text => SqlStatement.In(text, this))
            .Select(statement => $"SELECT {InDollars(statement.Text)} WHERE {condition} \\gexec");

    private static string InDollars(string text)
    {
        var mark = "sql";
        while (text.Contains($"${mark}$", StringComparison.Ordinal) || mark == "alembic")
            mark += "_";
        return $"${mark}${text}${mark}$";
    }
}

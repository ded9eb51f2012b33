using Alembic.Operations;

namespace Alembic.Databases.PostgreSql;

/// <content>A block that raises an exception.</content>
public sealed partial class PostgreSqlDialect
{
    /// <inheritdoc/>
    internal override string? StopOnError => @"\set ON_ERROR_STOP on";

    // A statement in a block is looked at when it is reached: the table need not be there.
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
}

using Alembic.Operations;

namespace Alembic.Databases.Sqlite;

/// <content>
/// A row that a temporary table refuses; the constraint's name says why. (RAISE is for triggers, and a trigger needs an existing table.)
/// </content>
public sealed partial class SqliteDialect
{
    /// <inheritdoc/>
    internal override string? StopOnError => ".bail on";

    /// <inheritdoc/>
    internal override (IReadOnlyList<string> Before, IReadOnlyList<string> After) ScriptKeyCheck =>
    (
        [
            "CREATE TEMP TABLE alembic_keys (broken INTEGER CONSTRAINT \"rows point to rows that do not exist\" CHECK (broken <= 0));",
            "INSERT INTO temp.alembic_keys SELECT -count(*) FROM pragma_foreign_key_check;",
        ],
        [
            "INSERT INTO temp.alembic_keys SELECT count(*) + (SELECT min(broken) FROM temp.alembic_keys) FROM pragma_foreign_key_check;",
            "DROP TABLE temp.alembic_keys;",
        ]);

    /// <inheritdoc/>
    internal override IEnumerable<string> ScriptGuard(GuardedStart start)
    {
        var count = start.Revisions.Count;
        var master = (start.Schema is null ? "" : Quote(start.Schema) + ".") + "sqlite_master";
        var table = Quote(start.Schema, start.Table);
        var others = count == 0
            ? ""
            : $" AND count(CASE WHEN version_num IN ({string.Join(", ", start.Revisions.Select(Literal))}) THEN 1 END) = {count}";
        return
        [
            $"CREATE TEMP TABLE alembic_guard (here INTEGER CONSTRAINT {QuoteAlways(start.Refusal + "another revision")} CHECK (here))",
            // A missing table cannot be queried. At the base, this creates the table, which the script needs anyway.
            count == 0
                ? start.CreateText
                : $"INSERT INTO temp.alembic_guard SELECT count(*) FROM {master} WHERE type = 'table' AND name = {Literal(start.Table)} "
                    + "COLLATE NOCASE",
            $"INSERT INTO temp.alembic_guard SELECT count(*) = {count}{others} FROM {table}",
            "DROP TABLE temp.alembic_guard",
        ];
    }
}

using Alembic.Operations;

namespace Alembic.Databases.Sqlite;

/// <summary>Checks rows before and after they are copied.</summary>
internal sealed class SqliteRows(Dialect dialect, IMigrationSession session)
{
    public static string Text(long count) => count == 1 ? "1 row" : $"{count} rows";

    public long Count(string from) => (long)session.Query(new Statement($"SELECT count(*) AS n FROM {from}"))[0]["n"]!;

    // The database would report it too, but name a table that nobody knows.
    public void RefuseNulls(string from, string table, IEnumerable<string> columns)
    {
        foreach (var column in columns)
        {
            if (Count($"{from} WHERE {dialect.Quote(column)} IS NULL") is > 0 and var rows)
            {
                throw new AlembicException($"Column '{table}.{column}' cannot become NOT NULL: it is NULL in {Text(rows)}")
                {
                    Hint = $"fill it first: op.Execute(\"UPDATE {table} SET {column} = … WHERE {column} IS NULL\")",
                };
            }
        }
    }

    /// <summary>
    /// Compares a column before and after: a value that the new type has changed must give the old one when it is converted back.
    /// </summary>
    public void RefuseLoss(string before, string after, IReadOnlyList<string> key, DdlColumn old, DdlColumn altered, string table)
    {
        var column = dialect.Quote(old.Name);
        var back =
            $"CASE typeof(o.{column}) WHEN 'text' THEN CAST(n.{column} AS TEXT) WHEN 'integer' THEN CAST(n.{column} AS INTEGER) WHEN "
                + $"'real' THEN CAST(n.{column} AS REAL) ELSE n.{column} END";
        var same = string.Join(" AND ", key.Select(dialect.Quote).Select(k => $"o.{k} IS n.{k}"));
        var first = key is [var number] ? $"min(o.{dialect.Quote(number)})" : "NULL";
        var lost =
            session.Query(
                new Statement(
                    $"SELECT count(*) AS n, {first} AS first FROM {before} AS o LEFT JOIN {after} AS n ON {same} WHERE {back} IS NOT "
                        + $"o.{column} COLLATE BINARY"))[0];
        if (lost["n"] is > 0L and var rows)
        {
            throw new AlembicException(
                $"Column '{table}.{old.Name}' cannot change from {old.Type ?? "no type"} to {altered.Type ?? "no type"} without loss: "
                    + $"the values of {Text((long)rows)} of {Count(before)} could not be restored"
                + (lost["first"] is { } example ? $", the first is {key[0]} {example}" : ""))
            {
                Hint = $"change such values first, or say that this is intended: sqliteUsing: \"CAST({column} AS {altered.Type})\"",
            };
        }
    }
}

using Alembic.Operations;

namespace Alembic.Databases.Sqlite;

/// <summary>
/// What SQLite keeps about a table outside of it, and deletes when the table is dropped: the last number given, and the query planner's
/// statistics.
/// </summary>
internal sealed class SqliteNotes
{
    private readonly Dialect _dialect;
    private readonly string? _schema;
    private readonly string _table;
    private readonly bool _isNumbered;
    private readonly IReadOnlyList<IReadOnlyDictionary<string, object?>> _statistics;

    public SqliteNotes(CreateTableStatement table, string? schema, Dialect dialect, IMigrationSession session)
    {
        (_dialect, _schema, _table) = (dialect, schema, table.Name);
        _isNumbered = table.PrimaryKey?.Autoincrement == true;
        _statistics = dialect.HasTable(session, schema, "sqlite_stat1")
            ? session.Query(
                new Statement($"SELECT * FROM {dialect.Quote(schema, "sqlite_stat1")} WHERE tbl = {dialect.Literal(table.Name)}"))
            : [];
    }

    /// <summary>
    /// Gives the table's last number to the copy, which keeps it when it is renamed; it would be lost when the table is dropped.
    /// </summary>
    public IEnumerable<Statement> Keep(CreateTableStatement copy, string temporary)
    {
        if (!_isNumbered || copy.PrimaryKey?.Autoincrement != true)
            yield break;
        var (numbers, name) = (_dialect.Quote(_schema, "sqlite_sequence"), _dialect.Literal(temporary));
        yield return new Statement($"DELETE FROM {numbers} WHERE name = {name}");
        yield return new Statement($"UPDATE {numbers} SET name = {name} WHERE name = {_dialect.Literal(_table)}");
    }

    public IEnumerable<Statement> Restore()
    {
        foreach (var row in _statistics)
        {
            var (index, schema) = (_dialect.Literal(row["idx"]), _dialect.Quote(_schema, "sqlite_schema"));
            yield return new Statement(
                $"INSERT INTO {_dialect.Quote(_schema, "sqlite_stat1")} (tbl, idx, stat) SELECT {_dialect.Literal(_table)}, {index}, "
                    + $"{_dialect.Literal(row["stat"])} "
                + $"WHERE {index} IS NULL OR {index} IN (SELECT name FROM {schema} WHERE type = 'index')");
        }
    }
}

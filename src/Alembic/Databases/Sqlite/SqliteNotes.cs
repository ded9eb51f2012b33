using System.Globalization;
using Alembic.Operations;

namespace Alembic.Databases.Sqlite;

/// <summary>What SQLite keeps about a table beside it, and forgets when the table is dropped: the last number given, and the query planner's statistics.</summary>
internal sealed class SqliteNotes
{
    private readonly Dialect _dialect;
    private readonly string? _schema;
    private readonly string _table;
    private readonly long? _sequence;
    private readonly IReadOnlyList<IReadOnlyDictionary<string, object?>> _statistics;

    public SqliteNotes(CreateTableStatement table, string? schema, Dialect dialect, IMigrationSession session)
    {
        (_dialect, _schema, _table) = (dialect, schema, table.Name);
        if (table.PrimaryKey?.Autoincrement == true)
            _sequence = Rows("sqlite_sequence", "name").Select(row => (long?)Convert.ToInt64(row["seq"], CultureInfo.InvariantCulture)).FirstOrDefault();
        _statistics = dialect.HasTable(session, schema, "sqlite_stat1") ? Rows("sqlite_stat1", "tbl") : [];

        IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows(string notes, string key) =>
            session.Query(new Statement($"SELECT * FROM {dialect.Quote(schema, notes)} WHERE {key} = {dialect.Literal(table.Name)}"));
    }

    public IEnumerable<Statement> Restore(CreateTableStatement table)
    {
        if (_sequence is { } last && table.PrimaryKey?.Autoincrement == true)
        {
            var numbers = _dialect.Quote(_schema, "sqlite_sequence");
            yield return new Statement($"DELETE FROM {numbers} WHERE name = {_dialect.Literal(_table)}");
            yield return new Statement($"INSERT INTO {numbers} (name, seq) VALUES ({_dialect.Literal(_table)}, {last})");
        }
        foreach (var row in _statistics)
        {
            var (index, schema) = (_dialect.Literal(row["idx"]), _dialect.Quote(_schema, "sqlite_schema"));
            yield return new Statement(
                $"INSERT INTO {_dialect.Quote(_schema, "sqlite_stat1")} (tbl, idx, stat) SELECT {_dialect.Literal(_table)}, {index}, {_dialect.Literal(row["stat"])} "
                + $"WHERE {index} IS NULL OR {index} IN (SELECT name FROM {schema} WHERE type = 'index')");
        }
    }
}

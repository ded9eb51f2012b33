using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Alembic.Sqlite;

/// <summary>
/// Lets SQLite take "text" for a string where no such column exists, until it is disposed. Most libraries do, so stored texts have it; the
/// one that is bundled here does not, and could then alter no table of a database with such a text.
/// </summary>
internal sealed class StoredStrings : IDisposable
{
    private static readonly int[] Settings = [SQLITE_DBCONFIG_DQS_DML, SQLITE_DBCONFIG_DQS_DDL];

    private readonly SqliteConnection _connection;
    private readonly List<int> _changed;

    public StoredStrings(SqliteConnection connection)
    {
        (_connection, _changed) = (connection, [.. Settings.Where(setting => Set(connection, setting, -1) == 0)]);
        _changed.ForEach(setting => Set(connection, setting, 1));
    }

    public void Dispose() => _changed.ForEach(setting => Set(_connection, setting, 0));

    // -1 only asks.
    private static int Set(SqliteConnection connection, int setting, int value)
    {
        sqlite3_db_config(connection.Handle, setting, value, out var result);
        return result;
    }
}

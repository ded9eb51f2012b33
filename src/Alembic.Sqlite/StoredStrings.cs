using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace Alembic.Sqlite;

/// <summary>
/// Makes SQLite read "text" as a string if no such column exists, until it is disposed. Most builds of SQLite do that, so stored texts
/// rely on it. The bundled one does not, and could not alter any table of a database with such a text.
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

    // -1 only reads the setting.
    private static int Set(SqliteConnection connection, int setting, int value)
    {
        sqlite3_db_config(connection.Handle, setting, value, out var result);
        return result;
    }
}

using System.Data.Common;
using Alembic.Operations;

namespace Alembic.Databases.Sqlite;

/// <summary>Tells whether the file, or the folder that its journal has to be made in, takes no changes: SQLite itself knows best.</summary>
internal static class SqliteReadOnly
{
    /// <exception cref="DbException">Somebody else writes for now.</exception>
    public static string? Why(IMigrationSession session)
    {
        using var command = session.Connection.CreateCommand();
        command.CommandTimeout = 1;
        Run("BEGIN IMMEDIATE");
        try
        {
            // A change that changes nothing: it makes the journal.
            command.CommandText = "PRAGMA user_version";
            Run($"PRAGMA user_version = {command.ExecuteScalar()}");
            return null;
        }
        finally
        {
            Run("ROLLBACK");
        }

        void Run(string text)
        {
            command.CommandText = text;
            command.ExecuteNonQuery();
        }
    }
}

using System.Data.Common;
using Alembic.Operations;

namespace Alembic.Databases.Sqlite;

/// <summary>Tells whether the file is read-only, or the folder in which its journal has to be created: SQLite itself knows best.</summary>
internal static class SqliteReadOnly
{
    /// <exception cref="DbException">Another connection is writing.</exception>
    public static string? Why(IMigrationSession session)
    {
        using var command = session.Connection.CreateCommand();
        command.CommandTimeout = 1;
        Run("BEGIN IMMEDIATE");
        try
        {
            // A change that changes nothing: it creates the journal.
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

using System.Data.Common;
using Alembic.Operations;

namespace Alembic.Dialects.Sqlite;

/// <summary>SQLite's own lock: a transaction that writes excludes every other. It does not tell whose it is.</summary>
internal sealed class SqliteLock(IMigrationSession session) : MigrationLock
{
    public override LockHolder? Holder()
    {
        if (session.Transaction is not null)
            return null;
        using var command = session.Connection.CreateCommand();
        command.CommandTimeout = 1;
        try
        {
            command.CommandText = "BEGIN IMMEDIATE";
            command.ExecuteNonQuery();
            command.CommandText = "ROLLBACK";
            command.ExecuteNonQuery();
            return null;
        }
        catch (DbException)
        {
            return new("", "another process");
        }
    }
}

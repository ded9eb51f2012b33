using System.Data.Common;
using Alembic.Operations;

namespace Alembic.Databases.Sqlite;

/// <summary>
/// SQLite's own lock: a transaction that writes excludes every other. It does not tell whose it is. While a migration is outside of its transaction, a file
/// beside the database is locked instead, which the system ends with the process. That file is only taken and looked at by whoever is in such a
/// transaction, so no two do either at once.
/// </summary>
#pragma warning disable CA1001 // Every lock ends by Abandon.
internal sealed class SqliteLock(IMigrationSession session) : MigrationLock
#pragma warning restore CA1001
{
    private FileStream? _file;

    // Links may lead to one database by several names. A database in memory is nobody else's.
    private string LockPath => session.Connection.DataSource is var database && File.Exists(database)
        ? (File.ResolveLinkTarget(database, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(database)) + "-alembic-lock"
        : "";

    public override bool TryHold() => _file is not null || !IsLocked();

    public override bool Keep()
    {
        if (_file is not null || LockPath.Length == 0)
            return _file is null;
        try
        {
            _file = new FileStream(LockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AlembicException($"Outside of a transaction the migration lock is the file {LockPath}, and it cannot be had: {exception.Message}", exception)
            {
                Hint = "make its folder writable, or do the work inside of the transaction",
            };
        }
    }

    public override void EndKeeping()
    {
        if (_file is not null)
            File.Delete(LockPath);
        Abandon();
    }

    public override void Abandon()
    {
        _file?.Dispose();
        _file = null;
    }

    public override LockHolder? Holder()
    {
        if (session.Transaction is not null || _file is not null)
            return null;
        if (IsLocked())
            return Another;
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
            return Another;
        }
    }

    private static LockHolder Another => new("", "another process");

    private bool IsLocked()
    {
        if (LockPath.Length == 0 || !File.Exists(LockPath))
            return false;
        try
        {
            using var file = new FileStream(LockPath, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}

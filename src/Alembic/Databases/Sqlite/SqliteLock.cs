using System.Data.Common;
using Alembic.Operations;

namespace Alembic.Databases.Sqlite;

/// <summary>
/// SQLite's own lock: a transaction that writes excludes every other, but does not say whose it is. While a migration is outside of its
/// transaction, it locks a file beside the database instead; the system releases that lock when the process ends. Only a run that is in
/// such a transaction locks or checks the file, so no two do so at once.
/// </summary>
#pragma warning disable CA1001 // Every lock ends by Abandon.
internal sealed class SqliteLock(IMigrationSession session, TimeProvider clock, Action<string>? delete = null) : MigrationLock
#pragma warning restore CA1001
{
    private const int Tries = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private FileStream? _file;

    private string LockPath => PathFor(session.Connection.DataSource);

    /// <summary>Tells whether a migration that has left its transaction holds the lock of a database file.</summary>
    public static bool IsHeld(string database) => IsLocked(PathFor(database));

    public override bool TryHold() => _file is not null || !IsLocked(LockPath);

    public override bool Keep()
    {
        if (_file is not null || LockPath.Length == 0)
            return _file is null;
        for (var tries = Tries; ; tries--)
        {
            try
            {
                _file = new FileStream(LockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                return true;
            }
            // A run that checks whether it is locked holds it for a moment.
            catch (IOException) when (tries > 1)
            {
                clock.Pause(Pause, CancellationToken.None);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw Unavailable(exception);
            }
        }
    }

    public override void EndKeeping()
    {
        if (_file is null)
            return;
        // Windows does not delete an open file. No other run locks it in between: that needs the transaction, which is ours.
        Abandon();
        try
        {
            (delete ?? File.Delete)(LockPath);
        }
        // Another run may be checking it. A file that nobody has locked means nothing.
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
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
        if (IsLocked(LockPath))
            return Another;
        using var command = session.Connection.CreateCommand();
        // The application's own transaction is open.
        if (command.Transaction is not null)
            return null;
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

    private AlembicException Unavailable(Exception cause) =>
        new($"Outside of a transaction the migration lock is the file {LockPath}, which cannot be locked: {cause.Message}", cause)
        {
            Hint = "make its folder writable, or do the work inside of the transaction",
        };

    private static LockHolder Another => new("", "another process");

    // Links may give one database several names. No other process can open a database in memory.
    private static string PathFor(string database) => File.Exists(database)
        ? (File.ResolveLinkTarget(database, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(database)) + "-alembic-lock"
        : "";

    private static bool IsLocked(string path)
    {
        if (path.Length == 0 || !File.Exists(path))
            return false;
        try
        {
            // It may belong to another user who lets us read it.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        // On Windows, a file that is being deleted is refused like one that may not be read.
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Alembic.Operations;

/// <summary>
/// Excludes other runs while one migrates a database. This base class serves databases in which only one transaction at a time can write:
/// beginning that transaction takes the lock, and the end of the process releases it.
/// </summary>
internal class MigrationLock
{
    /// <summary>Gets the name of the lock's table, for locks that need one.</summary>
    internal static string TableBeside(string versionTable) =>
        versionTable == "alembic_version" ? "alembic_lock" : NameBeside.Of(versionTable, "_alembic_lock");

    /// <summary>Tells whether the lock outlives a transaction, so that a migration may run statements outside of its own.</summary>
    public virtual bool OutlivesTransaction => true;

    /// <summary>Tells whether only the end of the connection, or its own SQL, releases the lock.</summary>
    public virtual bool LastsAsConnection => false;

    /// <summary>Tries to take the lock for the lifetime of the connection; waits one second at most.</summary>
    /// <returns>False if another run holds it.</returns>
    public virtual bool TryTake() => true;

    /// <summary>Confirms the lock in a transaction that has just begun. A lock that lasts only for a transaction is taken here.</summary>
    /// <returns>False if another run holds it.</returns>
    /// <exception cref="AlembicException">It was taken and is lost.</exception>
    public virtual bool TryHold() => true;

    /// <summary>
    /// Keeps the lock outside of a transaction. Called before the transaction commits: a lock that would end with it is held by other
    /// means until <see cref="EndKeeping"/>.
    /// </summary>
    /// <returns>Whether it was not yet kept.</returns>
    public virtual bool Keep() => true;

    /// <summary>Ends <see cref="Keep"/>: a transaction is open again.</summary>
    public virtual void EndKeeping()
    {
    }

    /// <summary>Releases the lock.</summary>
    public virtual void Release()
    {
    }

    /// <summary>Ends, without errors, what does not end with the connection. Called after a run, also after a failed one.</summary>
    public virtual void Abandon()
    {
    }

    /// <summary>Tells whether the holder can be read without trying to take the lock. If not, commands that only read do not ask.</summary>
    public virtual bool ShowsHolder => false;

    /// <summary>Tells who holds the lock; null if nobody does, or if the database does not know.</summary>
    public virtual LockHolder? Holder() => null;

    /// <summary>Ends the connection that holds the lock; what it has not committed is rolled back.</summary>
    /// <param name="holder">The holder, as <see cref="Holder"/> gave it.</param>
    /// <exception cref="AlembicException">The database has no such connection, or does not let it be ended.</exception>
    public virtual void Break(LockHolder holder) =>
        throw new AlembicException($"This database cannot release the lock of {holder.Text}") { Hint = "wait for it, or end it" };

    internal static AlembicException Lost() =>
        new("The migration lock was lost: another run may hold it now")
        {
            Hint = "run the command again; it continues from what is applied"
        };

    // Must never change: all versions of the tool must compute the same key.
    internal static byte[] Key(string scope, string table) => SHA256.HashData(Encoding.UTF8.GetBytes($"{scope}\0{table}"));

    internal static long Number(string scope, string table) => BinaryPrimitives.ReadInt64BigEndian(Key(scope, table));
}

/// <summary>A connection that holds the migration lock.</summary>
/// <param name="Id">The database's id for it.</param>
/// <param name="Text">Its description: a number, a program, a host, since when.</param>
public sealed record LockHolder(string Id, string Text);

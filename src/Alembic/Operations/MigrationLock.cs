using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Alembic.Operations;

/// <summary>
/// Keeps other runs away from a database while one migrates it. As it is, it serves a database in which only one transaction at a time can
/// write: beginning that transaction is the lock, and it ends with the process.
/// </summary>
internal class MigrationLock
{
    /// <summary>The table that a lock is kept in, where one needs a table.</summary>
    internal static string TableBeside(string versionTable) =>
        versionTable == "alembic_version" ? "alembic_lock" : versionTable + "_alembic_lock";

    /// <summary>Tells whether the lock outlives a transaction, so that a migration may leave its own.</summary>
    public virtual bool OutlivesTransaction => true;

    /// <summary>Tells whether nothing but the end of the connection, or its own SQL, gives the lock back.</summary>
    public virtual bool LastsAsConnection => false;

    /// <summary>Tries to take what is held for as long as the connection lives; it waits a second at most.</summary>
    /// <returns>False where another run has it.</returns>
    public virtual bool TryTake() => true;

    /// <summary>Makes sure of the lock in a transaction that has just begun; one that lasts only as long as that is taken here.</summary>
    /// <returns>False where another run has it.</returns>
    /// <exception cref="AlembicException">It was taken and is lost.</exception>
    public virtual bool TryHold() => true;

    /// <summary>
    /// The transaction is about to be left for a while: where the lock would end with it, it is kept by other means until
    /// <see cref="EndKeeping"/>.
    /// </summary>
    /// <returns>Whether it was not kept already.</returns>
    public virtual bool Keep() => true;

    /// <summary>A transaction is open again.</summary>
    public virtual void EndKeeping()
    {
    }

    /// <summary>Gives the lock back.</summary>
    public virtual void Release()
    {
    }

    /// <summary>The run is over, however it ended. What does not end with the connection ends here, silently.</summary>
    public virtual void Abandon()
    {
    }

    /// <summary>Tells whether its holder is seen by looking. Where only trying to take it tells, whoever just looks does not ask.</summary>
    public virtual bool ShowsHolder => false;

    /// <summary>Who has the lock; null where nobody does, or where the database does not know.</summary>
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

    // The same for every version of the tool: what this hashes is never to change.
    internal static byte[] Key(string scope, string table) => SHA256.HashData(Encoding.UTF8.GetBytes($"{scope}\0{table}"));

    internal static long Number(string scope, string table) => BinaryPrimitives.ReadInt64BigEndian(Key(scope, table));
}

/// <summary>A connection that holds the migration lock.</summary>
/// <param name="Id">The database's number for it.</param>
/// <param name="Text">Who it is: a number, a program, a host, since when.</param>
public sealed record LockHolder(string Id, string Text);

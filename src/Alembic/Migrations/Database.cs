using System.Data.Common;
using Alembic.Operations;

namespace Alembic.Migrations;

/// <summary>A database that can be connected to.</summary>
/// <param name="Dialect">How it wants to be spoken to.</param>
/// <param name="Open">Opens a connection, creating the database where that is usual (SQLite).</param>
/// <param name="DisplayUrl">Its URL for the eyes, the password hidden.</param>
public sealed record Database(Dialect Dialect, Func<DbConnection> Open, string DisplayUrl)
{
    /// <summary>Whether it is there; one that is not (a missing SQLite file) is read as an empty one.</summary>
    public Func<bool> Exists { get; init; } = () => true;

    /// <summary>Begins a transaction that writes. Where that waits for others, it waits a second at most.</summary>
    public Func<DbConnection, DbTransaction> Begin { get; init; } = connection => connection.BeginTransaction();

    /// <summary>Commits a transaction. Where that waits for others, and others wait behind it, it waits two seconds at most.</summary>
    public Action<DbTransaction> Commit { get; init; } = transaction => transaction.Commit();

    /// <summary>The path of the file that it is; null where it is none.</summary>
    public string? File { get; init; }

    /// <summary>
    /// Copies what is committed into a new file of the given path and checks the copy; false, and no file, where there is not a row to lose besides those of
    /// the tables that the function knows. Null where copies are made elsewhere.
    /// </summary>
    public Func<string, Func<string, bool>, bool>? BackUp { get; init; }

    /// <summary>
    /// Makes the database what a copy of it is, whole or not at all. What it was goes into a new file of the second path; false where there was nothing to
    /// save, as in <see cref="BackUp"/>.
    /// </summary>
    public Func<string, string, Func<string, bool>, bool>? Restore { get; init; }

    /// <summary>Whether an error says that somebody else has a lock for now, so that trying again makes sense.</summary>
    public Func<DbException, bool> IsBusy { get; init; } = _ => false;

    /// <summary>Breaks off the statement that a command runs; called by another thread.</summary>
    public Action<DbCommand> Cancel { get; init; } = command => command.Cancel();

    /// <summary>The server's process that answers on a connection, as the driver was told; null where it is not told.</summary>
    public Func<DbConnection, int?> Process { get; init; } = _ => null;

    /// <summary>Does to a parameter that has its value what only the driver knows.</summary>
    public Action<DbParameter> Adapt { get; init; } = _ => { };

    /// <summary>Tells the driver that there may be types that were not there when it connected.</summary>
    public Action<DbConnection> LearnTypes { get; init; } = _ => { };
}

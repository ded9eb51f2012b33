using System.Data.Common;

namespace Alembic.Operations;

/// <summary>The actions of a migration apart from operations: queries, and work outside of the transaction.</summary>
public interface IMigrationSession
{
    /// <summary>Tells whether a script is written and there is no database.</summary>
    bool IsOffline { get; }

    /// <summary>The connection that the migration runs on.</summary>
    /// <exception cref="OfflineException">A script is being written.</exception>
    DbConnection Connection { get; }

    /// <summary>The transaction that is open on it, or null in an autocommit block.</summary>
    /// <exception cref="OfflineException">A script is being written.</exception>
    DbTransaction? Transaction { get; }

    /// <summary>Runs a query and gets its rows, each as a dictionary by column name.</summary>
    /// <param name="statement">The query.</param>
    /// <exception cref="OfflineException">A script is being written.</exception>
    IReadOnlyList<IReadOnlyDictionary<string, object?>> Query(Statement statement);

    /// <summary>Runs one of an operation's own statements at once.</summary>
    /// <param name="statement">The statement.</param>
    void Execute(Statement statement) => Query(statement);

    /// <summary>
    /// A database that has followed the script so far, and so knows its tables. Null for a run, and if there is none.
    /// </summary>
    IMigrationSession? Replica => null;

    /// <summary>Commits what came before, runs a block without a transaction, and begins a new one.</summary>
    /// <param name="block">What to run.</param>
    void Autocommit(Action block);

    /// <summary>
    /// Changes a table's rows batch by batch, each in its own transaction. The default implementation is for scripts, and throws.
    /// </summary>
    /// <param name="backfill">The backfill.</param>
    /// <returns>The number of changed rows.</returns>
    /// <exception cref="OfflineException">A script is being written.</exception>
    long Backfill(Backfill backfill) => throw new OfflineException("op.Backfill");

    /// <summary>
    /// Registers a check that runs before the open transaction commits. Ignores a second guard of the same name in one transaction.
    /// </summary>
    /// <param name="name">The name of the guard.</param>
    /// <param name="guard">Records the current state, and returns the check, which throws if the state has become worse.</param>
    void BeforeCommit(string name, Func<Action> guard);

    /// <summary>
    /// Prepares for the user's own SQL: session settings that it changes are restored after the migration.
    /// </summary>
    void BeforeUserSql()
    {
    }

    /// <summary>Called for each operation of a batch when it is added; it runs when the batch ends.</summary>
    /// <param name="operation">The operation.</param>
    internal void Collected(Operation operation)
    {
    }

    /// <summary>Prepares for a change that may lose rows: a database that is a file is backed up, once in a run.</summary>
    void BeforeLoss()
    {
    }

    /// <summary>Prepares for the rebuild of a table, which copies its rows and may lose some.</summary>
    /// <param name="schema">The table's schema, or null for the connection's own.</param>
    /// <param name="table">The table.</param>
    void BeforeRebuild(string? schema, string table) => BeforeLoss();
}

/// <summary>A script is being written, and a member needs a database.</summary>
public sealed class OfflineException : AlembicException
{
    /// <summary>Creates an error that names what cannot be scripted, and the ways out.</summary>
    /// <param name="what">The member, as the subject of the sentence: "op.Query".</param>
    public OfflineException(string what)
        : base($"{what} needs a database and cannot be used with --sql")
    {
        What = what;
        Hint =
            "run the migration on the database, write the change as SQL with op.Execute, or leave it out of scripts with if "
                + "(!op.IsOffline)";
    }

    /// <summary>The member that needs the database.</summary>
    public string What { get; }
}

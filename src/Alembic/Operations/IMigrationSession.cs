using System.Data.Common;

namespace Alembic.Operations;

/// <summary>The actions open to a migration besides giving operations: ask the database, leave the transaction.</summary>
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

    /// <summary>Runs a query and gets its rows, each by its columns' names.</summary>
    /// <param name="statement">The query.</param>
    /// <exception cref="OfflineException">A script is being written.</exception>
    IReadOnlyList<IReadOnlyDictionary<string, object?>> Query(Statement statement);

    /// <summary>Runs a statement that is one of an operation's own, at once.</summary>
    /// <param name="statement">The statement.</param>
    void Execute(Statement statement) => Query(statement);

    /// <summary>
    /// A database that has gone through the script so far, and so knows its tables. Null for a run, and if there is none.
    /// </summary>
    IMigrationSession? Replica => null;

    /// <summary>Commits what came before, runs a block without a transaction, and begins a new one.</summary>
    /// <param name="block">What to run.</param>
    void Autocommit(Action block);

    /// <summary>
    /// Changes a table's rows batch by batch, each in a transaction of its own; as it is, there is no database to do it in.
    /// </summary>
    /// <param name="backfill">What is done to which rows.</param>
    /// <returns>The number of rows that were changed.</returns>
    /// <exception cref="OfflineException">A script is being written.</exception>
    long Backfill(Backfill backfill) => throw new OfflineException("op.Backfill");

    /// <summary>
    /// Has a check made before the open transaction commits; a second guard of the same name in one transaction is the first one.
    /// </summary>
    /// <param name="name">What the guard is known by.</param>
    /// <param name="guard">Looks at how things are now, and gives the check that throws when they have become worse.</param>
    void BeforeCommit(string name, Func<Action> guard);

    /// <summary>
    /// Prepares for SQL of the user that runs past the operations: what it changes in the session is put back behind the migration.
    /// </summary>
    void BeforeUserSql()
    {
    }

    /// <summary>Notes each operation of a batch as it is given; it is done when the batch ends.</summary>
    /// <param name="operation">The operation.</param>
    internal void Collected(Operation operation)
    {
    }

    /// <summary>Prepares for what may cost rows: a database that is a file is copied then, once in a run.</summary>
    void BeforeLoss()
    {
    }

    /// <summary>Prepares for a table that is created anew with its rows copied, which may cost some.</summary>
    /// <param name="schema">The table's schema, or null for the connection's own.</param>
    /// <param name="table">The table.</param>
    void BeforeRebuild(string? schema, string table) => BeforeLoss();
}

/// <summary>Something needs a database where a script is being written.</summary>
public sealed class OfflineException : AlembicException
{
    /// <summary>Creates an error that names what cannot be scripted, and the ways out.</summary>
    /// <param name="what">What it is, as the subject of the sentence: "op.Query".</param>
    public OfflineException(string what)
        : base($"{what} needs a database and cannot be used with --sql")
    {
        What = what;
        Hint =
            "run the migration on the database, write the change as SQL with op.Execute, or leave it out of scripts with if "
                + "(!op.IsOffline)";
    }

    /// <summary>The thing that needs the database.</summary>
    public string What { get; }
}

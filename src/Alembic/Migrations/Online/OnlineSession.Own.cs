using System.Data;
using System.Data.Common;
using Alembic.Operations;

namespace Alembic.Migrations;

/// <content>What the tool does for itself, not for a migration.</content>
internal sealed partial class OnlineSession
{
    /// <summary>Why nothing can be written; null where it can, or where that only turns out later.</summary>
    public string? WhyReadOnly()
    {
        try
        {
            return Dialect.WhyReadOnly(this);
        }
        catch (DbException exception) when (Connection.State == ConnectionState.Open)
        {
            return database.IsBusy(exception) ? null : exception.Message;
        }
    }

    /// <summary>Makes a table of our own; where DDL ends the transaction, with a new one after it.</summary>
    public void Define(Statement statement)
    {
        try
        {
            Execute(statement);
        }
        finally
        {
            if (Transaction is not null && !Dialect.HasTransactionalDdl)
            {
                Commit();
                Begin();
            }
        }
    }

    /// <summary>Does what the database may refuse without harm to the rest of the transaction.</summary>
    /// <returns>The refusal, or null.</returns>
    public DbException? Attempt(Action action)
    {
        const string Savepoint = "alembic_attempt";
        var transaction = Dialect.HasTransactionalDdl ? Transaction : null;
        transaction?.Save(Savepoint);
        try
        {
            action();
            transaction?.Release(Savepoint);
            return null;
        }
        catch (DbException exception) when (Connection.State == ConnectionState.Open && !database.IsBusy(exception))
        {
            transaction?.Rollback(Savepoint);
            return exception;
        }
    }
}

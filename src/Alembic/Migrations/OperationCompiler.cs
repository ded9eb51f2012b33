using System.Data.Common;
using Alembic.Operations;

namespace Alembic.Migrations;

/// <summary>Compiles operations into statements as they arrive.</summary>
internal sealed class OperationCompiler(Dialect dialect, IMigrationSession session, IStatementSink statements) : IOperationSink
{
    private const string Savepoint = "alembic_operation";

    public void Accept(Operation operation)
    {
        if (session.IsOffline || !dialect.HasSavepointPerOperation || operation is Execute or BulkInsert
            || session.Transaction is not { } transaction)
        {
            Run(operation);
            return;
        }
        transaction.Save(Savepoint);
        try
        {
            Run(operation);
        }
        catch
        {
            Undo(transaction);
            throw;
        }
        transaction.Release(Savepoint);
    }

    // If the database has already rolled everything back by itself (a full disk), the savepoint no longer exists.
    private static void Undo(DbTransaction transaction)
    {
        try
        {
            transaction.Rollback(Savepoint);
            transaction.Release(Savepoint);
        }
        catch (DbException)
        {
        }
    }

    private void Run(Operation operation)
    {
        foreach (var statement in dialect.Compile(operation, session))
            statements.Accept(statement);
    }
}

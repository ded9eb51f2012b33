using Alembic.Operations;

namespace Alembic.Migrations;

/// <summary>What the making of Alembic's own tables has in common.</summary>
internal static class OwnTables
{
    /// <summary>Creates a table of our own; where DDL ends the transaction, with a new one after it.</summary>
    public static void Define(this OnlineSession session, Statement statement)
    {
        try
        {
            session.Execute(statement);
        }
        finally
        {
            if (session.Transaction is not null && !session.Dialect.HasTransactionalDdl)
            {
                session.Commit();
                session.Begin();
            }
        }
    }
}

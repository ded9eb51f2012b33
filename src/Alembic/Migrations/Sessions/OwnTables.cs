using Alembic.Operations;

namespace Alembic.Migrations;

/// <summary>Creates Alembic's own tables.</summary>
internal static class OwnTables
{
    /// <summary>Creates a table of our own. If the database ends the transaction with DDL, a new one begins after it.</summary>
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

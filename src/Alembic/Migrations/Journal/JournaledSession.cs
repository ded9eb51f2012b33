using System.Data.Common;
using Alembic.Operations;

namespace Alembic.Migrations;

/// <summary>The session of migrations that resume where they were interrupted.</summary>
internal sealed class JournaledSession(IMigrationSession inner, OnlineSession session, JournaledOperations operations)
    : SessionDecorator(inner)
{
    public override DbConnection Connection
    {
        get
        {
            operations.Lend();
            return base.Connection;
        }
    }

    public override DbTransaction? Transaction
    {
        get
        {
            session.BeginIfDue();
            return base.Transaction;
        }
    }

    public override IReadOnlyList<IReadOnlyDictionary<string, object?>> Query(Statement statement) => operations.Query(statement);

    public override void Autocommit(Action block) => session.Autocommit(block, operations.Leave);

    public override long Backfill(Backfill backfill) => operations.Backfill(backfill);
}

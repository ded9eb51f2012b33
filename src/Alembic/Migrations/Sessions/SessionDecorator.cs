using System.Data.Common;
using Alembic.Operations;

namespace Alembic.Migrations;

/// <summary>A session that forwards to another one, except for what a derived class overrides.</summary>
internal abstract class SessionDecorator(IMigrationSession session) : IMigrationSession
{
    public bool IsOffline => session.IsOffline;

    public virtual DbConnection Connection => session.Connection;

    public virtual DbTransaction? Transaction => session.Transaction;

    public virtual IReadOnlyList<IReadOnlyDictionary<string, object?>> Query(Statement statement) => session.Query(statement);

    public virtual void Autocommit(Action block) => session.Autocommit(block);

    public virtual long Backfill(Backfill backfill) => session.Backfill(backfill);

    public void BeforeCommit(string name, Func<Action> guard) => session.BeforeCommit(name, guard);

    public virtual void BeforeUserSql() => session.BeforeUserSql();

    public virtual void BeforeLoss() => session.BeforeLoss();
}

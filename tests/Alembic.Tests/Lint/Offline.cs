using System.Data.Common;
using Alembic.Operations;

namespace Alembic.Tests.Lint;

/// <summary>A session without a database: for what is only compiled.</summary>
internal sealed class Offline : IMigrationSession
{
    public static readonly Offline Instance = new();

    public bool IsOffline => true;

    public DbConnection Connection => throw new OfflineException("op.Connection");

    public DbTransaction Transaction => throw new OfflineException("op.Transaction");

    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Query(Statement statement) => throw new OfflineException("op.Query");

    public void Autocommit(Action block) => block();

    public void BeforeCommit(string name, Func<Action> guard)
    {
    }
}

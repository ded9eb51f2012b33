using System.Data.Common;
using Alembic.Databases.SqlServer;
using Alembic.Operations;
using Row = System.Collections.Generic.Dictionary<string, object?>;

namespace Alembic.Tests.Databases.SqlServer;

/// <summary>Who holds the lock, and how that is ended, by the answers that SQL Server documents.</summary>
[TestClass]
public sealed class SqlServerLockTests
{
    [TestMethod]
    public void The_holder_is_a_session_of_the_server_and_is_ended_as_such()
    {
        var answers = new Answers(isHeld: true, new Row { ["id"] = (short)57, ["login"] = "shop", ["host"] = "ci-3" });
        var migrationLock = Lock(answers);
        var holder = migrationLock.Holder();
        Assert.AreEqual(new LockHolder("57", "connection 57 of the server (login shop, from ci-3)"), holder);
        migrationLock.Break(holder!);
        Assert.AreEqual("KILL 57", answers.Asked[^1]);
        answers.Asked.ForEach(text => TransactSql.Parse(text));
    }

    [TestMethod]
    public void Who_may_not_see_the_servers_state_is_told_what_it_takes()
    {
        var migrationLock = Lock(new Answers(isHeld: true));
        Assert.AreEqual(new LockHolder("", "another session"), migrationLock.Holder());
        var refusal = Assert.ThrowsExactly<AlembicException>(() => migrationLock.Break(migrationLock.Holder()!));
        Assert.Contains("GRANT VIEW SERVER STATE", refusal.Hint!);
    }

    [TestMethod]
    public void A_lock_that_could_be_taken_has_no_holder() => Assert.IsNull(Lock(new Answers(isHeld: false)).Holder());

    private static MigrationLock Lock(Answers answers) => new SqlServerDialect().Lock(new(answers, null, "alembic_version"));

    private sealed class Answers(bool isHeld, params Row[] holders) : IMigrationSession
    {
        public List<string> Asked { get; } = [];

        public bool IsOffline => false;

        public DbConnection Connection => throw new NotSupportedException();

        public DbTransaction? Transaction => null;

        public IReadOnlyList<IReadOnlyDictionary<string, object?>> Query(Statement statement)
        {
            Asked.Add(statement.Text);
            return statement.Text.Contains("APPLOCK_TEST", StringComparison.Ordinal) ? [new Row { ["answer"] = isHeld ? 0 : 1 }]
                : statement.Text.Contains("sys.dm_tran_locks", StringComparison.Ordinal) ? holders
                : [];
        }

        public void Autocommit(Action block) => throw new NotSupportedException();

        public void BeforeCommit(string name, Func<Action> guard) => throw new NotSupportedException();
    }
}

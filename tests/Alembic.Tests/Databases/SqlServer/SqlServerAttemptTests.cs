using System.Data;
using System.Data.Common;
using Alembic.Databases.SqlServer;
using Alembic.Migrations;
using Alembic.Operations;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alembic.Tests.Databases.SqlServer;

/// <summary>
/// A statement that may be refused, on a connection that does with its transaction what SQL Server documents of XACT_ABORT: while that is
/// on, an error ends it, and the driver knows it no more.
/// </summary>
[TestClass]
public sealed class SqlServerAttemptTests
{
    [TestMethod]
    public void What_is_refused_leaves_the_transaction_as_it_was()
    {
        var server = new Server();
        using var session = new OnlineSession(new TestDatabase(new SqlServerDialect(), () => server, "mssql://"), NullLogger.Instance);
        session.Begin();
        var refusal = session.Attempt(() => session.Execute(new Statement("SELECT * FROM denied")));
        Assert.AreEqual("denied", refusal?.Message);
        session.Execute(new Statement("INSERT INTO t VALUES (1)"));
        session.Commit();
        Assert.IsTrue(server.AbortsAtErrors, "what comes later is to stop at its first error again");
        Assert.AreEqual("begin, save, rollback to, INSERT INTO t VALUES (1), commit", string.Join(", ", server.Done));
    }

    private sealed class Refusal() : DbException("denied");

    private sealed class Server : FakeConnection
    {
        public List<string> Done { get; } = [];

        public bool AbortsAtErrors { get; private set; }

        public Transaction? Current { get; set; }

        public override int Run(string sql)
        {
            if (sql.Contains("XACT_ABORT", StringComparison.Ordinal))
            {
                AbortsAtErrors = sql.Contains("XACT_ABORT ON", StringComparison.Ordinal);
            }
            else if (sql.Contains("denied", StringComparison.Ordinal))
            {
                Current = AbortsAtErrors ? null : Current;
                throw new Refusal();
            }
            else
            {
                Done.Add(sql);
            }
            return 1;
        }

        protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel)
        {
            Done.Add("begin");
            return Current = new Transaction(this);
        }
    }

    private sealed class Transaction(Server server) : DbTransaction
    {
        public override IsolationLevel IsolationLevel => IsolationLevel.ReadCommitted;

        public override bool SupportsSavepoints => true;

        protected override DbConnection DbConnection => server;

        public override void Commit() => Do("commit");

        public override void Rollback() => Do("rollback");

        public override void Save(string savepointName) => Do("save");

        public override void Rollback(string savepointName) => Do("rollback to");

        public override void Release(string savepointName)
        {
        }

        private void Do(string what)
        {
            if (server.Current != this)
                throw new InvalidOperationException("This SqlTransaction has completed; it is no longer usable.");
            server.Done.Add(what);
        }
    }
}

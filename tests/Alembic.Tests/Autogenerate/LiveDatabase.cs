using Alembic.Autogenerate;
using Alembic.Databases.PostgreSql;
using Alembic.Databases.Sqlite;
using Alembic.Operations;
using Alembic.Migrations;
using Alembic.Schema;
using Alembic.Tests.Databases.MySql;
using Alembic.Tests.Databases.PostgreSql;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alembic.Tests.Autogenerate;

/// <summary>A database of one test's own on any of the real servers.</summary>
internal sealed class LiveDatabase : IDisposable
{
    public static readonly string[] Kinds = ["sqlite", "postgresql", "mariadb", "mysql"];

    private readonly IDisposable _owner;

    private LiveDatabase(Dialect dialect, OnlineSession session, IDisposable owner)
    {
        (Dialect, Session, _owner) = (dialect, session, owner);
        Op = new Op(dialect, new OperationCompiler(dialect, session, session), session);
    }

    public Dialect Dialect { get; }

    public OnlineSession Session { get; }

    public Op Op { get; }

    public static LiveDatabase Open(string kind)
    {
        switch (kind)
        {
            case "postgresql":
                var postgresql = new PostgreSqlDatabase();
                return new(new PostgreSqlDialect(), postgresql.Session, postgresql);
            case "mariadb" or "mysql":
                var mySql = new MariaDbDatabase(MySqlServer.Of(kind));
                return new(mySql.Dialect, mySql.Session, mySql);
            default:
                var dialect = new SqliteDialect();
                var session = new OnlineSession(
                    new TestDatabase(dialect,
                        () => { var connection = new SqliteConnection("Data Source=:memory:"); connection.Open(); return connection; },
                        "sqlite://"), NullLogger.Instance);
                session.Begin();
                return new(dialect, session, session);
        }
    }

    public void Run(params IEnumerable<Operation> operations)
    {
        foreach (var operation in operations)
        {
            try
            {
                Op.Invoke(operation);
            }
            catch (System.Data.Common.DbException e)
            {
                throw new InvalidOperationException($"{new CodeWriter().Write(operation)}: {e.Message}", e);
            }
        }
    }

    public MetaData Inspect(bool allSchemas = false) => Dialect.Inspect(Session, allSchemas);

    public Comparison Compare(MetaData model, ComparisonOptions? options = null) =>
        Alembic.Autogenerate.Compare.Schemas(model, Inspect(), Dialect,
            (options ?? new ComparisonOptions()) with { CompareServerDefault = true });

    /// <summary>The rows of a query, their values joined by bars.</summary>
    public string Rows(string sql) => string.Join("; ", Op.Query(sql).Select(row => string.Join("|", row.Values.Select(v => v ?? "∅"))));

    public void Nothing(Comparison comparison)
    {
        Assert.AreEqual("", string.Join('\n', comparison.Log.Select(e => e.Message)), Dialect.Name);
        Assert.IsTrue(comparison.IsEmpty, string.Join('\n', comparison.UpgradeOperations.Select(o => new CodeWriter().Write(o))));
    }

    public void Dispose() => _owner.Dispose();
}

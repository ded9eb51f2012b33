using System.Data.Common;
using Alembic.Autogenerate;
using Alembic.Databases.PostgreSql;
using Alembic.Operations;
using Alembic.Migrations;
using Alembic.Schema;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Alembic.Tests.Databases.PostgreSql;

/// <summary>A database of one test's own, in a transaction, with the directives on it.</summary>
internal sealed class PostgreSqlDatabase : IDisposable
{
    public static readonly PostgreSqlDialect Dialect = new();

    private readonly string _url;
    private readonly bool _isGuest;

    public PostgreSqlDatabase(int version = 15, bool isPlain = false)
        : this(PostgreSqlServer.NewDatabase(version, isPlain), isGuest: false)
    {
    }

    private PostgreSqlDatabase(string url, bool isGuest)
    {
        (_url, _isGuest) = (url, isGuest);
        Session = new OnlineSession(At(_url), new Recorder(Log));
        Session.Begin();
        Op = new Op(Dialect, new OperationCompiler(Dialect, Session, Session), Session);
    }

    // The driver is set up as the tool does it.
    public static Database At(string url, Func<DbException, bool>? busy = null) => new TestDatabase(Dialect, () => Open(url), url)
    {
        Busy = busy ?? (_ => false),
        Adapting = parameter => ((NpgsqlParameter)parameter).NpgsqlDbType = parameter.Value is string
            ? NpgsqlDbType.Unknown
            : ((NpgsqlParameter)parameter).NpgsqlDbType,
        Learn = connection => ((NpgsqlConnection)connection).ReloadTypes(),
    };

    public OnlineSession Session { get; }

    /// <summary>The statements that were run.</summary>
    public List<string> Log { get; } = [];

    public Op Op { get; }

    public NpgsqlConnection Open() => Open(_url);

    private static NpgsqlConnection Open(string url)
    {
        var connection = new NpgsqlConnection(PostgreSqlServer.ConnectionString(url));
        connection.Open();
        return connection;
    }

    /// <summary>Another connection to it, to be closed before this one.</summary>
    public PostgreSqlDatabase Another() => new(_url, isGuest: true);

    public void Run(IEnumerable<Operation> operations)
    {
        foreach (var operation in operations)
        {
            try
            {
                Op.Invoke(operation);
            }
            catch (PostgresException e)
            {
                throw new InvalidOperationException(
                    $"{new CodeWriter().Write(operation)}: "
                        + $"{e.Message}\n{string.Join(";\n", operation.Statements(Dialect).Select(s => s.Text))}", e);
            }
        }
    }

    public MetaData Inspect(bool allSchemas = false) => Dialect.Inspect(Session, allSchemas);

    /// <summary>The rows of a query, their values joined by bars.</summary>
    public string Rows(string sql) => string.Join("; ", Op.Query(sql).Select(row => string.Join("|", row.Values.Select(v => v ?? "∅"))));

    public Comparison Compare(MetaData model, bool allSchemas = false) =>
        Alembic.Autogenerate.Compare.Schemas(model, Inspect(allSchemas), Dialect, Everything, tables => Dialect.RoundTrip(Session, tables));

    public static ComparisonOptions Everything { get; } = new() { CompareServerDefault = true };

    public static void Nothing(Comparison comparison)
    {
        Assert.AreEqual("", string.Join('\n', comparison.Log.Select(e => e.Message)));
        Assert.IsTrue(comparison.IsEmpty, string.Join('\n', comparison.UpgradeOperations.Select(o => new CodeWriter().Write(o))));
    }

    public void Dispose()
    {
        Session.Dispose();
        if (!_isGuest)
            PostgreSqlServer.Drop(_url);
    }

    internal sealed class Recorder(List<string> log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => log.Add(formatter(state, exception));
    }
}

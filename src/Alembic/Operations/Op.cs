using System.Data.Common;
using Alembic.Operations;

namespace Alembic;

/// <summary>
/// The object that a migration works with: a directive for each operation, declared beside the operation. A directive is done when it
/// returns, so queries may stand between them and a failing statement's stack trace points at the migration's own line.
/// </summary>
public sealed partial class Op
{
    private readonly IOperationSink _sink;
    private readonly IMigrationSession _session;

    /// <summary>Directives for one migration.</summary>
    /// <param name="dialect">The database's dialect.</param>
    /// <param name="sink">Where the operations go.</param>
    /// <param name="session">The connection, or what stands in for it.</param>
    public Op(Dialect dialect, IOperationSink sink, IMigrationSession session)
    {
        Dialect = dialect;
        _sink = sink;
        _session = session;
    }

    /// <summary>The database's dialect; its <see cref="Dialect.Name"/> is "sqlite", "postgresql", "mysql", "mariadb" or "mssql".</summary>
    public Dialect Dialect { get; }

    /// <summary>
    /// The database's name in a run over several, or null; see <see cref="MigrationRunner.Run(string, string, string)"/>.
    /// </summary>
    public string? EngineName { get; init; }

    /// <summary>The facts that the migration can know about the command that runs it.</summary>
    public EnvironmentContext Context { internal get; init; } = EnvironmentContext.Empty;

    /// <summary>The configuration file.</summary>
    public AlembicConfig Config => Context.Config;

    /// <summary>The <c>-x key=value</c> arguments; one without a value has an empty one, of several with one key the last counts.</summary>
    public IReadOnlyDictionary<string, string> XArguments => Context.NamedXArguments;

    /// <summary>Tells whether a script is being written (<c>--sql</c>) and there is no database to ask.</summary>
    public bool IsOffline => _session.IsOffline;

    /// <summary>The open connection that the migration runs on.</summary>
    /// <exception cref="OfflineException">A script is being written.</exception>
    public DbConnection Connection
    {
        get
        {
            _session.BeforeUserSql();
            return _session.Connection;
        }
    }

    /// <summary>The transaction that is open on <see cref="Connection"/>; null in an autocommit block.</summary>
    /// <exception cref="OfflineException">A script is being written.</exception>
    public DbTransaction? Transaction => _session.Transaction;

    /// <summary>Runs an operation: one of your own, or one that was made elsewhere.</summary>
    /// <param name="operation">The operation.</param>
    public void Invoke(Operation operation)
    {
        if (operation is Execute)
            _session.BeforeUserSql();
        _sink.Accept(operation);
    }

    /// <summary>Runs a query and gets its rows, each by its columns' names; NULL is null.</summary>
    /// <param name="sql">The query; parameters are written <c>@name</c>.</param>
    /// <param name="parameters">An object with a property for each parameter, or a dictionary; or null.</param>
    /// <exception cref="OfflineException">A script is being written.</exception>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Query(string sql, object? parameters = null)
    {
        // DELETE … RETURNING gives rows too.
        if (!sql.AsSpan().TrimStart().StartsWith("SELECT", StringComparison.OrdinalIgnoreCase))
            _session.BeforeUserSql();
        return _session.Query(new Statement(sql) { Parameters = Parameter.From(parameters) });
    }

    /// <summary>
    /// Runs a query and returns the first column of its first row: <c>op.Scalar&lt;int&gt;("SELECT count(*) FROM account")</c>.
    /// </summary>
    /// <typeparam name="T">The type to convert the value to; nullable where the query may give NULL or no row.</typeparam>
    /// <param name="sql">The query; parameters are written <c>@name</c>.</param>
    /// <param name="parameters">An object with a property for each parameter, or a dictionary; or null.</param>
    /// <exception cref="AlembicException">There is no value, or it is no <typeparamref name="T"/>.</exception>
    /// <exception cref="OfflineException">A script is being written.</exception>
    public T Scalar<T>(string sql, object? parameters = null) => IsOffline
        ? throw new OfflineException("op.Scalar")
        : ScalarValue.As<T>(Query(sql, parameters) is [var row, ..] ? row.Values.FirstOrDefault() : null, sql);

    /// <summary>
    /// Commits what came before, runs the block without a transaction, and goes on in a new one. For statements that refuse to run in a
    /// transaction, such as PostgreSQL's <c>CREATE INDEX CONCURRENTLY</c>.
    /// </summary>
    /// <param name="block">The statements.</param>
    public void AutocommitBlock(Action block) => _session.Autocommit(block);
}

using System.Data.Common;
using Alembic.Operations;

namespace Alembic;

/// <summary>
/// The object that a migration works with: a directive for each operation, declared in the operation's file. A directive has run when it
/// returns, so queries can be between directives, and the stack trace of a failing statement points at the migration's own line.
/// </summary>
public sealed partial class Op
{
    private readonly IOperationSink _sink;
    private readonly IMigrationSession _session;

    /// <summary>Creates the directives for migrations.</summary>
    /// <param name="dialect">The database's dialect.</param>
    /// <param name="sink">Takes the operations.</param>
    /// <param name="session">The connection, or its substitute in a script.</param>
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

    /// <summary>The part of the running command that the migration sees.</summary>
    public EnvironmentContext Context { internal get; init; } = EnvironmentContext.Empty;

    /// <summary>The configuration file.</summary>
    public AlembicConfig Config => Context.Config;

    /// <summary>The <c>-x key=value</c> arguments. A missing value is empty; if a key is repeated, the last one counts.</summary>
    public IReadOnlyDictionary<string, string> XArguments => Context.NamedXArguments;

    /// <summary>Tells whether a script is being written (<c>--sql</c>) and there is no database to query.</summary>
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

    /// <summary>Runs an operation, for example one of your own.</summary>
    /// <param name="operation">The operation.</param>
    public void Invoke(Operation operation)
    {
        if (operation is Execute)
            _session.BeforeUserSql();
        _sink.Accept(operation);
    }

    /// <summary>Runs a query and gets its rows, each as a dictionary by column name; NULL is null.</summary>
    /// <param name="sql">The query; parameters are written <c>@name</c>.</param>
    /// <param name="parameters">An object with a property for each parameter, or a dictionary; or null.</param>
    /// <exception cref="OfflineException">A script is being written.</exception>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Query(string sql, object? parameters = null)
    {
        // DELETE … RETURNING also returns rows.
        if (!sql.AsSpan().TrimStart().StartsWith("SELECT", StringComparison.OrdinalIgnoreCase))
        {
            if (!IsOffline)
                Dialect.CheckUserSql(sql);
            _session.BeforeUserSql();
        }
        return _session.Query(new Statement(sql) { Parameters = Parameter.From(parameters) });
    }

    /// <summary>
    /// Runs a query and returns the first column of its first row: <c>op.Scalar&lt;int&gt;("SELECT count(*) FROM account")</c>.
    /// </summary>
    /// <typeparam name="T">The type to convert the value to; nullable if the query may return NULL or no row.</typeparam>
    /// <param name="sql">The query; parameters are written <c>@name</c>.</param>
    /// <param name="parameters">An object with a property for each parameter, or a dictionary; or null.</param>
    /// <exception cref="AlembicException">There is no value, or it is not a <typeparamref name="T"/>.</exception>
    /// <exception cref="OfflineException">A script is being written.</exception>
    public T Scalar<T>(string sql, object? parameters = null) => IsOffline
        ? throw new OfflineException("op.Scalar")
        : ScalarValue.As<T>(Query(sql, parameters) is [var row, ..] ? row.Values.FirstOrDefault() : null, sql);

    /// <summary>
    /// Commits what came before, runs the block without a transaction, and begins a new one. For statements that cannot run in a
    /// transaction, such as PostgreSQL's <c>CREATE INDEX CONCURRENTLY</c>.
    /// </summary>
    /// <param name="block">The statements.</param>
    public void AutocommitBlock(Action block) => _session.Autocommit(block);
}

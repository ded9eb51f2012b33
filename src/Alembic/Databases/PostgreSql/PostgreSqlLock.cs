using Alembic.Operations;

namespace Alembic.Databases.PostgreSql;

/// <summary>
/// An advisory lock that is polled: waiting for it in the server would hold a snapshot, for which CREATE INDEX CONCURRENTLY of the other
/// run would wait in turn. Behind a connection pooler, a session belongs to no client; there the lock is taken again for each
/// transaction.
/// </summary>
/// <param name="session">The connection that migrates.</param>
/// <param name="schema">The schema of the version table, or null.</param>
/// <param name="table">The version table.</param>
/// <param name="process">Gets the server process that the driver was told of when it connected; null if it is unknown.</param>
internal sealed class PostgreSqlLock(IMigrationSession session, string? schema, string table, Func<int?> process) : MigrationLock
{
    // A migration that waits for a table lock blocks everyone queued behind it. It gives up after this time, and retries.
    public const string Patience =
        "set_config('lock_timeout', CASE current_setting('lock_timeout') WHEN '0' THEN '2s' ELSE current_setting('lock_timeout') END, "
            + "true)";

    private const string Granted =
        "l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND l.classid = (@key >> 32 & 4294967295)::oid AND l.objid = (@key & "
            + "4294967295)::oid"
        + " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    private readonly long _key = Number($"dotnet-alembic\0lock\0v1\0{schema}", table);
    private bool? _isPooled;

    public override bool OutlivesTransaction => !IsPooled;

    // A pooler tells a new client a process number of its own.
    private bool IsPooled =>
        _isPooled ??= process() is { } told && Value("SELECT pg_backend_pid() <> @process AS answer", ("process", told)) is true;

    public override bool TryTake() => IsPooled || Value("SELECT pg_try_advisory_lock(@key) AS answer") is true;

    public override bool TryHold()
    {
        if (IsPooled)
            return Value($"SELECT {Patience}, pg_try_advisory_xact_lock(@key) AS answer") is true;
        return Value($"SELECT {Patience}, EXISTS (SELECT FROM pg_locks l WHERE {Granted} AND l.pid = pg_backend_pid()) AS answer") is true
            ? true
            : throw Lost();
    }

    public override void Release()
    {
        if (!IsPooled)
            Value("SELECT pg_advisory_unlock(@key) AS answer");
    }

    public override bool ShowsHolder => true;

    public override LockHolder? Holder()
    {
        var rows = session.Query(With(
            "SELECT l.pid, a.application_name, a.usename, host(a.client_addr) AS host, to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS "
                + "TZ') AS since "
            + $"FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid WHERE {Granted}"));
        return rows is [var row, ..]
            ? new($"{row["pid"]}",
                $"process {row["pid"]} of the server ({row["application_name"] ?? "unknown"}, user {row["usename"] ?? "unknown"}, from "
                    + $"{row["host"] ?? "this machine"}, connected since {row["since"] ?? "unknown"})")
            : null;
    }

    public override void Break(LockHolder holder)
    {
        if (Value("SELECT pg_terminate_backend(@process) AS answer",
            ("process", int.Parse(holder.Id, System.Globalization.CultureInfo.InvariantCulture))) is not true)
            throw new AlembicException($"There is no {holder.Text} any more");
    }

    private object? Value(string text, params (string Name, object Value)[] parameters) =>
        session.Query(With(text, parameters))[0]["answer"];

    private Statement With(string text, params (string Name, object Value)[] parameters) =>
        new(text) { Parameters = parameters.Append(("key", _key)).ToDictionary(p => p.Item1, p => (object?)p.Item2) };
}

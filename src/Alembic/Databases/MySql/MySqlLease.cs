using System.Data;
using System.Data.Common;
using Alembic.Operations;

namespace Alembic.Databases.MySql;

/// <summary>
/// A row that says who migrates and until when, by the server's clock. If two nodes write it at once, the cluster lets one. A connection
/// of its own renews it, so that it lasts while a long statement keeps the other connection busy. If the run is killed, the lease
/// expires.
/// </summary>
internal sealed class MySqlLease(LockScope scope, Dialect dialect) : MigrationLock
{
    private const string LeaseEnd = "SYSDATE(6) + INTERVAL 30 SECOND";
    // The server's answer to the later one of two.
    private const string LostRace = "40001";
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    private readonly string _name = TableBeside(scope.Table);
    private readonly string _owner = Guid.NewGuid().ToString();
    private readonly System.Threading.Lock _gate = new();
    private DbConnection? _connection;
    private ITimer? _heart;
    private bool _isOver;

    private string Table => dialect.Quote(scope.Schema, _name);

    public override bool TryTake()
    {
        if (!dialect.HasTable(scope.Session, scope.Schema, _name))
        {
            // If two runs create it at once, one of them may be told to retry.
            Wins(
                $"CREATE TABLE IF NOT EXISTS {Table} (id INTEGER NOT NULL PRIMARY KEY, owner CHAR(36), node VARCHAR(255), lease_until "
                    + "TIMESTAMP(6) NULL) ENGINE=InnoDB");
            Wins($"INSERT IGNORE INTO {Table} (id) VALUES (1)");
        }
        var isTaken =
            Wins(
                $"UPDATE {Table} SET owner = @owner, node = CONCAT(USER(), ' on ', @@hostname, ':', @@port), lease_until = {LeaseEnd} "
                    + "WHERE id = 1 AND (owner IS NULL OR owner = @owner OR lease_until < SYSDATE(6))");
        if (isTaken)
            _heart ??= scope.Clock.CreateTimer(_ => Renew(), null, Beat, Beat);
        return isTaken;
    }

    // A write, which the cluster has to agree to: what a node reads may be old if it was cut off.
    public override bool TryHold()
    {
        const int Tries = 3;
        for (var i = 0; i < Tries; i++)
        {
            if (Wins(Renewal))
                return true;
        }
        throw Lost();
    }

    public override void Release()
    {
        End();
        Execute($"UPDATE {Table} SET owner = NULL, lease_until = NULL WHERE id = 1 AND owner = @owner");
        Close();
    }

    public override void Abandon()
    {
        try
        {
            // There is nothing to abandon after a release.
            if (_connection is not null)
                Release();
        }
        catch (DbException)
        {
            // The lease expires by itself.
        }
        Close();
    }

    public override LockHolder? Holder()
    {
        if (!dialect.HasTable(scope.Session, scope.Schema, _name))
            return null;
        var rows = scope.Session.Query(
            new Statement(
                $"SELECT CAST(owner AS CHAR(36)) AS owner, node FROM {Table} WHERE owner IS NOT NULL AND lease_until > SYSDATE(6)"));
        return rows is [var row, ..] ? new($"{row["owner"]}", $"lease {row["owner"]} ({row["node"]})") : null;
    }

    public override void Break(LockHolder holder) =>
        scope.Session.Query(new Statement($"UPDATE {Table} SET owner = NULL, lease_until = NULL WHERE owner = @owner")
        {
            Parameters = new Dictionary<string, object?> { ["owner"] = holder.Id }
        });

    private string Renewal => $"UPDATE {Table} SET lease_until = {LeaseEnd} WHERE id = 1 AND owner = @owner";

    private void Renew()
    {
        try
        {
            lock (_gate)
            {
                if (!_isOver)
                    Execute(Renewal);
            }
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or AlembicException)
        {
            // The next beat retries; in any case, the lease has to be held before the next step.
        }
    }

    private bool Wins(string sql)
    {
        try
        {
            return Execute(sql) == 1;
        }
        catch (DbException exception) when (exception.SqlState == LostRace)
        {
            return false;
        }
    }

    private int Execute(string sql)
    {
        lock (_gate)
        {
            if (_connection is { State: not ConnectionState.Open })
                Close();
            using var command = (_connection ??= Connect()).CreateCommand();
            command.CommandText = sql;
            var owner = command.CreateParameter();
            (owner.ParameterName, owner.Value) = ("@owner", _owner);
            command.Parameters.Add(owner);
            return command.ExecuteNonQuery();
        }
    }

    private DbConnection Connect() => scope.Connect is { } connect ? connect()
        : throw new AlembicException("On a cluster, a second connection holds the migration lock")
        {
            Hint = "pass the connection string instead of an open connection"
        };

    private void End()
    {
        lock (_gate)
            _isOver = true;
        _heart?.Dispose();
    }

    private void Close()
    {
        _connection?.Dispose();
        _connection = null;
    }
}

using Alembic.Operations;

namespace Alembic.Databases.MySql;

/// <summary>A named lock. On a cluster where several nodes accept writes and do not know each other's named locks, it is a lease.</summary>
internal sealed class MySqlClusterLock(IMigrationSession session, MigrationLock named, MigrationLock lease) : MigrationLock
{
    private const string Clustered =
        "SHOW GLOBAL VARIABLES WHERE (Variable_name = 'wsrep_on' AND Value = 'ON') OR (Variable_name = "
            + "'group_replication_single_primary_mode' AND Value = 'OFF')";

    private MigrationLock? _chosen;

    private MigrationLock Chosen => _chosen ??= session.Query(new Statement(Clustered)).Count > 0 ? lease : named;

    public override bool LastsAsConnection => Chosen.LastsAsConnection;

    public override bool TryTake() => Chosen.TryTake();

    public override bool TryHold() => Chosen.TryHold();

    public override void Release() => Chosen.Release();

    public override void Abandon() => _chosen?.Abandon();

    public override bool ShowsHolder => true;

    public override LockHolder? Holder() => Chosen.Holder();

    public override void Break(LockHolder holder) => Chosen.Break(holder);
}

using Alembic.Databases.MySql;
using Alembic.Migrations;
using Alembic.Schema;
using Alembic.Tests.Databases.MySql;
using MySqlConnector;

namespace Alembic.Tests.Migrations;

/// <summary>A cluster of which each node takes writes, and none knows the others' named locks.</summary>
[TestClass]
public sealed class ClusterTests
{
    private const int Rounds = 3;

    [TestMethod]
    [DataRow("Galera")]
    [DataRow("group replication")]
    public void Runs_on_both_nodes_at_once_make_each_step_once(string kind)
    {
        using var cluster = MySqlCluster.New(kind);
        for (var round = 0; round < Rounds; round++)
        {
            cluster.Execute("DROP DATABASE IF EXISTS shop; CREATE DATABASE shop; CREATE TABLE shop.done (n INT)");
            Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i => Steps(cluster, i % 2).Upgrade());
            Assert.AreEqual("s1 s2 s3 s4 s5: s5", State(cluster));
        }

        // A run that was broken off in the middle, without giving its lease back, is gone on with at the other node.
        cluster.Execute("DROP DATABASE shop; CREATE DATABASE shop; CREATE TABLE shop.done (n INT)");
        Assert.Throws<MigrationFailedException>(() => Steps(cluster, 0, breaksAt: "s3").Upgrade());
        cluster.Execute("UPDATE shop.alembic_lock SET owner = UUID(), lease_until = SYSDATE(6) + INTERVAL 3 SECOND");
        Assert.Throws<LockTimeoutException>(() => Steps(cluster, 1)
            .Run(migrator => migrator.PlanUpgrade("heads"), new ApplyOptions { LockTimeout = TimeSpan.FromSeconds(1) }));
        Steps(cluster, 1).Upgrade();
        Assert.AreEqual("s1 s2 s3 s4 s5: s5", State(cluster));
    }

    private static Story Steps(MySqlCluster cluster, int node, string? breaksAt = null)
    {
        var story = new Story
        {
            Database = () => new TestDatabase(new MySqlDialect(cluster.Server.IsMariaDb), () => cluster.Open(node, "shop"), $"node {node}")
            {
                // The other node was first.
                Busy = exception => exception is MySqlException { SqlState: "40001" } or MySqlException { Number: 3101 or 1180 },
            },
        };
        foreach (var id in new[] { "s1", "s2", "s3", "s4", "s5" })
        {
            story.Then(id, op =>
            {
                op.CreateTable(id, [new Column("id", SqlType.Integer, primaryKey: true)]);
                op.Execute($"INSERT INTO done VALUES ({id[1..]})");
                if (id == breaksAt)
                    throw new InvalidOperationException("broken off");
                op.AddColumn(id, new Column("more", SqlType.Integer));
            });
        }
        return story;
    }

    private static string State(MySqlCluster cluster)
    {
        using var connection = cluster.Open(1, "shop");
        using var command = connection.CreateCommand();
        // Of the nodes one may be a moment behind.
        command.CommandText =
            $"{cluster.Consistently}; SELECT CONCAT((SELECT GROUP_CONCAT(CONCAT('s', n) ORDER BY n SEPARATOR ' ') FROM done), ': "
                + "', (SELECT GROUP_CONCAT(version_num) FROM alembic_version))";
        return (string)command.ExecuteScalar()!;
    }
}

using Alembic.Tests.Databases.MySql;
using Faults.Databases;
using Journeys;
using MySqlConnector;

namespace Faults;

/// <summary>
/// A cluster of two nodes: a run that is killed at one of them is finished at the other; one that is overtaken, or cut off for a while,
/// goes on by itself.
/// </summary>
[TestClass]
public sealed class ClusterTests
{
    // The lease of a run that is dead, and the time that the work takes.
    private static readonly TimeSpan Takeover = TimeSpan.FromSeconds(Extent.IsFull ? 35 : 100);

    // In its middle the migration waits for the test, which puts a row into the table of signs.
    private static readonly Lazy<string> Folder = new(() => Scenario.NewFolder(
        ("r1", File.ReadAllText(Path.Combine(Scenario.Folder, "alembic", "versions", "r1_.cs"))),
        ("r2", Scenario.Revision("r2", "r1", """
            op.AddColumn("item", new Column("note", SqlType.String(20)));
            op.Execute("UPDATE counter SET n = n + 1");
            if (System.Environment.GetEnvironmentVariable("FAULTS_SIGN") is { } sign)
            {
                System.Console.Error.WriteLine("now it waits");
                for (var end = System.DateTime.UtcNow.AddMinutes(5); !System.IO.File.Exists(sign) && System.DateTime.UtcNow < end;)
                    System.Threading.Thread.Sleep(20);
            }
            op.Execute("UPDATE counter SET n = n + 1");
            op.CreateIndex("ix_item_note", "item", ["note"]);
            op.Execute("UPDATE counter SET n = n + 1");
            """, ""))));

    private static readonly Dictionary<string, MySqlCluster> Clusters = [];

    [ClassCleanup]
    public static void End()
    {
        foreach (var cluster in Clusters.Values)
            cluster.Dispose();
    }

    [TestMethod]
    [DataRow("Galera")]
    [DataRow("group replication")]
    public void What_is_killed_at_one_node_is_finished_at_the_other(string kind)
    {
        var tally = new Tally($"killed at one node, finished at the other, {kind}");
        for (var round = 0; round < (Extent.IsFull ? 10 : 1); round++)
        {
            var (first, second) = New(kind);
            tally.Tried();
            using var deployer = Deployer.Start(first.Url, ["upgrade", "r4"]);
            deployer.WaitFor("Running upgrade r1 -> r2");
            Thread.Sleep(Random.Shared.Next(Extent.IsFull ? 400 : 50));
            deployer.Kill();
            deployer.Wait();
            if (!Extent.IsFull)
                first.Execute("UPDATE alembic_lock SET lease_until = SYSDATE(6) + INTERVAL 2 SECOND");
            var begun = System.Diagnostics.Stopwatch.StartNew();
            var other = Deployer.Run(second.Url, ["upgrade", "r4"]);
            if (other.Code != 0 || begun.Elapsed > Takeover)
                tally.Wrong($"exit {other.Code} after {begun.Elapsed.TotalSeconds:F1} s: {other.Error}");
            if (Rows(second, "SELECT n FROM counter") != "5" || Rows(second, "SELECT version_num FROM alembic_version") != "r4"
                || Rows(second, "SELECT what FROM log ORDER BY 1") != "r2\nr3\nr4")
                tally.Wrong(second.Snapshot());
        }
        tally.Close();
    }

    [TestMethod]
    [DataRow("Galera")]
    [DataRow("group replication")]
    public void A_migration_whose_transaction_the_other_node_overtakes_goes_on(string kind)
    {
        var (first, second) = New(kind);
        var result = Meanwhile(first.Url, () => second.Execute("UPDATE counter SET n = n + 100"));
        result.Ok().Logs("A lock on a table is held: waiting for ");
        Assert.AreEqual("103", Rows(second, "SELECT n FROM counter"));
        Assert.AreEqual("r2", Rows(second, "SELECT version_num FROM alembic_version"));
    }

    [TestMethod]
    public void A_migration_whose_node_is_cut_off_for_a_while_goes_on_when_it_is_back()
    {
        var (first, second) = New("Galera");
        var result = Meanwhile(first.Url, () => Isolate(true), deployer =>
        {
            deployer.WaitFor("held by the cluster, which this node is not part of at the moment: waiting");
            Isolate(false);
        });
        result.Ok();
        Assert.AreEqual("3", Rows(second, "SELECT n FROM counter"));
        Assert.AreEqual("r2", Rows(second, "SELECT version_num FROM alembic_version"));

        // Of two nodes each is a minority without the other.
        static void Isolate(bool isolate)
        {
            using var connection = Clusters["Galera"].Open(1);
            Run(connection, $"SET GLOBAL wsrep_provider_options = 'gmcast.isolate={(isolate ? 1 : 0)}'");
            if (!isolate)
                return;
            using var here = Clusters["Galera"].Open(0);
            using var status = new MySqlCommand("SHOW STATUS LIKE 'wsrep_ready'", here);
            for (var tries = 0; ; tries++)
            {
                using (var reader = status.ExecuteReader())
                {
                    if (reader.Read() && reader.GetString(1) == "OFF")
                        return;
                }
                Assert.IsLessThan(600, tries, "the node is still a part of the cluster");
                Thread.Sleep(50);
            }
        }
    }

    // While the migration waits something is done, and something else once it goes on.
    private static Result Meanwhile(string url, Action action, Action<Deployer>? then = null)
    {
        var sign = Path.Combine(InstalledTool.NewFolder(), "sign");
        using var deployer = Deployer.Start(url, ["upgrade", "r2"], Folder.Value,
            new Dictionary<string, string> { ["FAULTS_SIGN"] = sign });
        deployer.WaitFor("now it waits");
        action();
        File.WriteAllText(sign, "");
        then?.Invoke(deployer);
        return deployer.Wait();
    }

    // The database as each of the nodes has it, with the first revision.
    private static (MySqlDatabase First, MySqlDatabase Second) New(string kind)
    {
        if (!Clusters.TryGetValue(kind, out var cluster))
            Clusters[kind] = cluster = MySqlCluster.New(kind);
        var name = $"faults_{Guid.NewGuid():N}"[..16];
        cluster.Execute($"CREATE DATABASE {name}");
        var nodes = cluster.Nodes.Select(node => new MySqlDatabase(cluster.Server,
            $"{(cluster.Server.IsMariaDb ? "mariadb" : "mysql")}://root@127.0.0.1:{new MySqlConnectionStringBuilder(node).Port}/{name}"))
            .ToList();
        nodes[0].At("r1");
        return (nodes[0], nodes[1]);
    }

    private static string Rows(MySqlDatabase node, string sql) =>
        node.Rows($"{Clusters.Values.First(c => c.Server == node.Server).Consistently}; {sql}");

    private static void Run(MySqlConnection connection, string sql)
    {
        using var command = new MySqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}

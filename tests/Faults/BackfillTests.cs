using System.Globalization;
using Faults.Databases;

namespace Faults;

/// <summary>
/// A backfill is killed at any moment, again and again: every row is changed once all the same, and nobody who reads waits for it.
/// </summary>
[TestClass]
public sealed class BackfillTests
{
    private static readonly int Rows = Extent.IsFull ? 1_000_000 : 20_000;
    private static readonly int Kills = Extent.IsFull ? 13 : 3;

    // Where readers and writers do not exclude each other, only a machine under load makes one wait; a lock would for longer than that.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // So few rows would be done before anybody saw how far it has come.
    private static readonly string Pause = Extent.IsFull ? "" : ", pause: TimeSpan.FromMilliseconds(10)";

    private static readonly Lazy<string> Folder = new(() => Scenario.NewFolder(
        ("r1", Scenario.Revision("r1", "", $$"""
            op.CreateTable("item",
                [new Column("id", SqlType.Integer, primaryKey: true), new Column("n", SqlType.Integer, nullable: false),
                new Column("name", SqlType.String(40))]);
            op.BulkInsert("item", ["id", "n", "name"],
                System.Linq.Enumerable.Range(1, {{Rows}}).Select(i => new object[] { i * 3, 0, $"the item of number {i}" }));
            op.CreateTable("steps", [new Column("what", SqlType.String(20))]);
            """, "")),
        ("r2", Scenario.Revision("r2", "r1", $$"""
            op.Execute("INSERT INTO steps VALUES ('before')");
            op.AutocommitBlock(() => op.Backfill("item", "id", "UPDATE item SET n = n + 1 WHERE id BETWEEN @from AND @to",
                batch: {{(Extent.IsFull ? 1000 : 100)}}{{Pause}}));
            op.Execute("INSERT INTO steps VALUES ('after')");
            """, ""))));

    [TestMethod]
    [DataRow("SQLite")]
    [DataRow("SQLite (WAL)")]
    [DataRow("PostgreSQL")]
    [DataRow("MariaDB")]
    [DataRow("MySQL")]
    public void Every_row_is_changed_once(string kind)
    {
        using var database = LiveDatabase.Kinds[kind]();
        Deployer.Run(database.Url, ["upgrade", "r1"], Folder.Value).Ok();
        using var reader = new Reader(
            database, () => string.Create(CultureInfo.InvariantCulture, $"SELECT n FROM item WHERE id = {Random.Shared.Next(1, Rows) * 3}"),
            TimeSpan.FromMilliseconds(1));
        // How far it has come tells when to kill it next: something is to be left each time.
        var kills = 0;
        for (var runs = 0; kills < Kills && runs < Kills * 5; runs++)
        {
            using var deployer = Deployer.Start(database.Url, ["upgrade", "r2"], Folder.Value);
            var until = (int)(Rows * (kills + 0.2 + (0.8 * Random.Shared.NextDouble())) / (Kills + 1));
            var end = DateTime.UtcNow.AddMinutes(5);
            while (!deployer.HasExited && DateTime.UtcNow < end && database.Rows($"SELECT n FROM item WHERE id = {until * 3}") == "0")
                Thread.Sleep(5);
            Thread.Sleep(Random.Shared.Next(20));
            if (deployer.HasExited)
                break;
            deployer.Kill();
            deployer.Wait();
            kills++;
        }
        var last = Deployer.Run(database.Url, ["upgrade", "r2"], Folder.Value);
        var longest = reader.Longest();
        var tally = new Tally(string.Create(CultureInfo.InvariantCulture,
            $"backfill of {Rows:N0} rows killed, {kind}; a reader waited {longest.TotalMilliseconds:F0} ms at most"));
        for (var i = 0; i < kills; i++)
            tally.Tried();
        if (last.Code != 0)
            tally.Wrong($"exit {last.Code}: {last.Error}");
        if (database.Rows("SELECT count(*), min(n), max(n) FROM item") is var found && found != $"{Rows}|1|1")
            tally.Wrong($"rows, least, most: {found}; {database.Rows("SELECT id, n FROM item WHERE n <> 1 ORDER BY id LIMIT 5")}");
        if (database.Rows("SELECT what FROM steps ORDER BY what") is var steps && steps != "after\nbefore")
            tally.Wrong($"steps: {steps}");
        if (Extent.IsFull && kind != "SQLite" && longest > Patience)
            tally.Wrong($"a reader waited {longest.TotalMilliseconds:F0} ms");
        tally.Close();
    }
}

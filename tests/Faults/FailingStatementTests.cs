using Faults.Databases;

namespace Faults;

/// <summary>
/// A statement that fails, at each place in a migration: the file is put right, the same command runs again, and all is as if nothing had
/// been wrong.
/// </summary>
[TestClass]
public sealed class FailingStatementTests
{
    private const string Failing = """op.Execute("INSERT INTO nowhere VALUES (1)");""";

    private static readonly string[] Up =
    [
        """op.Execute("UPDATE counter SET n = n + 1");""",
        """op.AddColumn("item", new Column("note", SqlType.String(20)));""",
        """
        op.AlterColumn("item", "name", type: SqlType.String(80), nullable: false, existingType: SqlType.String(40), existingNullable: true);
        """,
        """op.CreateIndex("ix_item_name", "item", ["name"]);""",
        """op.Execute("INSERT INTO log (what) VALUES ('up')");""",
    ];

    private static readonly string[] Down =
    [
        """op.Execute("INSERT INTO log (what) VALUES ('down')");""",
        """op.DropIndex("ix_item_name", "item");""",
        """
        op.AlterColumn("item", "name", type: SqlType.String(40), nullable: true, existingType: SqlType.String(80), existingNullable: false);
        """,
        """op.DropColumn("item", "note");""",
        """op.Execute("UPDATE counter SET n = n - 1");""",
    ];

    // One file at a time is wrong, for all databases.
    [TestMethod]
    [DataRow("up")]
    [DataRow("down")]
    public void Once_the_file_is_put_right_the_same_command_finishes(string direction)
    {
        var isUp = direction == "up";
        var steps = isUp ? Up : Down;
        var whole = Text(Up, Down);
        var folder = Scenario.NewFolder(("r1", File.ReadAllText(Path.Combine(Scenario.Folder, "alembic", "versions", "r1_.cs"))),
            ("r2", whole));
        string[] command = isUp ? ["upgrade", "r2"] : ["downgrade", "r1"];
        var tally = new Tally($"failing statement, {direction}, five databases");
        var starts = new[] { "SQLite", "SQLite (WAL)", "PostgreSQL", "MariaDB", "MySQL" }
            .Select(kind => LiveDatabase.Kinds[kind]()).ToList();
        foreach (var start in starts)
            Deployer.Run(start.Url, ["upgrade", isUp ? "r1" : "r2"], folder).Ok();
        var expected = starts.Select(start =>
        {
            using var database = start.Copy();
            Deployer.Run(database.Url, command, folder).Ok();
            return database.Snapshot();
        }).ToList();
        // In CI the first place, one between and the last.
        foreach (var place in Extent.IsFull ? Enumerable.Range(0, steps.Length + 1) : [0, 3, steps.Length])
        {
            string[] broken = [.. steps[..place], Failing, .. steps[place..]];
            foreach (var (i, start) in starts.Index())
            {
                using var database = start.Copy();
                tally.Tried();
                Write(folder, isUp ? Text(broken, Down) : Text(Up, broken));
                var first = Deployer.Run(database.Url, command, folder);
                Write(folder, whole);
                var second = Deployer.Run(database.Url, command, folder);
                if (first.Code != 1 || !first.Error.Contains("FAILED: r2: ", StringComparison.Ordinal)
                    || !first.Error.Contains("hint: ", StringComparison.Ordinal))
                    tally.Wrong($"statement {place}: exit {first.Code}: {first.Error}");
                if (second.Code != 0 || database.Snapshot() != expected[i])
                    tally.Wrong(
                        $"statement {place}: {first.Error}\nthen exit {second.Code}: "
                            + $"{second.Error}\nexpected:\n{expected[i]}\nfound:\n{database.Snapshot()}");
            }
        }
        starts.ForEach(start => start.Dispose());
        tally.Close();
    }

    private static string Text(string[] up, string[] down) =>
        Scenario.Revision("r2", "r1", string.Join("\n        ", up), string.Join("\n        ", down));

    private static void Write(string folder, string text) => File.WriteAllText(Path.Combine(folder, "alembic", "versions", "r2_.cs"), text);
}

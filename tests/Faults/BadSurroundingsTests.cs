using Faults.Databases;
using Journeys;

namespace Faults;

/// <summary>
/// A process whose outputs cannot be written, whose working directory is gone, or that can open few files: it does its work, or ends with
/// one line.
/// </summary>
[TestClass]
public sealed class BadSurroundingsTests
{
    private const int RuntimeFiles = 30;
    private const int NeededFiles = 160;

    [TestMethod]
    [DataRow("2> /dev/full")]
    [DataRow("2>&-")]
    [DataRow("2> >(exec true)")]
    [DataRow("2> >(head -n 1 > /dev/null)")]
    [DataRow("> /dev/full 2>&1")]
    [DataRow(">&- 2>&- <&-")]
    public void A_migration_is_done_where_nobody_can_be_told(string outputs)
    {
        using var database = LiveDatabase.Kinds["SQLite"]();
        using var told = LiveDatabase.Kinds["SQLite"]();
        told.At("r4");
        var tally = new Tally($"upgrade {outputs}");
        foreach (var revision in new[] { "r1", "r2", "r4" })
        {
            tally.Tried();
            if (Shell(database, $"\"$TOOL\" upgrade {revision} {outputs}") is { Code: not 0 } result)
                tally.Wrong($"{revision}: exit {result.Code}: {result.Error}");
        }
        if (database.Snapshot() != told.Snapshot())
            tally.Wrong($"{told.Snapshot()}\nis not\n{database.Snapshot()}");
        tally.Close();
    }

    [TestMethod]
    [DataRow("upgrade r4 --sql")]
    [DataRow("current")]
    [DataRow("history")]
    [DataRow("heads")]
    public void What_was_asked_for_and_could_not_be_written_is_no_success(string command)
    {
        using var database = LiveDatabase.Kinds["SQLite"]().At("r4");
        IsOneLine(Shell(database, $"\"$TOOL\" {command} > /dev/full"), command);
        IsOneLine(Shell(database, $"\"$TOOL\" {command} >&-"), command);
    }

    [TestMethod]
    [DataRow("current")]
    [DataRow("upgrade r2")]
    [DataRow("heads")]
    [DataRow("init other")]
    [DataRow("-c /nowhere/alembic.ini current")]
    public void A_working_directory_that_is_gone_is_told_in_one_line(string command)
    {
        using var database = LiveDatabase.Kinds["SQLite"]();
        IsOneLine(Shell(database, $"mkdir gone && cd gone && rmdir ../gone && \"$TOOL\" {command}"), command);
    }

    [TestMethod]
    [DataRow("SQLite")]
    [DataRow("PostgreSQL")]
    [DataRow("MariaDB")]
    [DataRow("MySQL")]
    public void With_few_open_files_a_migration_is_done_or_one_line_says_why_not(string kind)
    {
        using var start = LiveDatabase.Kinds[kind]().At("r1");
        using var undisturbed = start.Copy();
        undisturbed.At("r2");
        var tally = new Tally($"a limit of open files, {kind}");
        foreach (var count in Extent.Points(34, sample: 7).Select(point => point * 6))
        {
            tally.Tried();
            using var database = start.Copy();
            var result = Shell(database, $"ulimit -n {count} && \"$TOOL\" upgrade r2");
            // Below that the runtime cannot begin, and says so itself.
            if (count >= NeededFiles)
                result.Ok();
            else if (count >= RuntimeFiles)
                IsOneLine(result, $"{count} files");
            Deployer.Run(database.Url, ["upgrade", "r2"]).Ok();
            if (database.Snapshot() != undisturbed.Snapshot())
                tally.Wrong($"{count} files: {undisturbed.Snapshot()}\nis not\n{database.Snapshot()}");
        }
        tally.Close();
    }

    private static Result Shell(LiveDatabase database, string script) =>
        InstalledTool.Start("bash", ["-c", script], Scenario.Folder,
            new Dictionary<string, string> { ["FAULTS_URL"] = database.Url, ["TOOL"] = InstalledTool.Program });

    private static void IsOneLine(Result result, string what)
    {
        Assert.AreNotEqual(0, result.Code, what);
        var failures = result.Error.TrimEnd().Split('\n')
            .Where(line => !line.StartsWith("info: ", StringComparison.Ordinal) && !line.StartsWith("hint: ", StringComparison.Ordinal))
            .ToList();
        Assert.HasCount(1, failures, $"{what}: exit {result.Code}: {result.Error}");
        Assert.StartsWith("FAILED: ", failures[0], what);
    }
}

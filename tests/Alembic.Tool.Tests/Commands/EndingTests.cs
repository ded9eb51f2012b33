namespace Alembic.Tool.Tests.Commands;

/// <summary>The last line of the log says what a run did and where the database is.</summary>
[TestClass]
public sealed class EndingTests : IDisposable
{
    private readonly Project _project = new();

    public EndingTests()
    {
        _project.Revision("aaa1", "one");
        _project.Revision("bbb2", "two", "aaa1");
    }

    public void Dispose() => _project.Dispose();

    [TestMethod]
    [DataRow("upgrade heads", @"2 revisions in \d+ ms; the database is at bbb2")]
    [DataRow("upgrade aaa1", @"1 revision in \d+ ms; the database is at aaa1")]
    [DataRow("upgrade heads;upgrade heads", "Nothing to do: the database is at bbb2")]
    [DataRow("upgrade aaa1;upgrade heads --dry-run", @"1 revision in \d+ ms, rolled back; the database is at aaa1")]
    [DataRow("upgrade heads --dry-run", @"2 revisions in \d+ ms, rolled back; the database is at base")]
    [DataRow("upgrade heads;upgrade heads --dry-run", "Nothing to do: the database is at bbb2")]
    [DataRow("upgrade heads;downgrade base", @"2 revisions in \d+ ms; the database is at base")]
    public void A_run_ends_with_its_revisions_its_time_and_the_place(string commands, string line)
    {
        var results = commands.Split(';').Select(command => _project.Run(command.Split(' ')).Ok()).ToList();
        StringAssert.Matches(results[^1].Error.TrimEnd().Split('\n')[^1], new($"^info: {line}$"));
    }

    [TestMethod]
    [DataRow("-q upgrade heads")]
    [DataRow("upgrade heads --sql")]
    [DataRow("stamp heads")]
    public void Neither_quiet_runs_nor_scripts_nor_stamps_have_that_line(string command) =>
        Assert.DoesNotContain("the database is at", _project.Run(command.Split(' ')).Ok().Error);
}

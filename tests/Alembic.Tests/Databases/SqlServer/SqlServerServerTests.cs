using System.Diagnostics;
using Alembic.Tests.Scenarios;

namespace Alembic.Tests.Databases.SqlServer;

/// <summary>What becomes of the tests on SQL Server where there is one, where there is none, and where it does not answer.</summary>
[TestClass]
public sealed class SqlServerServerTests
{
    [TestMethod]
    public void A_server_that_is_named_and_does_not_answer_is_a_failure_that_says_so()
    {
        var (code, output) = Tests("mssql://sa:topsecret@127.0.0.1:1/", "FullyQualifiedName~SqlServerScenarios.Columns_are_added");
        Assert.AreNotEqual(0, code, output);
        Assert.Contains("The server that ALEMBIC_TEST_MSSQL_URL names does not answer: ", output);
        Assert.DoesNotContain("topsecret", output);
        Assert.Contains("failed: 1", output);
    }

    [TestMethod]
    public void They_are_run_where_a_server_is_named_and_left_out_elsewhere()
    {
        var (with, without) = (Listed("mssql://127.0.0.1:1/"), Listed(null));
        var scenarios = typeof(SqlServerScenarios).GetMethods().Count(m => m.IsDefined(typeof(TestMethodAttribute), inherit: false));
        Assert.IsGreaterThan(70, scenarios);
        Assert.IsGreaterThanOrEqualTo(without + scenarios, with);
    }

    // What tests/run would run.
    private static int Listed(string? url)
    {
        var filter = Run("bash", url, "-c", "eval \"$(sed -n '/^filter=/,/^\\[\\[/p' tests/run)\"; printf %s \"$2\"").Output;
        Assert.StartsWith("TestCategory!=ByHand", filter);
        var (code, output) = Tests(url, filter, "--list-tests");
        Assert.AreEqual(0, code, output);
        return output.Split('\n').Count(line => line.StartsWith("  ", StringComparison.Ordinal));
    }

    private static (int Code, string Output) Tests(string? url, string filter, params string[] options) =>
        Run("dotnet", url, [typeof(SqlServerServerTests).Assembly.Location, "--filter", filter, .. options]);

    private static (int Code, string Output) Run(string program, string? url, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Repository.Root,
            Environment = { ["ALEMBIC_TEST_MSSQL_URL"] = url, ["ALEMBIC_TEST_TALLY"] = null, ["ALEMBIC_TEST_SERVERS"] = null },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}

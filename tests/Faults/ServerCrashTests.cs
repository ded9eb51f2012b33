using Alembic.Tests.Databases.MySql;
using Faults.Databases;

namespace Faults;

/// <summary>
/// The database's server is killed in the middle of migrations and comes back: the run says no more than is true, and the same command
/// finishes them.
/// </summary>
[TestClass]
public sealed class ServerCrashTests
{
    // The longest of the runs, on an idle machine.
    private const int Milliseconds = 600;

    [TestMethod]
    [DataRow("PostgreSQL")]
    [DataRow("MariaDB")]
    [DataRow("MySQL")]
    public void The_next_run_finishes(string kind)
    {
        using var server = new MortalServer(kind);
        // Compiled, and what is to come of it.
        using var undisturbed = NewDatabase(server, kind);
        undisturbed.At("r4");
        var expected = undisturbed.Snapshot();
        var tally = new Tally($"server killed, {kind}");
        for (var round = 0; round < (Extent.IsFull ? 50 : 3); round++)
        {
            using var database = NewDatabase(server, kind);
            database.At("r1");
            tally.Tried();
            using var deployer = Deployer.Start(database.Url, ["upgrade", "r4"]);
            Thread.Sleep(Random.Shared.Next(Milliseconds));
            server.Kill();
            var result = deployer.Wait();
            var found = server.Answer(database.Snapshot);
            if (result.Code == 0 && found != expected)
                tally.Wrong($"exit 0, and found:\n{found}");
            if (result.Error.Contains("   at ", StringComparison.Ordinal))
                tally.Wrong(result.Error);
            if (Deployer.Run(database.Url, ["upgrade", "r4"]) is { Code: not 0 } next)
                tally.Wrong($"the run: {result.Error}\nthe next run: exit {next.Code}: {next.Error}");
            else if (database.Snapshot() is var after && after != expected)
                tally.Wrong($"expected:\n{expected}\nfound:\n{after}");
        }
        tally.Close();
    }

    private static LiveDatabase NewDatabase(MortalServer server, string kind)
    {
        var name = $"crash_{Guid.NewGuid():N}";
        using (var connection = server.Answer(Of(server.Url(kind == "PostgreSQL" ? "postgres" : "mysql")).Open))
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"CREATE DATABASE {name}";
            command.ExecuteNonQuery();
        }
        return Of(server.Url(name));

        LiveDatabase Of(string url) =>
            kind == "PostgreSQL" ? new PostgreSqlDatabase(url) : new MySqlDatabase(MySqlServer.Of(kind.ToLowerInvariant()), url);
    }
}

using System.Data.Common;
using System.Globalization;
using Alembic.Databases.Sqlite;
using Alembic.Migrations;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alembic.Tests.Migrations;

/// <summary>Waiting for what others have, by a clock that the tests turn.</summary>
[TestClass]
public sealed class LockWaitTests
{
    private readonly QuickClock _clock = new();
    private readonly List<string> _said = [];

    [TestMethod]
    public void Who_has_the_lock_is_said_at_once_and_then_every_ten_seconds()
    {
        var begun = _clock.GetUtcNow();
        Wait(TimeSpan.FromMinutes(5)).Until(
            "The lock", () => _clock.GetUtcNow() - begun >= TimeSpan.FromSeconds(35), () => "Ada", TimeSpan.FromSeconds(1));
        Assert.AreEqual("The lock is held by Ada: waiting for 0 s, at most 300 s", _said[0]);
        Assert.HasCount(4, _said);
        foreach (var (line, i) in _said.Select((line, i) => (line, i)))
        {
            // A pause of up to a second and a quarter may lie in between.
            var seconds = int.Parse(line.Split("waiting for ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
            Assert.IsInRange(i * 10, (i * 10) + 2, seconds);
        }
    }

    [TestMethod]
    public void Pauses_double_up_to_the_longest_and_no_two_runs_wait_alike()
    {
        var attempts = 0;
        Wait(TimeSpan.FromMinutes(5)).Until("The lock", () => ++attempts > 8, () => null, TimeSpan.FromSeconds(1));
        double[] expected = [0.1, 0.2, 0.4, 0.8, 1, 1, 1, 1];
        Assert.HasCount(expected.Length, _clock.Pauses);
        foreach (var (pause, wanted) in _clock.Pauses.Zip(expected))
        {
            Assert.IsGreaterThanOrEqualTo(wanted * 0.75, pause.TotalSeconds);
            Assert.IsLessThanOrEqualTo(wanted * 1.25, pause.TotalSeconds);
        }
        Assert.AreEqual(_clock.Pauses.Count, _clock.Pauses.Distinct().Count());
    }

    [TestMethod]
    public void It_ends_at_its_limit_and_not_a_moment_later()
    {
        var begun = _clock.GetTimestamp();
        var error = Assert.Throws<LockTimeoutException>(
            () => Wait(TimeSpan.FromSeconds(3)).Until("The lock", () => false, () => "Ada", TimeSpan.FromSeconds(1)));
        Assert.AreEqual("The lock was not released within 3 s: it is held by Ada", error.Message);
        Assert.AreEqual(TimeSpan.FromSeconds(3), _clock.GetElapsedTime(begun));
    }

    [TestMethod]
    public void Without_patience_there_is_one_attempt_and_no_pause()
    {
        var attempts = 0;
        Assert.Throws<LockTimeoutException>(
            () => Wait(TimeSpan.Zero).Until("The lock", () => ++attempts < 0, () => null, TimeSpan.FromSeconds(1)));
        Assert.AreEqual((1, 0), (attempts, _clock.Pauses.Count));
    }

    [TestMethod]
    public void Whoever_cancels_waits_no_longer()
    {
        using var cancel = new CancellationTokenSource();
        var wait = new LockWait(TimeSpan.FromMinutes(5), _said.Add, TimeProvider.System, cancel.Token);
        Assert.Throws<MigrationCancelledException>(() => wait.Until("The lock", Attempt, () => null, TimeSpan.FromHours(1)));
        Assert.AreEqual("The lock is held: waiting for 0 s, at most 300 s", _said.Single());

        bool Attempt()
        {
            cancel.Cancel();
            return false;
        }
    }

    [TestMethod]
    [DataRow(3, "The connection was lost during COMMIT, but it took effect: the database is at s1")]
    [DataRow(11, "and its outcome is unknown")]
    public void A_server_that_is_away_is_asked_ten_times_what_became_of_a_commit(int failures, string expected)
    {
        using var story = new Story().Then("s1", _ => { });
        story.Upgrade();
        var opened = 0;
        using var session = new OnlineSession(
            new TestDatabase(
                new SqliteDialect(), () => ++opened is > 1 and var n && n <= failures + 1 ? throw Away : story.Open(), "sqlite://"),
            NullLogger.Instance, _clock);
        Assert.IsNotNull(session.Connection);
        var found = Found(() => UnansweredCommit.FindOut(session, new(new SqliteDialect(), new()), ["s1"], _clock));
        Assert.Contains(expected, found);
        CollectionAssert.AreEqual(
            Enumerable.Repeat(TimeSpan.FromSeconds(1), Math.Min(failures, 10)).ToArray(), _clock.Pauses.ToArray());
    }

    private static DbException Away => new SqliteException("the server is away", 14);

    private static string Found(Func<string> ask)
    {
        try
        {
            return ask();
        }
        catch (MigrationException exception)
        {
            return exception.Message;
        }
    }

    private LockWait Wait(TimeSpan limit) => new(limit, _said.Add, _clock);
}

using System.Diagnostics;
using Alembic.Migrations;
using Microsoft.Extensions.Time.Testing;

namespace Alembic.Tests.Migrations;

/// <summary>What others can collect about a run, and what a long backfill says about its rest.</summary>
[TestClass]
public sealed class SpansTests
{
    [TestMethod]
    public void A_run_consists_of_its_connection_its_migrations_with_their_statements_and_its_commits()
    {
        using var heard = new Heard();
        using var story = new Story()
            .Then("s1", op => op.Execute("CREATE TABLE item (id INTEGER)"))
            .Then("s2", op => op.BulkInsert("item", ["id"], Enumerable.Range(0, 2500).Select(i => new object?[] { i })))
            .Upgrade();
        Assert.Contains("run/migrate s1", heard.Spans);
        Assert.Contains("run/migrate s1/statement CREATE TABLE item (id INTEGER)", heard.Spans);
        Assert.Contains("run/migrate s2/bulk insert item 2500", heard.Spans);
        Assert.HasCount(3, heard.Spans.Where(s =>
            s.StartsWith("run/migrate s2/bulk insert item/statement INSERT", StringComparison.Ordinal)));
        Assert.Contains("run/connect", heard.Spans);
        Assert.Contains("run/commit", heard.Spans);
        Assert.IsEmpty(heard.Failed);
    }

    [TestMethod]
    public void A_migration_that_fails_ends_its_span_as_failed()
    {
        using var heard = new Heard();
        using var story = new Story().Then("s1", op => op.Execute("nonsense"));
        Assert.Throws<MigrationFailedException>(() => story.Upgrade());
        Assert.AreSequenceEqual(["run/migrate s1", "run"], heard.Failed);
        Assert.AreEqual(heard.Root, Activity.Current);
    }

    [TestMethod]
    public void A_rebuild_of_a_table_is_one_piece()
    {
        using var heard = new Heard();
        using var story = new Story()
            .Then("s1", op => op.Execute("CREATE TABLE item (id INTEGER, n INTEGER)"))
            .Then("s2", op => op.AlterColumn("item", "n", nullable: false))
            .Upgrade();
        Assert.Contains("run/migrate s2/rebuild table item", heard.Spans);
    }

    [TestMethod]
    public void A_wait_for_a_lock_lasts_from_attempt_to_attempt()
    {
        using var heard = new Heard();
        var attempts = 0;
        new LockWait(TimeSpan.FromMinutes(1), _ => { }, new QuickClock()).Until("A lock", () => ++attempts > 3, () => null,
            TimeSpan.FromSeconds(1));
        Assert.AreSequenceEqual(["wait for lock", "wait for lock", "wait for lock"], heard.Spans);
    }

    [TestMethod]
    public void A_backfill_says_every_ten_seconds_how_fast_it_is_and_how_long_the_rest_takes()
    {
        var clock = new QuickClock();
        using var story = new Story { Clock = clock }
            .Then("s1", op => op.Execute("CREATE TABLE item (id INTEGER PRIMARY KEY, n INTEGER)"))
            .Then("s1b", op => op.BulkInsert("item", ["id", "n"], Enumerable.Range(1, 100).Select(i => new object?[] { i, 0 })))
            .Then("s2", op => op.AutocommitBlock(() => op.Backfill(
                "item", "id", "UPDATE item SET n = 1 WHERE id BETWEEN @from AND @to", batch: 10, pause: TimeSpan.FromSeconds(4))))
            .Upgrade();
        Assert.Contains("Backfill of item: 40 rows, at id 40, 3 rows/s, about 18 s left", story.Log);
    }

    [TestMethod]
    public void The_rest_is_told_only_of_keys_that_can_be_measured()
    {
        Assert.AreEqual(", 100 rows/s, about 30 s left", Speed(1, 25, 97));
        Assert.AreEqual(", 100 rows/s, about 30 s left",
            Speed(new DateTime(2026, 1, 1), new DateTime(2026, 1, 25), new DateTime(2026, 4, 7)));
        Assert.AreEqual(", 100 rows/s", Speed("a", "m", "z"));
        Assert.AreEqual(", 100 rows/s", Speed(1, 25, null));
        Assert.AreEqual(", 100 rows/s", Speed(1, 1, 1));

        static string Speed(object from, object to, object? last)
        {
            var clock = new FakeTimeProvider();
            var asked = 0;
            var pace = new BackfillPace(clock, () =>
            {
                asked++;
                return last;
            });
            // A short one asks the database nothing.
            pace.Add(500, from, from);
            Assert.AreEqual(0, asked);
            clock.Advance(TimeSpan.FromSeconds(10));
            pace.Add(250, from, to);
            pace.Add(250, from, to);
            Assert.AreEqual(from is string ? 0 : 1, asked);
            return pace.Speed;
        }
    }

    [TestMethod]
    [DataRow(14, "14 s")]
    [DataRow(99, "99 s")]
    [DataRow(100, "2 min")]
    [DataRow(5900, "98 min")]
    [DataRow(18000, "5 h")]
    public void A_time_is_told_as_people_say_it(int seconds, string expected) =>
        Assert.AreEqual(expected, Pace.Lasting(TimeSpan.FromSeconds(seconds)));

    /// <summary>The spans of this test: others run at the same time.</summary>
    private sealed class Heard : IDisposable
    {
        private readonly ActivitySource _source = new("test");
        private readonly ActivityListener _listener;

        public Heard()
        {
            _listener = new()
            {
                ShouldListenTo = _ => true,
                Sample = static (ref _) => ActivitySamplingResult.AllData,
                ActivityStopped = Stopped,
            };
            ActivitySource.AddActivityListener(_listener);
            Root = _source.StartActivity("root")!;
        }

        public Activity Root { get; }

        public List<string> Spans { get; } = [];

        public List<string> Failed { get; } = [];

        public void Dispose()
        {
            Root.Dispose();
            _listener.Dispose();
            _source.Dispose();
        }

        private void Stopped(Activity span)
        {
            var names = new List<string>();
            var each = span;
            for (; each is not null && each != Root; each = each.Parent)
                names.Insert(0, string.Join(' ', [each.OperationName, .. Tags(each)]));
            if (each is null)
                return;
            Spans.Add(string.Join('/', names));
            if (span.Status == ActivityStatusCode.Error)
                Failed.Add(Spans[^1]);
        }

        private static IEnumerable<string?> Tags(Activity span) => span.TagObjects
            .Where(tag => tag.Key is not ("alembic.message" or "alembic.waited")).Select(tag => tag.Value?.ToString());
    }
}

using System.Diagnostics;
using System.Text;
using Alembic.Tool.Output;
using Alembic.Tool.Watching;
using Microsoft.Extensions.Time.Testing;

namespace Alembic.Tool.Tests.Watching;

/// <summary>What shows itself when the database works for a while.</summary>
[TestClass]
public sealed class ProgressLineTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly List<string> _drawn = [];
    private readonly StringBuilder _error = new();

    [TestMethod]
    public void On_a_terminal_a_line_is_drawn_after_two_seconds_and_goes_when_the_work_is_done() => Watch(isTerminal: true, () =>
    {
        using (Spans.Begin(Spans.Statement, Spans.StatementTag, "CREATE INDEX ix\n  ON t (a)"))
            Pass(3.5);
        Pass(5);
        Assert.AreSequenceEqual(["CREATE INDEX ix ON t (a): 2 s", "CREATE INDEX ix ON t (a): 3 s", ""], _drawn);
        Assert.AreEqual("", _error.ToString());
    });

    [TestMethod]
    public void Elsewhere_there_is_a_line_every_ten_seconds() => Watch(isTerminal: false, () =>
    {
        using (Spans.Begin(Spans.Statement, Spans.StatementTag, "CREATE INDEX ix ON t (a)"))
            Pass(29);
        Assert.AreEqual("CREATE INDEX ix ON t (a): 10 s\nCREATE INDEX ix ON t (a): 20 s\n", _error.ToString());
    });

    [TestMethod]
    public void The_whole_is_shown_and_not_its_parts() => Watch(isTerminal: true, () =>
    {
        Pace? pace = null;
        pace = new() { Share = () => pace!.Rows / 4000.0 };
        using (Spans.Begin(Spans.Insert, Spans.TableTag, "item", pace))
        {
            for (var i = 0; i < 2; i++)
            {
                using (Spans.Begin(Spans.Statement, Spans.StatementTag, "INSERT INTO item"))
                    Pass(2);
                pace.Add(1000);
            }
            Pass(1);
        }
        Assert.AreSequenceEqual(
        [
            "bulk insert into item: 2 s", "bulk insert into item: 3 s, 1,000 rows, 333 rows/s, about 9 s left",
            "bulk insert into item: 4 s, 1,000 rows, 250 rows/s, about 12 s left",
            "bulk insert into item: 5 s, 2,000 rows, 400 rows/s, about 5 s left", "",
        ], _drawn);
    });

    [TestMethod]
    public void A_wait_is_news_even_within_a_long_piece() => Watch(isTerminal: true, () =>
    {
        using (Spans.Begin(Spans.Backfill, Spans.TableTag, "item"))
        {
            Pass(2);
            for (var i = 0; i < 3; i++)
            {
                using (Spans.Begin(Spans.Wait)?.Tell(Spans.WaitedTag, i + 0.5))
                    Pass(1);
            }
        }
        Assert.AreSequenceEqual(
            ["backfill of item: 2 s", "backfill of item: 3 s", "waiting for a lock: 2 s", "", "waiting for a lock: 4 s", ""], _drawn);
    });

    [TestMethod]
    public void What_the_log_tells_every_ten_seconds_has_no_other_line() => Watch(isTerminal: false, () =>
    {
        using (Spans.Begin(Spans.Backfill, Spans.TableTag, "item"))
            Pass(60);
        using (Spans.Begin(Spans.Wait))
            Pass(60);
        Assert.AreEqual("", _error.ToString());
    });

    [TestMethod]
    public void A_text_of_any_length_is_one_short_line() => Watch(isTerminal: true, () =>
    {
        using (Spans.Begin(Spans.Statement, Spans.StatementTag, $"INSERT INTO t VALUES ({new string('x', 500_000)})"))
            Pass(2);
        Assert.AreEqual($"INSERT INTO t VALUES ({new string('x', 38)} …: 2 s", _drawn[0]);
    });

    [TestMethod]
    public void A_command_shows_the_statement_that_takes_long_without_its_secrets()
    {
        using var project = new Project();
        project.Revision("a1", "Slow", upgrade: """op.Execute("SELECT 'password=abracadabra sesame' AS slow");""");
        using var slow = Slow();
        project.Clock = _clock;
        project.Draw = _drawn.Add;
        project.Run("upgrade", "head").Ok();
        Assert.Contains("SELECT 'password=*** sesame' AS slow: 3 s", _drawn);
        Assert.AreEqual("", _drawn[^1]);

        _drawn.Clear();
        project.Run("downgrade", "base").Ok();
        project.Run("-q", "upgrade", "head").Ok();
        Assert.IsEmpty(_drawn);
    }

    [TestMethod]
    public void A_document_stays_alone_on_stdout()
    {
        using var project = new Project();
        project.Revision("a1", "Slow", upgrade: """op.Execute("SELECT 1 AS slow");""");
        using var slow = Slow(seconds: 10);
        project.Clock = _clock;
        var result = project.Run("upgrade", "head", "--json").Ok();
        Assert.StartsWith("{", result.Out);
        Assert.Contains("SELECT 1 AS slow: 10 s\n", result.Error);
    }

    [TestMethod]
    public void A_drawn_line_goes_before_anything_is_printed_and_comes_never_behind_a_question()
    {
        using var stream = new MemoryStream();
        var line = new DrawnLine(text => stream.Write(Encoding.UTF8.GetBytes(text)), () => 10);
        using var printed = line.Before(stream);
        line.Draw("one");
        line.Draw("a longer text");
        printed.Write("log\n"u8);
        line.Draw("two");
        line.Draw("");
        printed.Write("sure? "u8);
        line.Draw("three");
        Assert.AreEqual("one\r   \ra longer \r         \rlog\ntwo\r   \rsure? ", Encoding.UTF8.GetString(stream.ToArray()));
    }

    // Lets the time of the clock pass at the end of each slow statement of this test.
    private ActivityListener Slow(double seconds = 3)
    {
        var thread = Environment.CurrentManagedThreadId;
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Spans.SourceName,
            Sample = static (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (Environment.CurrentManagedThreadId == thread
                    && SpanText.Tag(span, Spans.StatementTag)?.EndsWith("slow", StringComparison.Ordinal) == true)
                    Pass(seconds);
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private void Watch(bool isTerminal, Action work)
    {
        using var error = new StringWriter(_error) { NewLine = "\n" };
        var terminal = new Terminal { Clock = _clock, Error = error, Draw = isTerminal ? _drawn.Add : null };
        using var progress = new ProgressLine(terminal, text => text);
        using var watch = new SpanWatch("upgrade", progress);
        work();
    }

    private void Pass(double seconds)
    {
        for (; seconds > 0; seconds--)
            _clock.Advance(TimeSpan.FromSeconds(Math.Min(seconds, 1)));
    }
}

using System.Text.Json.Nodes;
using Alembic.Tool.Watching;
using Microsoft.Extensions.Time.Testing;

namespace Alembic.Tool.Tests.Watching;

[TestClass]
public sealed class TimingsTests
{
    private readonly FakeTimeProvider _clock = new();

    [TestMethod]
    public void Each_moment_belongs_to_one_part()
    {
        var timings = new Timings(_clock, _clock.GetTimestamp(), TimeSpan.FromSeconds(0.25), Hide);
        using (new SpanWatch("upgrade", timings))
        {
            Take(Spans.Compile, 2);
            using (Spans.Begin(Spans.Run))
            {
                Pass(1);
                Take(Spans.Wait, 4);
                using (Spans.Begin(Spans.Migrate, Spans.RevisionTag, "a1"))
                {
                    Pass(0.5);
                    Statement("CREATE TABLE t (\n    id INTEGER\n)", 8);
                    var pace = new Pace();
                    using (Spans.Begin(Spans.Insert, Spans.TableTag, "t", pace))
                    {
                        Statement("INSERT INTO t VALUES (1)", 16);
                        Take(Spans.Wait, 32);
                        pace.Add(2000);
                    }
                    Statement($"quick{new string('k', 53)}secret", 0.125);
                    Statement("quicker", 0.0625);
                }
                Statement("UPDATE alembic_version", 64);
                Take(Spans.Commit, 128);
            }
        }
        Assert.AreSequenceEqual(
        [
            "     0.250 s  start",
            "     2.000 s  compile",
            "    36.000 s  wait for lock",
            "    24.688 s  a1",
            "    48.000 s    bulk insert into t: 2,000 rows",
            "     8.000 s    CREATE TABLE t ( id INTEGER )",
            $"     0.125 s    quick{new string('k', 53)}** …",
            "    64.000 s  own tables",
            "   128.000 s  commit",
            "     1.000 s  other",
            "   255.938 s  in all",
        ], timings.Lines());
    }

    [TestMethod]
    public void Of_many_revisions_the_slowest_are_named()
    {
        var timings = new Timings(_clock, _clock.GetTimestamp(), TimeSpan.Zero, Hide);
        using (new SpanWatch("upgrade", timings))
        {
            for (var i = 1; i <= 14; i++)
            {
                using (Spans.Begin(Spans.Migrate, Spans.RevisionTag, $"r{i}"))
                    Pass(i);
            }
        }
        Assert.AreEqual("r5 r6 r7 r8 r9 r10 r11 r12 r13 r14", string.Join(' ', timings.Parts().Select(p => p.Revision).OfType<string>()));
        Assert.Contains("    10.000 s  4 other revisions", timings.Lines());
    }

    [TestMethod]
    public void Another_command_of_the_same_process_does_not_count()
    {
        var timings = new Timings(_clock, _clock.GetTimestamp(), TimeSpan.Zero, Hide);
        using var ready = new ManualResetEventSlim();
        using var done = new ManualResetEventSlim();
        var other = new Thread(() =>
        {
            ready.Wait();
            Take(Spans.Compile, 1);
            done.Set();
        });
        other.Start();
        using (new SpanWatch("upgrade", timings))
        {
            ready.Set();
            done.Wait();
        }
        other.Join();
        Assert.AreSequenceEqual(["start", "other"], timings.Parts().Select(p => p.Phase));
    }

    [TestMethod]
    public void A_command_ends_with_a_table_on_stderr()
    {
        using var project = new Project();
        project.Revision("a1", "Create item", upgrade: """op.Execute("CREATE TABLE item (id INTEGER)");""");
        var result = project.Run("upgrade", "head", "--timings").Ok();
        Assert.AreEqual("", result.Out);
        foreach (var part in new[] { "read settings", "read revisions", "compile", "connect", "a1, Create item", "other", "in all" })
            Assert.MatchesRegex($@"(?m)^ +\d+\.\d{{3}} s  {part}$", result.Error);
        Assert.DoesNotContain("in all", project.Run("upgrade", "head").Ok().Error);
    }

    [TestMethod]
    public void A_command_that_fails_tells_it_too_and_quiet_silences_only_the_log()
    {
        using var project = new Project();
        project.Revision("a1", "Create item", upgrade: """op.Execute("nonsense");""");
        var result = project.Run("--timings", "-q", "upgrade", "head");
        Assert.AreEqual(1, result.Code);
        Assert.MatchesRegex(@"(?s)^FAILED: .*\n +\d+\.\d{3} s  a1, Create item\n.* s  in all\n$", result.Error);
    }

    [TestMethod]
    public void A_document_has_the_parts_and_the_table_is_left_out()
    {
        using var project = new Project();
        project.Revision("a1", "Create item", upgrade: """op.Execute("CREATE TABLE item (id INTEGER)");""");
        var result = project.Run("upgrade", "head", "--timings", "--json").Ok();
        Assert.DoesNotContain("in all", result.Error);
        var parts = JsonNode.Parse(result.Out)!["timings"]!.AsArray();
        var migrate = parts.Single(p => (string)p!["phase"]! == "migrate")!;
        Assert.AreEqual(("a1", "Create item"), ((string)migrate["revision"]!, (string)migrate["message"]!));
        Assert.Contains("CREATE TABLE item (id INTEGER)", migrate["slowest"]!.AsArray().Select(slow => (string)slow!["text"]!));
        Assert.IsNull(JsonNode.Parse(project.Run("heads", "--json").Ok().Out)!["timings"]);
    }

    [TestMethod]
    public void A_hook_is_a_part()
    {
        using var project = new Project();
        project.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        const string Section = "\n[post_write_hooks]\n";
        project.Write("alembic.ini", File.ReadAllText(project.Path("alembic.ini")).Replace(
            Section, $"{Section}hooks = one\none.type = exec\none.executable = true\n", StringComparison.Ordinal));
        Assert.MatchesRegex(@"(?m)^ +\d+\.\d{3} s  hook$", project.Run("revision", "-m", "x", "--timings").Ok().Error);
    }

    private static string Hide(string text) => text.Replace("secret", "***", StringComparison.Ordinal);

    private void Pass(double seconds) => _clock.Advance(TimeSpan.FromSeconds(seconds));

    private void Take(string name, double seconds)
    {
        using (Spans.Begin(name))
            Pass(seconds);
    }

    private void Statement(string text, double seconds)
    {
        using (Spans.Begin(Spans.Statement, Spans.StatementTag, text))
            Pass(seconds);
    }
}

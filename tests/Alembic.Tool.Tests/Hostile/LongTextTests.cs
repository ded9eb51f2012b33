using System.Diagnostics;
using Alembic.Tool.Output;

namespace Alembic.Tool.Tests.Hostile;

/// <summary>What is printed is printed, however long and odd it is and wherever it goes.</summary>
[TestClass]
public sealed class LongTextTests
{
    [TestMethod]
    [DataRow("identified replace replace ")]
    [DataRow("identified by ")]
    [DataRow("password ")]
    [DataRow("passwordpassword")]
    [DataRow("password to by as ")]
    [DataRow("://a:")]
    [DataRow("://aaaaaaaaaaaa")]
    [DataRow("token")]
    [DataRow("api_key= $a$ ")]
    [DataRow("pwd = ''''\\'")]
    [DataRow("secret=                                                  ")]
    public void Secrets_are_looked_for_in_a_time_that_grows_with_the_text(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length)) + " password = 'hush hush'";
        var begun = Stopwatch.GetTimestamp();
        var hidden = NamedSecrets.Hide(text, "***");
        Assert.DoesNotContain("hush", hidden);
        // Seconds on a machine under load; what is not linear takes hours.
        Assert.IsLessThan(60, Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }

    [TestMethod]
    public void A_long_blank_after_a_name_takes_no_longer()
    {
        var text = "password=" + new string(' ', 1_000_000) + "x secret";
        Assert.IsGreaterThan(1_000_000, NamedSecrets.Hide(text, "***").Length);
    }

    [TestMethod]
    [DataRow("throw new System.InvalidOperationException(\"It \" + new string('x', 1_000_000));",
        "FAILED: a1: InvalidOperationException: It xxx")]
    [DataRow(
        "op.Execute(\"SELECT 1,\\n\" + string.Concat(System.Linq.Enumerable.Repeat(\"2,\\n\", 300_000)) + \"what\" + new string('x', "
            + "1_000_000));", "    … 299982 more lines\n")]
    public void A_failure_of_a_long_text_is_told_in_a_short_one(string upgrade, string told)
    {
        using var project = new Project();
        project.Revision("a1", "long", upgrade: upgrade);
        var result = project.Run("upgrade", "head");
        Assert.AreEqual(1, result.Code);
        Assert.IsLessThan(10_000, result.Error.Length);
        Assert.Contains(told, result.Error);
        Assert.Contains("a1_long.cs:line 16)\n", result.Error);
    }

    [TestMethod]
    public void Messages_that_nobody_takes_stop_nothing()
    {
        using var writer = new StreamWriter(new LenientStream(new FullDisk())) { AutoFlush = true };
        writer.WriteLine("a message");
        writer.Flush();
    }

    private sealed class FullDisk : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left on device");
    }
}

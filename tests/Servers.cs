using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Alembic.Tests;

/// <summary>
/// Whether tests may start servers, or use those that variables name; and which test used which and how long it took, so that
/// <c>tests/run</c> can print how many passed on each, and what takes long.
/// </summary>
[TestClass]
public sealed class Servers
{
    private const string Used = "servers";
    private const string Begun = "begun";

    private static readonly string? Folder = Environment.GetEnvironmentVariable("ALEMBIC_TEST_TALLY");

    // SQLite calls it for each connection that is opened in this process.
    private static readonly Opened OnOpened = (_, _, _) =>
    {
        Use("SQLite");
        return 0;
    };

    private static readonly Lazy<bool> Listening = new(() =>
        NativeLibrary.TryLoad("e_sqlite3", typeof(Servers).Assembly, null, out var sqlite)
        && Marshal.GetDelegateForFunctionPointer<Register>(NativeLibrary.GetExport(sqlite, "sqlite3_auto_extension"))(OnOpened) == 0);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Opened(nint connection, nint message, nint routines);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int Register(Opened opened);

    /// <summary>Why they may not; null if they may.</summary>
    internal static string? LeftOut =>
        Environment.GetEnvironmentVariable("ALEMBIC_TEST_SERVERS") == "0"
        ? "tests with a server are left out: ALEMBIC_TEST_SERVERS is 0"
        : null;

    /// <summary>Ends a test that builds a project, which takes long, where only what is fast is wanted.</summary>
    internal static void LeaveOutBuilds()
    {
        if (LeftOut is not null)
            Assert.Inconclusive("tests that build a project are left out: ALEMBIC_TEST_SERVERS is 0");
    }

    /// <summary>Whether those are asked for, too, that CI does not meet.</summary>
    internal static bool AreAll => Environment.GetEnvironmentVariable("ALEMBIC_TEST_SERVERS") == "all";

    /// <summary>
    /// Creates a folder for a server's data: in memory if there is plenty. MySQL waits for the disk several times in each ALTER TABLE,
    /// whatever is set, and each new database of PostgreSQL writes 7 MB.
    /// </summary>
    internal static string NewFolder(string prefix)
    {
        const string Memory = "/dev/shm";
        return Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > 8L << 30
            && GC.GetGCMemoryInfo().TotalAvailableMemoryBytes > 12L << 30
            ? Directory.CreateDirectory(Path.Combine(Memory, $"{prefix}{Guid.NewGuid():N}")).FullName
            : Directory.CreateTempSubdirectory(prefix).FullName;
    }

    /// <summary>Ends a test whose server is not here: in CI it fails, elsewhere it is inconclusive.</summary>
    [DoesNotReturn]
    internal static void AreMissing(string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(reason);
        Assert.Inconclusive(reason);
    }

    /// <summary>Notes that the test that calls this uses a server, by the name and version that users know it by.</summary>
    internal static void Use(string server)
    {
#pragma warning disable MSTESTEXP // the version of MSTest is fixed, and nothing else tells a server's class which test asks
        if (TestContext.Current is not { } test)
            return;
#pragma warning restore MSTESTEXP
        lock (OnOpened)
        {
            if (test.Properties.TryGetValue(Used, out var servers))
                ((HashSet<string>)servers!).Add(server);
            else
                test.Properties[Used] = new HashSet<string> { server };
        }
    }

    [GlobalTestInitialize]
    public static void Listen(TestContext test)
    {
        ArgumentNullException.ThrowIfNull(test);
        if (Folder is null)
            return;
        _ = Listening.Value;
        test.Properties[Begun] = Stopwatch.GetTimestamp();
    }

    [GlobalTestCleanup]
    public static void Count(TestContext test)
    {
        ArgumentNullException.ThrowIfNull(test);
        if (!test.Properties.TryGetValue(Begun, out var begun))
            return;
        var time = Stopwatch.GetElapsedTime((long)begun!);
        var outcome = test.CurrentTestOutcome switch
        {
            UnitTestOutcome.Passed => "passed",
            UnitTestOutcome.Inconclusive => "skipped",
            _ => "failed",
        };
        lock (OnOpened)
        {
            if (test.Properties.TryGetValue(Used, out var servers))
                Append("servers", ((HashSet<string>)servers!).Select(server => $"{server}\t{outcome}"));
            Append("times", [string.Create(CultureInfo.InvariantCulture, $"{test.FullyQualifiedTestClassName}\t{time.TotalSeconds:F3}")]);
        }

        // A file for each process.
        static void Append(string kind, IEnumerable<string> lines) =>
            File.AppendAllLines(Path.Combine(Folder!, $"{Environment.ProcessId}.{kind}"), lines);
    }
}

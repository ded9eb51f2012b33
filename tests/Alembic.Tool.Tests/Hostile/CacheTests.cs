using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Alembic.Tool.Compilation;
using Alembic.Tool.Tests.Commands;

namespace Alembic.Tool.Tests.Hostile;

/// <summary>What lies in the cache is executed: only what this user's tool put there.</summary>
[TestClass]
[UnsupportedOSPlatform("windows")]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class CacheTests
{
    private const string Victim = "op.CreateTable(\"good\", [new Column(\"id\", SqlType.Integer)]);";
    private const string Attack = "op.CreateTable(\"evil\", [new Column(\"id\", SqlType.Integer)]);";

    private static readonly (string Kind, Action<Plot> Do)[] Kinds =
    [
        ("forged, with the right name and a seal of another user's key", plot => plot.Put(plot.Forged)),
        ("forged, sealed as by the version that knew no key",
            plot =>
                plot.Put([.. SHA256.HashData([.. System.Text.Encoding.UTF8.GetBytes($"dotnet-alembic\n{plot.Name}\n"), .. plot.Content]),
                    .. plot.Content])),
        ("forged, without a seal", plot => plot.Put(plot.Content)),
        ("forged, under the seal of the true one", plot => plot.Put([.. plot.True[..32], .. plot.Content])),
        ("another true one, under its name", plot => plot.Put(plot.OtherTrue)),
        ("truncated", plot => plot.Put(plot.True[..^1])),
        ("truncated to nothing", plot => plot.Put([])),
        ("with one bit turned", plot => plot.Put([.. plot.True[..^9], (byte)(plot.True[^9] ^ 1), .. plot.True[^8..]])),
        ("followed by something", plot => plot.Put([.. plot.True, 0])),
        ("a link to a file", plot =>
        {
            File.WriteAllBytes(plot.Aside, plot.Forged);
            File.Delete(plot.Entry);
            File.CreateSymbolicLink(plot.Entry, plot.Aside);
        }),
        ("a pipe that never ends", plot =>
        {
            File.Delete(plot.Entry);
            using var made = Process.Start("mkfifo", [plot.Entry]);
            made.WaitForExit();
        }),
        ("a folder", plot =>
        {
            File.Delete(plot.Entry);
            Directory.CreateDirectory(plot.Entry);
        }),
        ("a file that all may write", plot =>
        {
            plot.Put(plot.Forged);
            File.SetUnixFileMode(plot.Entry, (UnixFileMode)0b110_110_110);
        }),
        ("the whole folder, a link to another's cache", plot =>
        {
            plot.Put(plot.Forged);
            if (new DirectoryInfo(plot.Project.Cache).LinkTarget is not null)
                return;
            Directory.Move(plot.Project.Cache, plot.Aside);
            File.CreateSymbolicLink(plot.Project.Cache, plot.Aside);
        }),
    ];

    public static IEnumerable<string> KindsOfEntries => Kinds.Select(kind => kind.Kind);

    [TestMethod]
    [DynamicData(nameof(KindsOfEntries))]
    public void Is_not_executed(string kind)
    {
        using var attacker = Filled(Attack);
        attacker.Run("upgrade", "head").Ok();
        using var project = Filled(Victim);
        project.Run("upgrade", "head").Ok();
        project.Run("downgrade", "base").Ok();
        var entries = Directory.GetFiles(project.Cache, "*.assembly");
        var evil = Directory.GetFiles(attacker.Cache, "*.assembly").Select(File.ReadAllBytes).ToList();
        // All are read before the first is replaced: a pipe would have no end.
        var plots =
            entries.Select(entry => new Plot(project, entry, evil[0][32..], File.ReadAllBytes(entries.First(other => other != entry))))
                .ToList();
        foreach (var plot in plots)
            Kinds.First(k => k.Kind == kind).Do(plot);

        project.Run("upgrade", "head").Ok();

        Assert.AreEqual("good",
            string.Join(' ', project.Rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name IN ('good', 'evil')")));
    }

    [TestMethod]
    public void A_cache_that_comes_with_a_repository_is_not_believed()
    {
        using var project = Filled(Victim);
        File.AppendAllText(project.Path("alembic.ini"), "\n");
        project.Write("alembic.ini",
            File.ReadAllText(project.Path("alembic.ini"))
                .Replace("[alembic]\n", "[alembic]\ncache_dir = %(here)s/cache\n", StringComparison.Ordinal));
        project.Run("upgrade", "head").Ok();
        Assert.IsNotEmpty(Directory.GetFiles(project.Path("cache"), "*.assembly"));
        Assert.IsEmpty(Directory.GetFiles(project.Folder, "*.key", SearchOption.AllDirectories));
        // Another user's key, in the repository too: it is not looked for there.
        var before = Directory.GetFiles(project.Path("cache"), "*.assembly").ToDictionary(file => file, File.ReadAllBytes);
        foreach (var (file, bytes) in before)
            File.WriteAllBytes(file, [.. RandomNumberGenerator.GetBytes(32), .. bytes[32..]]);
        File.WriteAllBytes(project.Path("cache/cache.key"), new byte[32]);
        project.Run("downgrade", "base").Ok();
        project.Run("upgrade", "head").Ok();
        foreach (var (file, _) in before)
            Assert.IsNotNull(new CacheDirectory(project.Path("cache"), project.Key, TimeProvider.System)
                .Read(Path.GetFileName(file)), file);
    }

    [TestMethod]
    public void A_planted_marker_or_entry_does_not_lead_to_another_file()
    {
        using var project = Filled(Victim);
        var precious = project.Path("precious.txt");
        File.WriteAllText(precious, "precious");
        Directory.CreateDirectory(project.Path("cache"));
        File.CreateSymbolicLink(project.Path("cache/pruned"), precious);
        File.SetLastWriteTimeUtc(precious, DateTime.UtcNow.AddDays(-90));
        project.Write("cache/mine.tmp", "");
        File.SetLastWriteTimeUtc(project.Path("cache/mine.tmp"), DateTime.UtcNow.AddDays(-90));
        project.Write("alembic.ini",
            File.ReadAllText(project.Path("alembic.ini"))
                .Replace("[alembic]\n", "[alembic]\ncache_dir = %(here)s/cache\n", StringComparison.Ordinal));

        project.Run("upgrade", "head").Ok();

        Assert.AreEqual("precious", File.ReadAllText(precious));
        Assert.IsTrue(File.Exists(project.Path("cache/mine.tmp")));
        Assert.IsNotEmpty(Directory.GetFiles(project.Path("cache"), "*.assembly"));
    }

    [TestMethod]
    public void A_key_that_others_can_read_the_folder_of_or_write_is_none()
    {
        using var folder = new Scripts.TemporaryFolder();
        var place = Path.Combine(folder.Path, "config");
        var key = new SealingKey(place).FindOrMake();
        Assert.IsNotNull(key);
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(place, "cache.key")));
        CollectionAssert.AreEqual(key, new SealingKey(place).FindOrMake());

        File.SetUnixFileMode(place, (UnixFileMode)0b111_111_111);
        Assert.IsNull(new SealingKey(place).Find());
        File.SetUnixFileMode(place, (UnixFileMode)0b111_000_000);
        File.SetUnixFileMode(Path.Combine(place, "cache.key"), (UnixFileMode)0b110_110_110);
        Assert.IsNull(new SealingKey(place).Find());
        Assert.IsNull(new SealingKey(null).FindOrMake());
    }

    [TestMethod]
    public void Edited_source_of_the_same_length_and_time_is_not_run_from_the_cache()
    {
        using var project = Filled(Victim);
        project.Run("upgrade", "head").Ok();
        project.Run("downgrade", "base").Ok();
        var file = Directory.GetFiles(project.Path("alembic/versions"), "*.cs").Single();
        var time = File.GetLastWriteTimeUtc(file);
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"good\"", "\"cool\"", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(file, time);
        project.Run("upgrade", "head").Ok();
        Assert.HasCount(1, project.Rows("SELECT 1 FROM sqlite_schema WHERE name = 'cool'"));
    }

    private static Project Filled(string upgrade)
    {
        var project = new Project();
        project.Revision("aaa100000001", "one", null, upgrade, upgrade.Contains("good", StringComparison.Ordinal)
            ? "op.Execute(\"DROP TABLE IF EXISTS good\"); op.Execute(\"DROP TABLE IF EXISTS cool\");"
            : "");
        return project;
    }

    private sealed record Plot(Project Project, string Entry, byte[] Content, byte[] OtherTrue)
    {
        public byte[] True { get; } = File.ReadAllBytes(Entry);

        public string Name { get; } = Path.GetFileName(Entry);

        public string Aside { get; } = Project.Path("aside" + Guid.NewGuid());

        public byte[] Forged => CacheSeal.Close(new byte[32], Name, Content);

        public void Put(byte[] bytes) => File.WriteAllBytes(Entry, bytes);
    }
}

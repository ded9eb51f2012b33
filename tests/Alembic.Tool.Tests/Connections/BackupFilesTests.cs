using Alembic.Sqlite;
using Alembic.Tool.Connections;

namespace Alembic.Tool.Tests.Connections;

[TestClass]
public sealed class BackupFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alembic-copies-").FullName;
    private readonly FixedClock _clock = new();

    private string Database => Path.Combine(_folder, "app.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void The_newest_copy_is_the_one_that_was_made_last_whatever_the_clock_says()
    {
        List<string> made = [];
        for (var i = 0; i < 12; i++)
        {
            _clock.Now = _clock.Now.AddDays(i % 3 == 0 ? -2 : i % 3 == 1 ? 0 : 1);
            made.Add(Made("r1"));
        }
        made.Reverse();
        CollectionAssert.AreEqual(made, Files.Of(Database).ToList());
        BackupFiles.Prune(made[0]);
        CollectionAssert.AreEqual(made[..6], Files.Of(Database).ToList());
    }

    [TestMethod]
    public void A_copy_that_cannot_be_deleted_keeps_no_other_from_being_deleted()
    {
        var made = Enumerable.Range(0, 9).Select(_ => Made("r1")).Reverse().ToList();
        BackupFiles.Prune(made[0], delete: file =>
        {
            if (file == made[7])
                throw new UnauthorizedAccessException("in use");
            File.Delete(file);
        });
        CollectionAssert.AreEqual(new[] { made[0], made[1], made[2], made[3], made[4], made[5], made[7] }, Files.Of(Database).ToArray());
    }

    [TestMethod]
    public void The_copy_to_keep_may_be_named_through_links()
    {
        var made = Enumerable.Range(0, 9).Select(_ => Made("r1")).Reverse().ToList();
        var link = Path.Combine(_folder, "current");
        Directory.CreateSymbolicLink(link, _folder);
        File.CreateSymbolicLink(Path.Combine(_folder, "oldest"), made[8]);
        BackupFiles.Prune(made[0], keep: Path.Combine(link, Path.GetFileName(made[7])));
        Assert.IsTrue(File.Exists(made[7]));
        BackupFiles.Prune(Made("r1"), keep: Path.Combine(link, "oldest"));
        Assert.IsFalse(File.Exists(made[7]));
    }

    [TestMethod]
    public void One_that_is_being_written_is_left_alone()
    {
        var copy = Made("r1");
        var unfinished = $"{copy}.{Guid.NewGuid():N}.tmp";
        using (new FileStream(unfinished, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
            BackupFiles.Prune(copy);
        Assert.IsTrue(File.Exists(unfinished));
        BackupFiles.Prune(copy);
        Assert.IsFalse(File.Exists(unfinished));
    }

    [TestMethod]
    [DataRow("app.db.20261123T004101Z-a1.backup", "app.db")]
    [DataRow("app.db.20261123T004101Z-a1+b2-5f.12.backup", "app.db")]
    [DataRow("app.db.eu.20261123T004101Z-a1.1.backup", "app.db.eu")]
    [DataRow("app.db.20261123T004101Z-a1.1.backup.20261124T004101Z-b2.2.backup", "app.db.20261123T004101Z-a1.1.backup")]
    [DataRow("app.db.20250101.backup", null)]
    [DataRow("app.db.20261323T004101Z-a1.backup", null)]
    [DataRow("app.db.20261123T004101Z-a1.01.backup", null)]
    [DataRow("app.db.20261123T004101Z-a1 copy.1.backup", null)]
    [DataRow("app.db.20261123T004101Z-a1.1.backup.gz", null)]
    [DataRow(".20261123T004101Z-a1.1.backup", null)]
    public void A_name_is_ours_only_in_exactly_our_form(string file, string? database) =>
        Assert.AreEqual(database, BackupFiles.DatabaseOf(file));

    [TestMethod]
    [DataRow(@"\\?\C:\w")]
    [DataRow(@"\\server\share\w")]
    public void Where_the_system_does_not_tell_the_free_space_the_copy_is_tried(string folder)
    {
        if (!OperatingSystem.IsWindows())
            Assert.IsNull(SqliteBackup.FreeSpace(folder));
        Assert.IsNotNull(SqliteBackup.FreeSpace(_folder));
    }

    private BackupFiles Files => new(null, _clock);

    private string Made(string revision)
    {
        var file = Files.Next(Database, revision);
        File.WriteAllText(file, "");
        return file;
    }

    private sealed class FixedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 23, 0, 41, 1, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}

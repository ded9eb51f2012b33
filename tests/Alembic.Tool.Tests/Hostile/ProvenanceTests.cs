using System.Diagnostics;
using System.Runtime.Versioning;
using Alembic.Tool.Configuration;
using Alembic.Tool.Scripts;
using Alembic.Tool.Tests.Commands;

namespace Alembic.Tool.Tests.Hostile;

/// <summary>
/// Before code is run, it is said where others may have put it; strict runs do nothing then, and what only reads says nothing.
/// </summary>
[TestClass]
[UnsupportedOSPlatform("windows")]
public sealed class ProvenanceTests : IDisposable
{
    private const UnixFileMode Shared = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly Project _project = new();
    private readonly string _outside = Directory.CreateTempSubdirectory("alembic-outside-").FullName;

    [TestInitialize]
    public void Begin()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Inconclusive("There are no modes here.");
        _project.Revision("r1", "one", upgrade: "op.CreateTable(\"t\", [new Column(\"id\", SqlType.Integer)]);");
    }

    [TestMethod]
    public void A_project_of_ones_own_is_fine()
    {
        Assert.DoesNotContain("warning", _project.Run("upgrade", "head").Ok().Error);
        Assert.DoesNotContain("warning", _project.Run("current").Ok().Error);
    }

    [TestMethod]
    [DataRow("alembic/versions")]
    [DataRow("alembic")]
    [DataRow("alembic/env.cs")]
    public void What_others_can_write_is_told(string path)
    {
        File.SetUnixFileMode(_project.Path(path), Shared);
        Refused($"<DIR>/{path} can be written by others");
    }

    [TestMethod]
    public void In_a_sticky_folder_others_can_put_files_too()
    {
        File.SetUnixFileMode(_project.Path("alembic/versions"), Shared | UnixFileMode.StickyBit);
        Refused("<DIR>/alembic/versions can be written by others");
    }

    [TestMethod]
    public void A_group_is_others_unless_it_is_the_owners_own()
    {
        if (Environment.UserName != "root")
            Assert.Inconclusive("Only root can give files away.");
        var versions = _project.Path("alembic/versions");
        File.SetUnixFileMode(versions, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupWrite);
        Assert.DoesNotContain("warning", _project.Run("current").Ok().Error);
        Process.Start("chown", ["root:daemon", versions]).WaitForExit();
        Refused("<DIR>/alembic/versions can be written by others");
    }

    [TestMethod]
    public void What_belongs_to_another_user_is_told()
    {
        if (Environment.UserName != "root")
            Assert.Inconclusive("Only root can give files away.");
        Process.Start("chown", ["daemon", _project.Path("alembic/versions")]).WaitForExit();
        Refused("<DIR>/alembic/versions belongs to another user");
    }

    [TestMethod]
    [DataRow("alembic/versions")]
    [DataRow("alembic")]
    [DataRow("alembic/env.cs")]
    [DataRow("alembic/versions/r1_one.cs")]
    public void A_link_out_of_the_project_is_told(string path)
    {
        Replace(path, Path.Combine(_outside, "x"), Path.Combine(_outside, "x"));
        Refused($"<DIR>/{path} is a link that leads out of the project, to {_outside}/x");
    }

    [TestMethod]
    public void So_is_one_of_a_folder_among_several_levels()
    {
        _project.Write("alembic.ini",
            File.ReadAllText(_project.Path("alembic.ini"))
                .Replace("[alembic]", "[alembic]\nrecursive_version_locations = true", StringComparison.Ordinal));
        Directory.CreateDirectory(_project.Path("alembic/versions/2026"));
        File.Move(_project.Path("alembic/versions/r1_one.cs"), _project.Path("alembic/versions/2026/r1_one.cs"));
        Replace("alembic/versions/2026", Path.Combine(_outside, "x"), Path.Combine(_outside, "x"));
        Refused($"<DIR>/alembic/versions/2026 is a link that leads out of the project, to {_outside}/x");
    }

    [TestMethod]
    [DataRow("alembic/versions", "alembic/real")]
    [DataRow("alembic/versions", "elsewhere")]
    [DataRow("alembic/versions/r1_one.cs", "alembic/versions/data")]
    public void A_link_within_the_project_is_fine(string path, string target)
    {
        Replace(path, _project.Path(target), Path.GetRelativePath(Path.GetDirectoryName(_project.Path(path))!, _project.Path(target)));
        Assert.DoesNotContain("warning", _project.Run("upgrade", "head").Ok().Error);
    }

    [TestMethod]
    public void What_the_system_does_not_say_is_unknown()
    {
        var settings = new Settings(IniFile.Read(_project.Path("alembic.ini"), _ => null), "alembic", _project.Folder);
        Assert.IsNull(new Provenance(settings).Unknown);
        Assert.AreEqual($"whether others can write to {_project.Path("alembic")} is unknown: this system does not say it",
            new Provenance(settings, _ => false).Unknown);
    }

    public void Dispose()
    {
        _project.Dispose();
        Directory.Delete(_outside, recursive: true);
    }

    private void Replace(string path, string target, string link)
    {
        Directory.Move(_project.Path(path), target);
        File.CreateSymbolicLink(_project.Path(path), link);
    }

    private void Refused(string finding)
    {
        foreach (var command in new string[][] { ["history"], ["heads"], ["show", "r1"], ["branches"] })
            Assert.AreEqual("", _project.Run(command).Ok().Error);
        _project.Run("upgrade", "head", "--strict").Fails(64, $"{finding}");
        var ini = File.ReadAllText(_project.Path("alembic.ini"));
        _project.Write("alembic.ini", ini.Replace("[alembic]", "[alembic]\nstrict = true", StringComparison.Ordinal));
        _project.Run("upgrade", "head").Fails(64, finding);
        _project.Write("alembic.ini", ini);
        Assert.IsFalse(File.Exists(_project.Path("test.db")) && _project.Rows("SELECT name FROM sqlite_schema WHERE name = 't'").Count > 0);
        var warning = _project.Run("upgrade", "head").Ok().Error;
        Assert.HasCount(2, warning.Split($"warning: {finding}"));
        _project.Run("current").Ok();
    }
}

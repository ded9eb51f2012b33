using Alembic.Tool.Configuration;
using Alembic.Tool.Scripts;
using Alembic.Tool.Tests.Commands;

namespace Alembic.Tool.Tests.Hostile;

/// <summary>Files are written where the configuration says, and nowhere else: whatever an argument, a setting or a link says.</summary>
[TestClass]
public sealed class PathTests
{
    private static readonly string[] Ways =
    [
        "../x", "../../x", "../../../../../../tmp/x", "/tmp/x", "//tmp/x", "./../../x", "a/../../x", "a/b/../../../x", "..", ".", "a/..",
        "~/x", "$HOME/x", "%(here)s/../x", "..\\x", "..\\..\\x", "\\x", "C:\\x", "C:x", "\\\\host\\share\\x",
        "\\\\?\\C:\\x", "file:///tmp/x", "x\n../y", "..%2fx", "..%c0%afx", "\u2024\u2024/x", "\uff0e\uff0e/x", "link/x", "link/../x",
        "link/new/x", "up/x", "loop/x", "/proc/self/cwd/x", "/dev/stdout", "/dev/null", "x/", "x//y", ".x", "-x",
    ];

    // What a name may not be on Windows, where the same project may be used.
    private static readonly string[] NoNames =
    [
        "con", "CON", "prn", "AUX", "nul", "com1", "COM9", "lpt1", "LPT9", "con.txt", "nul.tar.gz", "con ", "CON.", "aux .x", "C:", "c:x",
        "C:\\x", "x:y", "x:y:$DATA", "x::$INDEX_ALLOCATION", "a<b", "a>b", "a|b", "a?b", "a*b", "a\"b", "a\\b",
        "\\\\.\\pipe\\x", "\\\\?\\x", "x/con/y", "x/nul", "x /y", "x./y", "a\u0001b", "a\tb", "a\u007fb",
    ];

    [TestMethod]
    public void In_arguments_and_settings_nothing_leads_out()
    {
        foreach (var way in Ways)
        {
            using var place = new Place();
            foreach (var option in new[] { "--message=", "--rev-id=", "--version-path=", "--version-path=alembic/versions/" })
                place.Stays("revision", option + way, "--splice", "--head=base");
            place.Stays("merge", "aaa1", "aaa2", "--splice", $"--rev-id={way}");
            place.Stays("merge", "aaa1", "aaa2", "--splice", $"--message={way}");
            place.Stays("init", "more", $"--template={way}");
            foreach (var template in new[] { way, $"{way}/%%(rev)s", $"%%(rev)s/{way}" })
            {
                place.Set("file_template", template.ReplaceLineEndings(" "));
                place.Stays("revision", "--message=x", "--splice", "--head=base");
            }
        }
    }

    [TestMethod]
    [DataRow("alembic/versions/2026")]
    [DataRow("alembic/versions/2026/11")]
    public void A_folder_that_leads_out_is_not_gone_through(string folder)
    {
        using var place = new Place();
        place.Set("file_template", "%%(year)d/%%(month).2d/%%(rev)s");
        Directory.CreateDirectory(Path.GetDirectoryName(place.Project.Path(folder))!);
        foreach (var year in new[]
        {
            folder,
            folder.Replace("2026", $"{DateTime.Now.Year}", StringComparison.Ordinal)
                .Replace("/11", $"/{DateTime.Now.Month:00}", StringComparison.Ordinal)
        }.Distinct())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(place.Project.Path(year))!);
            Directory.CreateSymbolicLink(place.Project.Path(year), place.Outside);
        }
        place.Project.Run("revision", "-m", "x", "--splice", "--head=base").Fails(1, "");
        place.IsUntouched(folder);
    }

    [TestMethod]
    public void A_file_that_is_there_is_not_followed()
    {
        using var place = new Place();
        foreach (var target in new[] { place.Outside + "/new", place.Outside + "/keep", "/dev/null", "bbb1_x.cs" })
        {
            File.CreateSymbolicLink(place.Project.Path("alembic/versions/bbb1_x.cs"), target);
            Assert.AreNotEqual(0, place.Project.Run("revision", "-m", "x", "--rev-id=bbb1", "--splice", "--head=base").Code, target);
            File.Delete(place.Project.Path("alembic/versions/bbb1_x.cs"));
            place.IsUntouched(target);
        }
    }

    [TestMethod]
    public void Init_writes_through_no_link()
    {
        using var place = new Place();
        File.CreateSymbolicLink(place.Project.Path("new.ini"), place.Outside + "/new");
        Directory.CreateSymbolicLink(place.Project.Path("more"), place.Outside);
        place.Project.Run("-c", "new.ini", "init", "more").Fails(1, "Directory more already exists and is not empty");
        place.Project.Run("-c", "new.ini", "init", "others").Ok();
        CollectionAssert.AreEqual(new[] { place.Outside + "/keep" }, Directory.GetFileSystemEntries(place.Outside));
    }

    [TestMethod]
    public void Names_that_are_none_on_Windows_are_none_anywhere()
    {
        foreach (var name in NoNames)
            Assert.ThrowsExactly<ConfigurationException>(
                () => new FileTemplate(name).Render("abc", "slug", DateTimeOffset.UnixEpoch), name);
        // Behind an id they are no devices any more.
        foreach (var name in NoNames)
        {
            try
            {
                RevisionId.Check(name);
            }
            catch (AlembicException)
            {
                continue;
            }
            Assert.IsTrue(name.All(c => char.IsLetterOrDigit(c) || c == '.'), name);
        }
    }

    /// <summary>A project with links that lead out of it, and what is there.</summary>
    private sealed class Place : IDisposable
    {
        private readonly string[] _before;
        private readonly string _ini;

        public Place()
        {
            Project.Revision("aaa1", "one");
            Project.Revision("aaa2", "two");
            File.WriteAllText(Outside + "/keep", "keep");
            Directory.CreateSymbolicLink(Project.Path("alembic/versions/link"), Outside);
            Directory.CreateSymbolicLink(Project.Path("alembic/versions/up"), "../..");
            Directory.CreateSymbolicLink(Project.Path("alembic/versions/loop"), "loop");
            _before = [.. Known()];
            _ini = File.ReadAllText(Project.Path("alembic.ini"));
        }

        public Project Project { get; } = new();

        public string Outside { get; } = Directory.CreateTempSubdirectory("alembic-outside-").FullName;

        public void Set(string key, string value) =>
            Project.Write("alembic.ini", _ini.Replace("[alembic]", $"[alembic]\n{key} = {value}", StringComparison.Ordinal));

        public void Stays(params string[] command)
        {
            Assert.DoesNotContain("   at ", Project.Run(command).Error);
            IsUntouched(string.Join(' ', command));
        }

        public void IsUntouched(string what)
        {
            CollectionAssert.AreEqual(_before, Known().ToArray(), what);
            Assert.AreEqual("keep", File.ReadAllText(Outside + "/keep"), what);
        }

        public void Dispose()
        {
            Project.Dispose();
            Directory.Delete(Outside, recursive: true);
        }

        // All but what is really below the version location.
        private IEnumerable<string> Known() => new[] { Outside, Project.Folder, Project.Path("alembic") }
            .SelectMany(folder => Directory.GetFileSystemEntries(folder)).Append($"{File.Exists("/tmp/x") || File.Exists("/tmp/x.cs")}")
            .Order(StringComparer.Ordinal);
    }
}

namespace Journeys;

/// <summary>A bundle of the installed tool goes where the project is not, and another user runs it there.</summary>
[TestClass]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class BundleTests
{
    private const long Most = 20_000_000;
    private const UnixFileMode All = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | Read;
    private const UnixFileMode Read =
        UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    // Not in the folder of the other journeys, which is closed to others.
    private readonly string _folder =
        OperatingSystem.IsWindows() ? "" : Directory.CreateDirectory(
            Path.Combine(Path.GetTempPath(), $"alembic-bundle-{Guid.NewGuid():N}"), All).FullName;

    private bool _hasDotnet = true;

    private string Bundle => Path.Combine(_folder, "bundle");

    private string Data => Path.Combine(_folder, "data");

    [TestCleanup]
    public void Remove() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    public void Another_user_migrates_with_it_on_a_file_system_that_can_only_be_read()
    {
        Needed();
        var project = Project.Begun();
        project.Alembic("revision", "--autogenerate", "-m", "timeline").Ok();
        project.Alembic("revision", "-m", "second").Ok();
        project.Body("second", "op.Execute(\"INSERT INTO timeline (name) VALUES ('x')\");", "op.Execute(\"DELETE FROM timeline\");");
        var (first, second) = (project.Id("timeline"), project.Id("second"));
        project.Alembic("bundle", "-o", Bundle).Ok()
            .Prints($"2 revisions for sqlite in {Bundle}, ").Logs($"hint: {Bundle}/migrate upgrade");
        Directory.Delete(project.Folder, recursive: true);

        var files = Directory.GetFiles(Bundle, "*", SearchOption.AllDirectories);
        Assert.IsLessThan(Most, files.Sum(file => new FileInfo(file).Length));
        Assert.IsEmpty(files.Where(f => f.Contains("CodeAnalysis") || f.Contains("Scriban") || f.Contains("compiler")
            || f.Contains("Npgsql")).ToList());
        Migrate("plan").Ok().Prints("plan        2 steps");
        Assert.DoesNotContain("warning", Migrate("upgrade", "heads").Ok().Logs("2 revisions in ").Error);
        Migrate("current", "--check-heads").Ok().Prints($"{second} (head)");
        Migrate("verify").Ok();
        Migrate("lock", "status").Ok().Prints(": free");
        Migrate("status").Ok().Prints("pending     nothing");
        Migrate("downgrade", "-1").Ok();
        Migrate("current").Ok().Prints(first);
        Migrate("history", "-r", "current:head").Ok().Prints(second);
        Migrate("revision", "-m", "third")
            .Fails(64, "'revision' needs the project, but this is a bundle", "dotnet alembic revision, in the project");
        Migrate("--url", "sqlite:////nowhere/at/all.db", "upgrade", "heads").Fails(64, "unable to open database file", "mkdir /nowhere/at");
        Migrate("--url", "postgresql://localhost/shop", "upgrade", "heads")
            .Fails(64, "this bundle is not for postgresql", "dotnet alembic");
    }

    [TestMethod]
    public void A_self_contained_one_migrates_where_no_dotnet_is()
    {
        Needed();
        var project = Project.Begun();
        project.Alembic("revision", "--autogenerate", "-m", "timeline").Ok();
        project.Alembic("bundle", "-o", Bundle, "--self-contained").Ok()
            .Prints($"1 revision for sqlite in {Bundle}, with .NET {Environment.Version}, ");
        _hasDotnet = false;
        Migrate("upgrade", "heads").Ok();
        Migrate("current", "--check-heads").Ok().Prints(project.Id("timeline"));
        if (!MayMount)
            return;
        // It is this that it runs on.
        Directory.Delete(Path.Combine(Bundle, "dotnet"), recursive: true);
        Assert.AreNotEqual(0, Migrate("current").Logs("You must install .NET").Code);
    }

    [TestMethod]
    public void A_folder_that_cannot_be_written_gets_no_bundle()
    {
        Needed();
        var project = Project.Begun();
        project.Alembic("revision", "-m", "one").Ok();
        var result = project.Alembic("bundle", "-o", "/proc/nothing");
        Assert.AreEqual(1, result.Code);
        result.Logs("FAILED: Can't write /proc/nothing: ");
    }

    // As nobody, with no variables; where root may, with everything but the data read-only, and without the machine's .NET.
    private Result Migrate(params string[] arguments)
    {
        if (!Directory.Exists(Data))
        {
            Directory.CreateDirectory(Data);
            File.SetUnixFileMode(Data, All | UnixFileMode.OtherWrite);
        }
        string[] program = [.. AsNobody, "env", "-i", $"ALEMBIC_URL=sqlite:///{Data}/shop.db",
            .. _hasDotnet ? [$"DOTNET_ROOT={Dotnet}"] : Array.Empty<string>(), Path.Combine(Bundle, "migrate"), .. arguments];
        var mounts = $"mount --bind {Data} {Data}{(_hasDotnet ? "" : $" && mount -t tmpfs none {Dotnet}")}";
        return !MayMount
            ? InstalledTool.Start(program[0], program[1..], "/")
            : InstalledTool.Start("unshare", ["-m", "sh", "-c",
                $"mount --bind / / && {mounts} && mount -o remount,bind,ro / && chroot / \"$@\"", "sh", .. program], "/");
    }

    private static string Dotnet => Path.GetFullPath(Path.Combine(typeof(object).Assembly.Location, "../../../.."));

    private static string[] AsNobody =>
        Environment.UserName == "root" ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];

    private static bool MayMount =>
        Environment.UserName == "root"
        && InstalledTool.Start("unshare", ["-m", "sh", "-c", "mount --bind / / && mount -o remount,bind,ro /"], "/").Code == 0;

    private static void Needed()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Inconclusive("the program is started as Linux starts it");
    }
}

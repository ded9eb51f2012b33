using System.Runtime.InteropServices;
using System.Text.Json;

namespace Journeys;

/// <summary>The ways to install and to call.</summary>
[TestClass]
public sealed class InstallTests
{
    [TestMethod]
    public void A_local_manifest_gives_dotnet_alembic_in_the_repository()
    {
        var folder = InstalledTool.NewFolder();
        InstalledTool.Start("dotnet", ["new", "tool-manifest"], folder).Ok();
        InstalledTool.Start("dotnet", ["tool", "install", "dotnet-alembic"], folder).Ok();
        InstalledTool.Start("dotnet", ["alembic", "--version"], folder).Ok().Prints("dotnet-alembic ");
        InstalledTool.Start("dotnet", ["tool", "exec", "dotnet-alembic", "--", "--version"], folder).Ok().Prints("dotnet-alembic ");
        // A migration's exit code comes through.
        Assert.AreEqual(64, InstalledTool.Start("dotnet", ["alembic", "upgrade", "head"], folder).Code);
    }

    [TestMethod]
    public void A_global_tool_answers_to_both_names()
    {
        var folder = InstalledTool.NewFolder();
        var home = new Dictionary<string, string> { ["DOTNET_CLI_HOME"] = folder };
        InstalledTool.Start("dotnet", ["tool", "install", "--global", "dotnet-alembic"], folder, home).Ok();
        var tools = Path.Combine(folder, ".dotnet", "tools");
        home["PATH"] = tools + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
        InstalledTool.Start("dotnet", ["alembic", "--version"], folder, home).Ok().Prints("dotnet-alembic ");
        InstalledTool.Start(Path.Combine(tools, OperatingSystem.IsWindows() ? "dotnet-alembic.exe" : "dotnet-alembic"), ["--version"],
            folder, home).Ok().Prints("dotnet-alembic ");
    }

    [TestMethod]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Installed_by_root_it_runs_for_everybody()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
            Assert.Inconclusive("only root can be somebody else");
        // Not in the folder of the other journeys, which is closed to others.
        const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
            | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"alembic-journeys-{Guid.NewGuid():N}"), ForAll).FullName;
        try
        {
            InstalledTool.Start("dotnet", ["tool", "install", "dotnet-alembic", "--tool-path", Path.Combine(folder, "tools")],
                InstalledTool.NewFolder()).Ok();
            var project = Directory.CreateDirectory(Path.Combine(folder, "project")).FullName;
            InstalledTool.Start("chown", ["nobody", project], folder).Ok();
            foreach (var command in new[] { "init", "revision -m one", "upgrade head" })
            {
                var cache = new Dictionary<string, string>
                {
                    ["ALEMBIC_CACHE_DIR"] = Path.Combine(project, "cache"), ["HOME"] = project, ["XDG_CONFIG_HOME"] = project
                };
                var result = InstalledTool.Start("runuser",
                    ["-u", "nobody", "--", Path.Combine(folder, "tools", "dotnet-alembic"), .. command.Split(' ')], project, cache).Ok();
                Assert.DoesNotContain("warning", result.Error);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestMethod]
    public void The_packages_carry_what_they_should()
    {
        var package = Directory.EnumerateFiles(InstalledTool.Feed, $"dotnet-alembic.{RuntimeInformation.RuntimeIdentifier}.*.nupkg")
            .Single();
        using var archive = System.IO.Compression.ZipFile.OpenRead(package);
        var names = archive.Entries.Select(e => e.FullName).ToList();
        Assert.Contains("README.md", names);
        Assert.Contains("icon.png", names);
        Assert.IsTrue(names.Any(n => n.EndsWith("alembic/templates/generic/script.cs.scriban", StringComparison.Ordinal)),
            string.Join("\n", names));
        // Elsewhere than in CI only what this machine needs is packed.
        string[] others = Environment.GetEnvironmentVariable("CI") == "true"
            ? ["any", "linux-x64", "linux-arm64", "win-x64", "osx-arm64"]
            : [];
        foreach (var name in others.Select(platform => $"dotnet-alembic.{platform}.0").Append("dotnet-alembic.0").Append("Alembic.0"))
            Assert.IsNotEmpty(Directory.GetFiles(InstalledTool.Feed, $"{name}*.nupkg"), name);

        using var materials = JsonDocument.Parse(archive.GetEntry("bom.json")!.Open());
        using var dependencies = JsonDocument.Parse(archive.Entries.Single(e => e.Name == "dotnet-alembic.deps.json").Open());
        var listed = materials.RootElement.GetProperty("components").EnumerateArray()
            .Select(c => $"{c.GetProperty("name")}/{c.GetProperty("version")}").ToHashSet();
        var carried = dependencies.RootElement.GetProperty("targets").EnumerateObject().SelectMany(target => target.Value.EnumerateObject())
            .Where(library => new[] { "runtime", "native", "runtimeTargets" }.Any(kind => library.Value.TryGetProperty(kind, out _)))
            .Select(library => library.Name)
            .Where(name => !name.StartsWith("Alembic", StringComparison.Ordinal)
                && !name.StartsWith("dotnet-alembic/", StringComparison.Ordinal)).ToList();
        Assert.IsNotEmpty(carried);
        Assert.IsEmpty(carried.Except(listed), string.Join(", ", carried.Except(listed)));
    }
}

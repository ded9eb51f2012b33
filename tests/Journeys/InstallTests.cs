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
        InstalledTool.Start(Path.Combine(tools, OperatingSystem.IsWindows() ? "dotnet-alembic.exe" : "dotnet-alembic"), ["--version"], folder, home).Ok().Prints("dotnet-alembic ");
    }

    [TestMethod]
    public void The_packages_carry_what_they_should()
    {
        var package = Directory.EnumerateFiles(InstalledTool.Feed, $"dotnet-alembic.{RuntimeInformation.RuntimeIdentifier}.*.nupkg").Single();
        using var archive = System.IO.Compression.ZipFile.OpenRead(package);
        var names = archive.Entries.Select(e => e.FullName).ToList();
        Assert.Contains("README.md", names);
        Assert.Contains("icon.png", names);
        Assert.IsTrue(names.Any(n => n.EndsWith("alembic/templates/generic/script.cs.scriban", StringComparison.Ordinal)), string.Join("\n", names));
        foreach (var name in new[] { "dotnet-alembic.0", "dotnet-alembic.any.0", "dotnet-alembic.linux-x64.0", "dotnet-alembic.linux-arm64.0", "dotnet-alembic.win-x64.0", "dotnet-alembic.osx-arm64.0", "Alembic.0" })
            Assert.IsNotEmpty(Directory.GetFiles(InstalledTool.Feed, $"{name}*.nupkg"), name);

        using var materials = JsonDocument.Parse(archive.GetEntry("bom.json")!.Open());
        using var dependencies = JsonDocument.Parse(archive.Entries.Single(e => e.Name == "dotnet-alembic.deps.json").Open());
        var listed = materials.RootElement.GetProperty("components").EnumerateArray().Select(c => $"{c.GetProperty("name")}/{c.GetProperty("version")}").ToHashSet();
        var carried = dependencies.RootElement.GetProperty("targets").EnumerateObject().SelectMany(target => target.Value.EnumerateObject())
            .Where(library => new[] { "runtime", "native", "runtimeTargets" }.Any(kind => library.Value.TryGetProperty(kind, out _)))
            .Select(library => library.Name).Where(name => !name.StartsWith("Alembic", StringComparison.Ordinal) && !name.StartsWith("dotnet-alembic/", StringComparison.Ordinal)).ToList();
        Assert.IsNotEmpty(carried);
        Assert.IsEmpty(carried.Except(listed), string.Join(", ", carried.Except(listed)));
    }
}

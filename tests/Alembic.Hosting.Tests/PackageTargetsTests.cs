using System.Diagnostics;

namespace Alembic.Hosting.Tests;

/// <summary>What the package adds to the build of an application.</summary>
[TestClass]
public sealed class PackageTargetsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alembic-targets-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [TestMethod]
    [DataRow("", "Alembic.Revisions/usual.cs", DisplayName = "the usual folder")]
    [DataRow("-p:AlembicVersions=db/versions", "Alembic.Revisions/2026/other.cs", DisplayName = "another folder")]
    [DataRow("-p:EmbedAlembicRevisions=false", "", DisplayName = "none")]
    public void Sources_of_revisions_are_embedded_as_the_project_says(string property, string expected)
    {
        Write("alembic/versions/usual.cs", "");
        Write("db/versions/2026/other.cs", "");
        Write("app.proj", $"""<Project><Import Project="{Path.Combine(Repository.Root, "nuget", "Alembic.targets")}" /></Project>""");

        var embedded = Run("msbuild", "app.proj", "-getItem:EmbeddedResource", property);

        var names = embedded.Split('\n').Where(line => line.Contains("\"LogicalName\"", StringComparison.Ordinal))
            .Select(line => line.Split('"')[3]);
        Assert.AreEqual(expected, string.Join(" ", names), embedded);
    }

    private void Write(string file, string text)
    {
        var path = Path.Combine(_folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private string Run(params string[] arguments)
    {
        using var dotnet = Process.Start(new ProcessStartInfo("dotnet", arguments.Where(a => a.Length > 0))
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
        })!;
        var output = dotnet.StandardOutput.ReadToEnd();
        dotnet.WaitForExit();
        return output;
    }
}

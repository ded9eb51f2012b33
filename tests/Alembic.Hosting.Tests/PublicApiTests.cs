using System.Reflection;

namespace Alembic.Hosting.Tests;

/// <summary>The public API of each package stands in a file, so that a change shows in review.</summary>
[TestClass]
public sealed class PublicApiTests
{
    public static IEnumerable<object[]> Packages => Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj",
        new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
        .Where(project => File.ReadAllText(project) is var text && text.Contains("Package.props", StringComparison.Ordinal)
            && !text.Contains("<PackAsTool>", StringComparison.Ordinal))
        .Select(project => new object[] { Path.GetFileNameWithoutExtension(project) });

    [TestMethod]
    public void The_packages_are_found() => Assert.IsGreaterThan(5, Packages.Count());

    [TestMethod]
    [DynamicData(nameof(Packages))]
    public void The_public_API_is_what_its_file_says(string package)
    {
        var file = Path.Combine(Repository.Root, "tests", "Alembic.Hosting.Tests", "PublicApi", $"{package}.txt");
        var now = PublicApi.Of(Assembly.Load(package));
        var approved = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "";
        if (now == approved)
            return;
        if (Environment.GetEnvironmentVariable("ALEMBIC_UPDATE_API") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, now);
            return;
        }
        var (before, after) = (approved.Split('\n'), now.Split('\n'));
        var changes = before.Except(after).Select(line => $"- {line}").Concat(after.Except(before).Select(line => $"+ {line}"));
        Assert.Fail(
            $"The public API of {package} has changed. If that is meant, run this test with "
                + $"ALEMBIC_UPDATE_API=1.\n{string.Join('\n', changes)}");
    }
}

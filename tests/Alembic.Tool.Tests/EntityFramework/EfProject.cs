using System.Diagnostics;

namespace Alembic.Tool.Tests.EntityFramework;

/// <summary>
/// A copy of the sample shop, or a project of a few lines, with the tool run on it: the installed one where ALEMBIC_TEST_TOOL names it.
/// </summary>
internal sealed class EfProject : IDisposable
{
    private static readonly string Sample = System.IO.Path.Combine(Repository.Root, "tests", "samples", "shop");

    private static readonly string? Installed =
        Environment.GetEnvironmentVariable("ALEMBIC_TEST_TOOL") is { Length: > 0 } tool ? tool : null;

    private readonly Project _project = new(initialised: false);

    private EfProject()
    {
        Servers.LeaveOutBuilds();
        foreach (var file in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
            File.Copy(System.IO.Path.Combine(Sample, file), _project.Path(file));
        _project.WorkingDirectory = Directory.CreateDirectory(_project.Path("Shop")).FullName;
    }

    /// <summary>A folder with nothing in it.</summary>
    public static EfProject Bare() => new();

    /// <summary>A folder with nothing in it but what a first command writes.</summary>
    public static EfProject Empty(params string[] first)
    {
        var project = new EfProject();
        project.Run(first).Ok();
        return project;
    }

    /// <summary>The sample, with one of the EF Core versions that it can have.</summary>
    public static EfProject Shop(int entityFramework, string url)
    {
        var project = new EfProject();
        project.Replace("../Directory.Build.props", ">10</EfMajor>", $">{entityFramework}</EfMajor>");
        foreach (var file in Directory.EnumerateFiles(System.IO.Path.Combine(Sample, "Shop")))
            File.Copy(file, project.Path(System.IO.Path.GetFileName(file)));
        Assert.Contains("model = ef:%(here)s/Shop.csproj", project.Run("init", "--url", url).Ok().Out);
        return project;
    }

    /// <summary>A project of these files.</summary>
    public static EfProject Of(string sdk, string properties, params (string Name, string Text)[] files)
    {
        var project = new EfProject();
        // One of an older EF Core fits all that a project with several frameworks is for.
        project.Replace("../Directory.Build.props", ">10</EfMajor>", properties.Contains("TargetFrameworks", StringComparison.Ordinal)
            ? ">8</EfMajor>" : ">10</EfMajor>");
        project.Replace("../Directory.Build.props", "</PropertyGroup>", $"{properties}</PropertyGroup>");
        project.Write("Shop.csproj", $$"""
            <Project Sdk="{{sdk}}">
              <ItemGroup>
                <PackageReference Include="Microsoft.EntityFrameworkCore.Sqlite" />
                {{(sdk.EndsWith("Web", StringComparison.Ordinal)
                    ? "<PackageReference Include=\"Microsoft.AspNetCore.Identity.EntityFrameworkCore\" />" : "")}}
              </ItemGroup>
            </Project>
            """);
        foreach (var (name, text) in files)
            project.Write(name, text);
        project.Run("init").Ok();
        return project;
    }

    public string Path(string name) => System.IO.Path.Combine(_project.WorkingDirectory!, name);

    public void Write(string name, string text) => File.WriteAllText(Path(name), text);

    /// <summary>Edits a file so that it is newer than what was built of it.</summary>
    public void Replace(string name, string from, string to)
    {
        var text = File.ReadAllText(Path(name));
        Assert.Contains(from, text);
        Write(name, text.Replace(from, to, StringComparison.Ordinal));
    }

    public Result Run(params string[] arguments) =>
        Installed is null ? _project.Run(arguments) : _project.RunInstalled(Installed, arguments);

    /// <summary>Runs a command that fails, with these parts in what it says.</summary>
    public Result Fails(int code, string[] arguments, params string[] parts)
    {
        var result = Run(arguments);
        Assert.AreEqual(code, result.Code, $"{result.Out}{result.Error}");
        foreach (var part in parts)
            Assert.Contains(part, result.Error);
        Assert.DoesNotContain("   at ", result.Error);
        return result;
    }

    /// <summary>The newest revision's file.</summary>
    public string Revision() =>
        File.ReadAllText(Directory.EnumerateFiles(Path("alembic/versions"), "*.cs").OrderBy(File.GetLastWriteTimeUtc).Last());

    public void Dotnet(params string[] arguments) => Start("dotnet", arguments);

    /// <summary>Runs another program in the project's folder, to its end.</summary>
    public void Start(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _project.WorkingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, $"{program} {string.Join(' ', arguments)}\n{output}{error.Result}");
    }

    /// <summary>What the application prints.</summary>
    public string RunApplication(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["run", "--no-build", "--", .. arguments])
        {
            WorkingDirectory = _project.WorkingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_ROLL_FORWARD"] = "Major", ["Logging__LogLevel__Default"] = "None" },
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new AssertFailedException(output + error.Result);
    }

    public void Dispose() => _project.Dispose();
}

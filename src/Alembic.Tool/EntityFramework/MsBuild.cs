using System.Text.Json;

namespace Alembic.Tool.EntityFramework;

/// <summary>Asks MSBuild about a project, and builds it.</summary>
internal sealed class MsBuild(Dotnet dotnet, ModelSource source)
{
    private static readonly string[] Properties =
        ["TargetPath", "ProjectDepsFilePath", "ProjectRuntimeConfigFilePath", "ProjectAssetsFile", "TargetFramework", "TargetFrameworks"];

    private static string Targets => Path.Combine(AppContext.BaseDirectory, "alembic", "model", "alembic-model.targets");

    private string Folder => Path.GetDirectoryName(source.Path)!;

    // Only these verbs know the project of a file-based application: it has no file.
    private string[] Verb => source.Path.EndsWith(".cs", StringComparison.OrdinalIgnoreCase) ? ["build", source.Path, "--no-restore"]
        : ["msbuild", source.Path];

    /// <exception cref="AlembicException">MSBuild cannot read the project, or the project has no .NET target that can be run.</exception>
    public ProjectFacts Facts()
    {
        var framework = source.Framework;
        var (properties, items) = Evaluate(framework);
        if (framework is null && properties["TargetPath"].Length == 0)
        {
            framework =
                Choose(properties["TargetFrameworks"].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            (properties, items) = Evaluate(framework);
        }
        string FullPath(string property) => Path.GetFullPath(properties[property], Folder);
        if (properties["TargetPath"].Length == 0)
            throw new AlembicException($"{source.Path} is not a project that MSBuild can build");
        return new ProjectFacts
        {
            Assembly = FullPath("TargetPath"),
            DepsFile = FullPath("ProjectDepsFilePath"),
            RuntimeConfigFile = FullPath("ProjectRuntimeConfigFilePath"),
            AssetsFile = FullPath("ProjectAssetsFile"),
            Framework = properties["TargetFramework"],
            Frameworks = properties["TargetFrameworks"],
            Projects = [.. items.GroupBy(i => File.Exists(i.Project) ? i.Project : source.Path).Select(Part)],
        };
    }

    /// <summary>Builds the project and what it references.</summary>
    /// <param name="framework">The framework to build for, if the project has several; else null.</param>
    /// <param name="error">Gets the errors of the build.</param>
    /// <exception cref="AlembicException">The project does not build.</exception>
    public void Build(string? framework, Action<string> error)
    {
        var (exit, output) = Run(
            ["build", source.Path, "-nologo", "-v:q", "-clp:ErrorsOnly;NoSummary", "-p:PublishAot=false", .. Configuration,
                .. framework is null ? Array.Empty<string>() : ["-f", framework]]);
        if (exit == 0)
            return;
        foreach (var line in output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct())
            error(line);
        throw new AlembicException($"{source.Path} does not build") { Hint = $"dotnet build {source.Path}" };
    }

    private IEnumerable<string> Configuration => source.Configuration is { } name ? [$"-p:Configuration={name}"] : [];

    private (Dictionary<string, string> Properties, List<(string Project, string Assembly, string? File)> Items) Evaluate(
        string? framework, bool isRestored = false)
    {
        var (exit, output) = Run(
        [
            .. Verb, "-nologo", .. Configuration, .. framework is null ? Array.Empty<string>()
                : [$"-p:TargetFramework={framework}"],
            $"-p:CustomAfterMicrosoftCommonTargets={Targets}", $"-p:CustomAfterMicrosoftCommonCrossTargetingTargets={Targets}",
            "-t:AlembicModelInputs", "-getTargetResult:AlembicModelInputs", $"-getProperty:{string.Join(',', Properties)}",
        ]);
        try
        {
            using var json = JsonDocument.Parse(output[Math.Max(0, output.IndexOf('{', StringComparison.Ordinal))..]);
            var properties = json.RootElement.GetProperty("Properties");
            var result = json.RootElement.GetProperty("TargetResults").GetProperty("AlembicModelInputs");
            if (exit == 0 && result.GetProperty("Result").GetString() == "Success")
            {
                return (Properties.ToDictionary(name => name, name => properties.GetProperty(name).GetString() ?? ""),
                    [.. result.GetProperty("Items").EnumerateArray().Select(
                        i => (Text(i, "Project"), Text(i, "Assembly"), Text(i, "IsProject") == "true" ? null : Text(i, "FullPath")))]);
            }
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // An output that is not an answer is told below.
        }
        // The packages were never restored.
        if (!isRestored && output.Contains("NETSDK1004", StringComparison.Ordinal))
        {
            (exit, output) = Run(["restore", source.Path, "-nologo", "-v:q"]);
            if (exit == 0)
                return Evaluate(framework, isRestored: true);
        }
        throw new AlembicException($"MSBuild can't read {source.Path}: {Reason(output)}") { Hint = $"dotnet build {source.Path}" };

        static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;
    }

    private (int? ExitCode, string Output) Run(IEnumerable<string> arguments)
    {
        using var span = Spans.Begin(Spans.Build);
        return dotnet.Run(arguments, Folder);
    }

    // Gets the first error of its output, else its first line.
    private static string Reason(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines.FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase))
            ?? lines.FirstOrDefault() ?? "it gave no answer";
    }

    // The newest .NET that is not for one system only; if there is none, the newest of all.
    private string Choose(string[] frameworks) => frameworks
        .Where(f => f.StartsWith("net", StringComparison.Ordinal)
            && Version.TryParse(f[3..].Split('-')[0], out var version) && version.Major >= 5)
        .OrderBy(f => f.Contains('-', StringComparison.Ordinal)).ThenByDescending(f => Version.Parse(f[3..].Split('-')[0])).FirstOrDefault()
        ?? throw new AlembicException(
            $"{source.Path} targets {(frameworks is [] ? "no target framework" : string.Join(", ", frameworks))}, which can't be run here")
        {
            Hint = "name a project that targets .NET 8 or later",
        };

    private static ProjectPart Part(IGrouping<string, (string Project, string Assembly, string? File)> project)
    {
        var folder = Path.GetDirectoryName(project.Key)!;
        string[] imported = ["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"];
        var above = Folders(folder).SelectMany(at => imported.Select(name => Path.Combine(at, name)));
        return new ProjectPart(
            project.Key, project.First().Assembly, [.. project.Select(i => i.File).OfType<string>()],
            [.. above.Prepend(project.Key).Select(InputFile.Of)], SourceListing.Of(project.Key));
    }

    private static IEnumerable<string> Folders(string folder)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
            yield return at;
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Alembic.Tool.Compilation;
using Alembic.Tool.Configuration;

namespace Alembic.Tool.Bundles;

/// <summary>A compiled project beside the program, with what its revision files declare.</summary>
/// <param name="folder">The folder of the program.</param>
internal sealed partial class Bundle(string folder)
{
    /// <summary>The name of the program.</summary>
    public const string Program = "migrate";

    /// <summary>
    /// The folder beside the program where it first looks for the .NET that it runs on. The tool's project file names it, too.
    /// </summary>
    public const string Runtime = "dotnet";

    public const string EnvironmentImage = "alembic.env.dll";
    public const string RevisionsImage = "alembic.versions.dll";

    /// <summary>The configuration, if the user names none.</summary>
    public string Configuration => Path.Combine(folder, Settings.DefaultFile);

    /// <summary>The folder of the project.</summary>
    public string Project => Path.Combine(folder, "project");

    /// <summary>The folder of the assemblies that it needs.</summary>
    public string References => Path.Combine(Project, "references");

    /// <summary>The file with what the bundle knows of its project, as a path from the bundle's folder.</summary>
    public string ContentsFile => Path.Combine(Path.GetFileName(Project), "bundle.json");

    public BundleContents Contents => field ??= Read();

    /// <summary>Gets the bundle whose program is in a folder; null if there is none.</summary>
    public static Bundle? In(string folder) => new Bundle(folder) is var bundle && File.Exists(bundle.ContentsPath) ? bundle : null;

    /// <summary>Puts the bundle's program into a hint, if the program has the command.</summary>
    /// <param name="hint">The hint.</param>
    /// <param name="needsProject">Tells whether a command needs the project, which a bundle does not have.</param>
    public static string Named(string hint, Func<string, bool> needsProject) => ToolCommand().Replace(hint, match =>
        needsProject(match.Groups["command"].Value) ? match.Value : $"{Program} {match.Groups["command"].Value}");

    public void Write(BundleContents contents)
    {
        using var file = File.Create(ContentsPath);
        JsonSerializer.Serialize(file, contents, BundleContext.Default.BundleContents);
    }

    private string ContentsPath => Path.Combine(folder, ContentsFile);

    private BundleContents Read()
    {
        try
        {
            using var file = File.OpenRead(ContentsPath);
            return JsonSerializer.Deserialize(file, BundleContext.Default.BundleContents)!;
        }
        catch (JsonException exception)
        {
            throw new AlembicException($"{ContentsPath} can't be read: {exception.Message}", exception)
            {
                Hint = "dotnet alembic bundle, in the project, writes the bundle again",
            };
        }
    }

    [GeneratedRegex("dotnet alembic (?<command>[a-z_-]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex ToolCommand();
}

/// <summary>What a bundle knows of its project.</summary>
/// <param name="Section">The section of the ini file that the bundle was created for.</param>
/// <param name="HasEnvironment">Whether it has an env.cs.</param>
/// <param name="Drivers">The drivers that it has.</param>
/// <param name="Revisions">The revisions, in the order that decides ties in the graph.</param>
internal sealed record BundleContents(
    string Section, bool HasEnvironment, IReadOnlyList<string> Drivers, IReadOnlyList<RevisionSource> Revisions)
{
    /// <summary>All files of the bundle. Anything else in the folder belongs to somebody else.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(BundleContents))]
internal sealed partial class BundleContext : JsonSerializerContext;

using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Alembic.Tool.EntityFramework;

/// <summary>
/// MSBuild's facts about a project and the projects that it references: where their assemblies are, and what they are built from. All
/// values are text: for other types the code that reads them would be compiled at each run.
/// </summary>
internal sealed record ProjectFacts
{
    /// <summary>The project's assembly.</summary>
    public required string Assembly { get; init; }

    /// <summary>The list of its dependencies.</summary>
    public required string DepsFile { get; init; }

    /// <summary>The runtime and the frameworks that it needs. A library has no such file.</summary>
    public required string RuntimeConfigFile { get; init; }

    /// <summary>The result of restoring the packages.</summary>
    public required string AssetsFile { get; init; }

    /// <summary>The target framework, for example <c>net10.0</c>.</summary>
    public required string Framework { get; init; }

    /// <summary>All target frameworks of a project that has several, else empty.</summary>
    public required string Frameworks { get; init; }

    /// <summary>The project, then those that it references.</summary>
    public required IReadOnlyList<ProjectPart> Projects { get; init; }

    /// <summary>The time at which the assembly was known to be built from the files of that time; null if it never was.</summary>
    public string? BuiltAt { get; init; }

    [JsonIgnore]
    public DateTime? Built => BuiltAt is null ? null : DateTime.Parse(BuiltAt, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    /// <summary>Tells whether the target framework is one of several.</summary>
    [JsonIgnore]
    public bool HasSeveralFrameworks => Frameworks.Length > 0;

    /// <summary>The folder that the assembly runs in.</summary>
    [JsonIgnore]
    public string Folder => Path.GetDirectoryName(Assembly)!;

    /// <summary>The assemblies of all the projects, as their copies beside the first one.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Assemblies => [.. Projects.Select(p => Path.Combine(Folder, Path.GetFileName(p.Assembly)))];

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, FactsJson.Default.ProjectFacts);

    public static ProjectFacts? FromJson(byte[]? json) =>
        json is null ? null : JsonSerializer.Deserialize(json, FactsJson.Default.ProjectFacts);
}

/// <summary>One project.</summary>
/// <param name="File">The project's file.</param>
/// <param name="Assembly">The path to which its build writes its assembly.</param>
/// <param name="Sources">The files that are compiled into it.</param>
/// <param name="Inputs">The other files that its build depends on: the project's file and those that MSBuild imports by itself, even if
/// they do not exist yet.</param>
/// <param name="Listing">A hash of the names of all C# files in its folder.</param>
internal sealed record ProjectPart(
    string File, string Assembly, IReadOnlyList<string> Sources, IReadOnlyList<InputFile> Inputs, string Listing);

/// <summary>A file and when it was last written; null for a missing one.</summary>
internal sealed record InputFile(string Path, string? Written)
{
    public static InputFile Of(string path) => new(path, File.Exists(path) ? Text(File.GetLastWriteTimeUtc(path)) : null);

    /// <summary>Formats a time as it is stored.</summary>
    public static string Text(DateTime time) => time.ToString("O", CultureInfo.InvariantCulture);
}

[JsonSerializable(typeof(ProjectFacts))]
internal sealed partial class FactsJson : JsonSerializerContext;

using System.Text.Json.Nodes;

namespace Alembic.Conformance;

/// <summary>Commands on a project, and what Alembic 1.19 answered: see README.md.</summary>
/// <param name="Name">The name of its files.</param>
/// <param name="Text">The file with the steps.</param>
/// <param name="Recorded">The file with the answers.</param>
internal sealed record Scenario(string Name, string Text, string Recorded)
{
    // What only Python can answer, and what only its SQLite driver leaves behind after a failure.
    private static readonly string[] LeftOut = ["python-only", "pysqlite"];

    public JsonNode Json { get; } = JsonNode.Parse(Text)!;

    public string Description => (string?)Json["description"] ?? "";

    public JsonArray Steps => Json["steps"]!.AsArray();

    /// <summary>The recorded answers by step.</summary>
    public IReadOnlyDictionary<int, JsonObject> Answers { get; } =
        JsonNode.Parse(Recorded)!["results"]!.AsArray().ToDictionary(answer => (int)answer!["step"]!, answer => answer!.AsObject());

    /// <summary>The scenarios of the repository, and those that stand beside it and are not among them.</summary>
    public static IReadOnlyDictionary<string, Scenario> All { get; } = Folders
        .Where(folder => Directory.Exists(Path.Combine(folder, "scenarios")))
        .SelectMany(In).DistinctBy(scenario => scenario.Name).ToDictionary(scenario => scenario.Name);

    private static IEnumerable<string> Folders =>
        [Path.Combine(Tests.Repository.Root, "tests", "Conformance"), Path.Combine(Tests.Repository.Root, "..", "shared", "conformance")];

    private static IEnumerable<Scenario> In(string folder) => Directory.EnumerateFiles(Path.Combine(folder, "scenarios"), "*.json")
        .Order(StringComparer.Ordinal)
        .Select(file => new Scenario(
            Path.GetFileNameWithoutExtension(file),
            File.ReadAllText(file),
            File.ReadAllText(Path.Combine(folder, "golden", Path.GetFileName(file)))))
        .Where(scenario => !Strings(scenario.Json["tags"]).Intersect(LeftOut).Any());

    /// <summary>A text, or several, or none.</summary>
    public static IReadOnlyList<string> Strings(JsonNode? node) => node switch
    {
        null => [],
        JsonArray several => [.. several.Select(one => (string)one!)],
        _ => [(string)node!],
    };
}

using System.Text.Json.Nodes;

namespace Alembic.Conformance;

/// <summary>Commands on a project, and what Alembic 1.19 answered: see README.md.</summary>
/// <param name="Name">The name of its files.</param>
/// <param name="Text">The file with the steps.</param>
/// <param name="Recorded">The file with the answers.</param>
internal sealed record Scenario(string Name, string Text, string Recorded)
{
    public JsonNode Json { get; } = JsonNode.Parse(Text)!;

    public string Description => (string?)Json["description"] ?? "";

    public JsonArray Steps => Json["steps"]!.AsArray();

    /// <summary>The arguments of the commands.</summary>
    public IEnumerable<IReadOnlyList<string>> Commands =>
        Steps.Where(step => step!["cli"] is not null).Select(step => Strings(step!["cli"]));

    /// <summary>The recorded answers by step.</summary>
    public IReadOnlyDictionary<int, JsonObject> Answers { get; } =
        JsonNode.Parse(Recorded)!["results"]!.AsArray().ToDictionary(answer => (int)answer!["step"]!, answer => answer!.AsObject());

    /// <summary>All scenarios; left-out.md names those that were recorded and are not among them.</summary>
    public static IReadOnlyDictionary<string, Scenario> All { get; } = Directory.EnumerateFiles(Path.Combine(Folder, "scenarios"), "*.json")
        .Order(StringComparer.Ordinal)
        .Select(file => new Scenario(
            Path.GetFileNameWithoutExtension(file),
            File.ReadAllText(file),
            File.ReadAllText(Path.Combine(Folder, "golden", Path.GetFileName(file)))))
        .ToDictionary(scenario => scenario.Name);

    private static string Folder => Path.Combine(Tests.Repository.Root, "tests", "Conformance");

    /// <summary>A text, or several, or none.</summary>
    public static IReadOnlyList<string> Strings(JsonNode? node) => node switch
    {
        null => [],
        JsonArray several => [.. several.Select(one => (string)one!)],
        _ => [(string)node!],
    };
}

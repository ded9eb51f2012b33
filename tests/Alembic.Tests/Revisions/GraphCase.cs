using System.Text.Json;
using System.Text.Json.Nodes;

namespace Alembic.Tests.Revisions;

/// <summary>A question to a graph with the answer that Alembic gave.</summary>
internal sealed record GraphCase(string Id, string Call, JsonNode Graph, JsonNode Args, JsonNode Recorded)
{
    public JsonNode? Result => Recorded["result"];

    public bool IsUnordered => Recorded["unordered"] is not null;

    public bool RowOperationsVary => Recorded["row_ops_vary"] is not null;

    public string? ErrorType => (string?)Recorded["error"]?["type"];

    public string? ErrorMessage => (string?)Recorded["error"]?["message"];

    /// <summary>Alembic broke down here instead of saying what is wrong; any clear refusal will do.</summary>
    public bool IsInternalError => ErrorType is "AssertionError" or "KeyError";

    public static IEnumerable<GraphCase> ReadAll()
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Revisions", "graph-cases.json"));
        var root = JsonNode.Parse(file)!;
        return root["cases"]!.AsArray()
            .Where(c => c!["unstable"] is null)
            .Select(c => new GraphCase((string)c!["id"]!, (string)c["call"]!, root["graphs"]![(string)c["graph"]!]!["revisions"]!,
                c["args"]!, c));
    }

    public override string ToString() => $"{Id} {Call} {Args.ToJsonString(new JsonSerializerOptions())}";
}

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Alembic.Tool.Commands;
using Alembic.Tool.Documents;
using Json.Schema;
using DescriptionAttribute = System.ComponentModel.DescriptionAttribute;

namespace Alembic.Tool.Tests.Documents;

/// <summary>
/// The JSON Schemas of docs/reference/json, made from the records; every document that a test prints is held against them.
/// </summary>
internal static class DocumentSchemas
{
    public static readonly string Folder = Path.Combine(Repository.Root, "docs", "reference", "json");

    /// <summary>What the elements of <c>data</c> are, for each command.</summary>
    public static readonly IReadOnlyDictionary<string, Type> DataOf = new Dictionary<string, Type>
    {
        ["branches"] = typeof(RevisionData),
        ["bundle"] = typeof(BundleData),
        ["check"] = typeof(ComparisonData),
        ["ci"] = typeof(CiData),
        ["completion"] = typeof(CompletionData),
        ["current"] = typeof(CurrentData),
        ["downgrade"] = typeof(MigrationData),
        ["edit"] = typeof(FileData),
        ["ensure_version"] = typeof(MigrationData),
        ["heads"] = typeof(RevisionData),
        ["help"] = typeof(HelpData),
        ["history"] = typeof(RevisionData),
        ["import"] = typeof(NewRevisionData),
        ["init"] = typeof(FileData),
        ["lint"] = typeof(LintData),
        ["list_templates"] = typeof(TemplateData),
        ["lock"] = typeof(LockData),
        ["merge"] = typeof(NewRevisionData),
        ["plan"] = typeof(PlanData),
        ["repair"] = typeof(RepairData),
        ["restore"] = typeof(RestoreData),
        ["revision"] = typeof(NewRevisionData),
        ["show"] = typeof(RevisionData),
        ["stamp"] = typeof(MigrationData),
        ["status"] = typeof(StatusData),
        ["upgrade"] = typeof(MigrationData),
        ["verify"] = typeof(VerifyData),
        ["version"] = typeof(VersionData),
    };

    private const string EnvelopeName = "document";

    private static readonly Dictionary<string, JsonSchema> Read = [];

    /// <summary>All files, by their names without the extension.</summary>
    public static IEnumerable<(string Name, string Text)> All =>
        [(EnvelopeName, Text(Envelope())), .. DataOf.Select(entry => (entry.Key, Text(OfCommand(entry.Key, entry.Value))))];

    /// <summary>Fails unless a text is one document that its schema describes, and that fits how the command ended.</summary>
    public static void Check(string text, int exitCode)
    {
        using var document = JsonDocument.Parse(text);
        var json = JsonNode.Parse(text)!;
        var command = (string?)json["command"];
        foreach (var name in command is null ? [EnvelopeName] : new[] { EnvelopeName, command })
        {
            var result = SchemaOf(name).Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
            Assert.IsTrue(result.IsValid, $"{name}: {string.Join("\n", (result.Details ?? []).Where(d => d.Errors is not null)
                .Select(d => $"{d.InstanceLocation}: {string.Join(", ", d.Errors!.Values)}"))}\n{text}");
        }
        Assert.AreEqual(exitCode, (int)json["exitCode"]!);
        Assert.AreEqual(exitCode == 0, (bool)json["ok"]!);
        if (command is null or "help" or "version")
            return;
        CollectionAssert.Contains(RootCommand.Names, command);
    }

    private static JsonSchema SchemaOf(string name)
    {
        lock (Read)
        {
            return Read.TryGetValue(name, out var schema)
                ? schema
                : Read[name] = JsonSchema.FromText(File.ReadAllText(Path.Combine(Folder, name + ".json")));
        }
    }

    private static JsonObject Envelope()
    {
        var schema = Of(typeof(Document));
        schema["properties"]!["schema"]!["const"] = Document.Version;
        schema["properties"]!["data"]!["items"] = new JsonObject { ["type"] = "object" };
        schema["properties"]!["diagnostics"]!["items"]!["properties"]!["severity"]!["enum"] =
            new JsonArray(Diagnostic.Error, Diagnostic.Warning);
        schema["properties"]!["diagnostics"]!["items"]!["properties"]!["code"]!["pattern"] = "^ALB[0-9]{4}$";
        return Titled(schema, "What every command prints with --json");
    }

    private static JsonObject OfCommand(string command, Type data) => Titled(
        new JsonObject
        {
            ["properties"] = new JsonObject
            {
                ["command"] = new JsonObject { ["const"] = command },
                ["data"] = new JsonObject { ["items"] = Of(data) },
            },
        },
        $"What {command} prints with --json, beside what document.json says");

    private static JsonObject Titled(JsonObject schema, string title)
    {
        var result = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = title };
        foreach (var (name, value) in schema)
            result[name] = value?.DeepClone();
        return result;
    }

    private static JsonObject Of(Type type) =>
        DocumentContext.Default.Options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = Described,
        }).AsObject();

    private static JsonObject Described(JsonSchemaExporterContext context, JsonNode node)
    {
        // What a verbatim text is, its converter does not tell.
        var schema = node as JsonObject ?? new JsonObject { ["type"] = new JsonArray("string", "null") };
        schema.Remove("default");
        // Nothing is left out when it is null.
        if (schema["properties"] is JsonObject properties)
        {
            schema["required"] = new JsonArray([.. properties.Select(p => (JsonNode)p.Key)]);
            schema["additionalProperties"] = false;
        }
        var attributes = context.PropertyInfo?.AssociatedParameter?.AttributeProvider?
            .GetCustomAttributes(typeof(DescriptionAttribute), false);
        if (attributes is not [DescriptionAttribute { Description: var text }, ..])
            return schema;
        var described = new JsonObject { ["description"] = text };
        foreach (var (name, value) in schema)
            described[name] = value?.DeepClone();
        return described;
    }

    private static string Text(JsonNode schema) =>
        schema.ToJsonString(new JsonSerializerOptions
        {
            WriteIndented = true, TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }) + "\n";
}

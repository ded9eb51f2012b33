using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Alembic.Lint;

namespace Alembic.Tool.Documents;

/// <summary>The findings of <c>lint</c>, in the forms of other programs.</summary>
/// <param name="path">Gets the path of a file in its repository.</param>
/// <param name="rules">All rules.</param>
internal sealed class LintReports(Func<string, string> path, IReadOnlyList<LintRule> rules)
{
    public const string GitLab = "gitlab";
    public const string Sarif = "sarif";

    /// <summary>Gets the report in one of those forms.</summary>
    /// <param name="format">The form.</param>
    /// <param name="findings">The findings.</param>
    /// <param name="folder">The file or folder for findings that are about no file.</param>
    public string Of(string format, IReadOnlyList<LintData> findings, string folder)
    {
        JsonNode report = format == GitLab ? CodeQuality(findings, folder) : SarifLog(findings);
        return report.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n";
    }

    private JsonArray CodeQuality(IReadOnlyList<LintData> findings, string folder) => Array(findings.Index().Select(f => new JsonObject
    {
        ["description"] = f.Item.Message,
        ["check_name"] = f.Item.Code,
        ["fingerprint"] = Fingerprint(f.Item, findings.Take(f.Index)),
        ["severity"] = f.Item.Severity == Diagnostic.Error ? "major" : "minor",
        ["location"] = new JsonObject
        {
            ["path"] = path(f.Item.File ?? folder), ["lines"] = new JsonObject { ["begin"] = f.Item.Line ?? 1 },
        },
    }));

    private JsonObject SarifLog(IReadOnlyList<LintData> findings) => new()
    {
        ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
        ["version"] = "2.1.0",
        ["runs"] = Array([new JsonObject
        {
            ["tool"] = new JsonObject
            {
                ["driver"] = new JsonObject
                {
                    ["name"] = "dotnet-alembic",
                    ["version"] = ToolVersion.Text,
                    ["rules"] = Array(rules.DistinctBy(r => r.Code).Select(r => new JsonObject
                    {
                        ["id"] = r.Code,
                        ["shortDescription"] = new JsonObject { ["text"] = r.Title },
                        ["defaultConfiguration"] = new JsonObject { ["level"] = Level(r.Severity) },
                    })),
                },
            },
            ["results"] = Array(findings.Index().Select(f => new JsonObject
            {
                ["ruleId"] = f.Item.Code,
                ["level"] = f.Item.Severity,
                ["message"] = new JsonObject { ["text"] = string.Join('\n', [f.Item.Message, .. f.Item.Safe]) },
                ["locations"] = f.Item.File is { } file ? Array([Location(file, f.Item.Line)]) : [],
                ["partialFingerprints"] = new JsonObject { ["finding/v1"] = Fingerprint(f.Item, findings.Take(f.Index)) },
            })),
        }]),
    };

    private JsonObject Location(string file, int? line) => new()
    {
        ["physicalLocation"] = new JsonObject
        {
            ["artifactLocation"] = new JsonObject
            {
                ["uri"] = string.Join('/', path(file).Split('/').Select(Uri.EscapeDataString)), ["uriBaseId"] = "%SRCROOT%",
            },
            ["region"] = new JsonObject { ["startLine"] = line ?? 1 },
        },
    };

    private static string Level(LintSeverity severity) => severity switch
    {
        LintSeverity.Error => "error",
        LintSeverity.Warning => "warning",
        _ => "none",
    };

    // Without the line: a finding stays the same if lines are added above it.
    private string Fingerprint(LintData finding, IEnumerable<LintData> before)
    {
        var text = Text(finding);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{text}\n{before.Count(b => Text(b) == text)}")));

        string Text(LintData data) => $"{data.Code}\n{(data.File is null ? "" : path(data.File))}\n{data.Message}";
    }

    private static JsonArray Array(IEnumerable<JsonObject> items) => new([.. items]);
}

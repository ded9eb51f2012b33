using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Alembic.Conformance;

/// <summary>Holds what the tool answered against what Alembic answered.</summary>
internal static partial class Answers
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // Log lines that say which parts of Alembic are at work; hints, and what a run ends with, are our own.
    private static readonly string[] Noise =
    [
        "[alembic.runtime.plugins]", "] Context impl ", "] Will assume ", "] Detected ", "] Dialect impl ", "] User defined ",
        "[alembic.util.messaging]", "Nothing to do: the database is at ", "; the database is at ",
    ];

    public static JsonArray Lines(IEnumerable<string> lines) => new([.. lines.Select(line => (JsonNode)line)]);

    /// <summary>What is different, step by step; empty if nothing is.</summary>
    public static string Differences(Scenario scenario, IReadOnlyDictionary<int, JsonObject> actual)
    {
        var text = new StringBuilder();
        foreach (var at in scenario.Answers.Keys.Union(actual.Keys).Order())
        {
            var step = scenario.Steps[at]!;
            var title = step["cli"] is { } arguments ? string.Join(' ', Scenario.Strings(arguments)) : step.AsObject().First().Key;
            if (!scenario.Answers.TryGetValue(at, out var expected) || !actual.TryGetValue(at, out var answer))
            {
                text.Append($"step {at} ({title}): there is no answer\n");
                continue;
            }
            foreach (var (part, lines) in Differences(step, expected, answer))
                text.Append($"step {at} ({title}): {part}\n{string.Concat(lines.Select(line => $"    {line}\n"))}");
        }
        return text.ToString();
    }

    private static IEnumerable<(string Part, IEnumerable<string> Lines)> Differences(JsonNode step, JsonObject expected, JsonObject actual)
    {
        var how = (string?)step["port"];
        if (how == "skip")
            yield break;
        // Where Alembic broke down or did not understand its arguments, failing is enough.
        if (expected["crash"] is not null || IsUsageError(expected))
        {
            if ((int?)actual["rc"] == 0)
                yield return ("exit code", ["- a failure", "+ 0"]);
            yield break;
        }
        var (theirs, ours) = (Parts(step, expected), Parts(step, actual));
        foreach (var part in theirs.Keys)
        {
            if ((how == "rc-only" && part != "success") || how == $"no-{part}")
                continue;
            if (!JsonNode.DeepEquals(theirs[part], ours.GetValueOrDefault(part)))
                yield return (part, Changes(Text(theirs[part]), Text(ours.GetValueOrDefault(part))));
        }
    }

    private static bool IsUsageError(JsonObject answer) =>
        (int?)answer["rc"] == 2 && Scenario.Strings(answer["stderr"]).Any(line => line.Contains("error:", StringComparison.Ordinal));

    // What has to match of an answer. A failure is a message, on whichever stream.
    private static Dictionary<string, JsonNode?> Parts(JsonNode step, JsonObject answer)
    {
        if (step["cli"] is null)
        {
            return new[] { "schema", "version_rows", "rows", "files", "content", "revision" }.Where(answer.ContainsKey)
                .ToDictionary(part => part, part =>
                    part == "schema" && (string?)step["column_order"] == "any" ? WithSortedColumns(answer[part]) : answer[part]);
        }
        var (output, errors) = (Scenario.Strings(answer["stdout"]), Scenario.Strings(answer["stderr"]));
        var isInit = Scenario.Strings(step["cli"]).Contains("init");
        return new()
        {
            ["success"] = (int)answer["rc"]! == 0,
            ["messages"] = Lines(output.Concat(errors).Where(IsMessage)),
            // The files of an environment are different ones here.
            ["stdout"] = Lines(output.Where(line => IsSaid(line)
                && !(isInit && line.StartsWith("Generating ", StringComparison.Ordinal) && !Configuration().IsMatch(line)))),
            ["sql"] = answer["sql"],
            ["stderr"] = Lines(errors.Where(IsSaid)),
            ["detected"] = Lines(errors.Where(line => Detected().IsMatch(line)).Select(line => Prefix().Replace(line, ""))
                .Order(StringComparer.Ordinal)),
        };
    }

    private static bool IsMessage(string line) => line.StartsWith("FAILED: ", StringComparison.Ordinal);

    private static bool IsSaid(string line) => !IsMessage(line) && !line.StartsWith("hint: ", StringComparison.Ordinal)
        && !Noise.Any(noise => line.Contains(noise, StringComparison.Ordinal));

    private static JsonNode? WithSortedColumns(JsonNode? schema)
    {
        var sorted = schema?.DeepClone();
        foreach (var (_, table) in sorted?["tables"]?.AsObject() ?? [])
        {
            table!["columns"] = new JsonArray([.. table["columns"]!.AsArray().Select(column => column!.DeepClone())
                .OrderBy(column => (string?)column["name"], StringComparer.Ordinal)]);
        }
        return sorted;
    }

    private static string[] Text(JsonNode? node) =>
        node is JsonArray lines && lines.All(line => line?.GetValueKind() == JsonValueKind.String)
        ? [.. Scenario.Strings(lines)]
        : (node?.ToJsonString(Readable) ?? "null").Split('\n');

    // What is the same before and behind is left out, but for a line.
    private static IEnumerable<string> Changes(string[] before, string[] after)
    {
        var first = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        var same = before[first..].Reverse().Zip(after[first..].Reverse()).TakeWhile(pair => pair.First == pair.Second).Count();
        return
        [
            .. before[..first].TakeLast(1).Select(line => $"  {line}"),
            .. before[first..^same].Select(line => $"- {line}"),
            .. after[first..^same].Select(line => $"+ {line}"),
            .. before[^same..].Take(1).Select(line => $"  {line}"),
        ];
    }

    [GeneratedRegex(@"^INFO\s+\[\S+\] (Detected|Dialect impl|User defined)")]
    private static partial Regex Detected();

    [GeneratedRegex(@"^\w+\s+\[[^\]]*\] ")]
    private static partial Regex Prefix();

    [GeneratedRegex(@"\.(ini|toml) \.\.\.")]
    private static partial Regex Configuration();
}

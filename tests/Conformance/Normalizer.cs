using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Alembic.Conformance;

/// <summary>Replaces what differs from run to run, or from Python to C#: folders, random ids, dates, endings of files.</summary>
internal sealed partial class Normalizer
{
    private const string Program = "dotnet-alembic";

    private readonly string _folder;
    private readonly HashSet<string> _fixed;
    private readonly List<(Regex Pattern, string Instead)> _own;

    // In the order in which they were first seen.
    private readonly List<string> _ids = [];

    public Normalizer(Scenario scenario, string folder)
    {
        _folder = folder;
        _fixed = [.. Id().Matches(scenario.Text).Select(match => match.Value).Except(Scenario.Strings(scenario.Json["not_fixed"]))];
        _own = [.. (scenario.Json["normalize"]?.AsArray() ?? []).Select(pair => (new Regex((string)pair![0]!), (string)pair[1]!))];
    }

    /// <summary>Fills in what a step leaves open: {DIR}, {REV1}, {REV1:6}.</summary>
    public string Expand(string text) => Hole().Replace(text.Replace("{DIR}", _folder, StringComparison.Ordinal), hole =>
        int.Parse(hole.Groups["number"].ValueSpan) is var number && number > _ids.Count ? hole.Value
            : hole.Groups["length"] is { Success: true } length ? _ids[number - 1][..int.Parse(length.ValueSpan)] : _ids[number - 1]);

    public string Text(string text)
    {
        text = text.Replace(_folder, "<DIR>", StringComparison.Ordinal);
        text = Date().Replace(text, "<DATE>");
        text = Id().Replace(text, match => Numbered(match.Value));
        text = Extension().Replace(text, "<EXT>");
        text = Templates().Replace(text, "<PKG>/templates");
        text = Usage().Replace(text, "usage: <PROG>");
        text = Error().Replace(text, "<PROG>$1: error:");
        text = Version().Replace(text, "<PROG> <VERSION>");
        return _own.Aggregate(text, (result, own) => own.Pattern.Replace(result, own.Instead));
    }

    public IReadOnlyList<string> Lines(string text)
    {
        var lines = Text(text).Split('\n')
            .Select(line => TypeChange().Replace(line, "$1<TYPE> to <TYPE>$2"))
            .Select(line => Impl().Replace(line, "Dialect impl <IMPL> detected"))
            .Select(line => Differences().Replace(line, "$1<DIFFS>")).ToList();
        if (lines[^1].Length == 0)
            lines.RemoveAt(lines.Count - 1);
        return lines;
    }

    public IReadOnlyList<string> Errors(string text) => [.. Lines(text).Select(line => Warning().Replace(line, "<WARNING> "))];

    /// <summary>Blocks of SQL, each on one line.</summary>
    public IReadOnlyList<string> Blocks(string text) =>
        [.. BlankLine().Split(Text(text)).Select(block => Blanks().Replace(block, " ").Trim()).Where(block => block.Length > 0)];

    public JsonNode? Texts(JsonNode? node) => node switch
    {
        JsonObject group => new JsonObject(group.Select(pair => KeyValuePair.Create(pair.Key, Texts(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Texts)]),
        JsonValue value when value.TryGetValue<string>(out var text) => Text(text),
        _ => node?.DeepClone(),
    };

    private string Numbered(string id)
    {
        if (_fixed.Contains(id))
            return id;
        if (!_ids.Contains(id))
            _ids.Add(id);
        return $"<REV{_ids.IndexOf(id) + 1}>";
    }

    [GeneratedRegex("(?<![0-9A-Za-z])([0-9a-f]{12})(?![0-9A-Za-z])")]
    private static partial Regex Id();

    [GeneratedRegex(@"\{REV(?<number>\d+)(:(?<length>\d+))?\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?")]
    private static partial Regex Date();

    [GeneratedRegex(@"(?<=[\w\-.])\.cs(?!\w)")]
    private static partial Regex Extension();

    [GeneratedRegex(@"\S*/alembic/templates(?=/)")]
    private static partial Regex Templates();

    [GeneratedRegex($@"^usage: {Program}(?=\s|$)", RegexOptions.Multiline)]
    private static partial Regex Usage();

    [GeneratedRegex($@"^{Program}( \w+)?: error:", RegexOptions.Multiline)]
    private static partial Regex Error();

    [GeneratedRegex($@"^{Program} \d+\.\d+\.\d+\S*$", RegexOptions.Multiline)]
    private static partial Regex Version();

    [GeneratedRegex("(Detected type change from ).* to .*( on '[^']*')$")]
    private static partial Regex TypeChange();

    [GeneratedRegex("Dialect impl <.*> detected")]
    private static partial Regex Impl();

    [GeneratedRegex("(New upgrade operations detected: ).*")]
    private static partial Regex Differences();

    [GeneratedRegex("^(?:\\w*Warning|WARNING|warning): ")]
    private static partial Regex Warning();

    [GeneratedRegex(@"\n[ \t]*\n")]
    private static partial Regex BlankLine();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}

using System.Text.Json.Nodes;

namespace Alembic.Conformance;

/// <summary>Carries out the steps of a scenario in a folder of its own, and notes what the tool answers.</summary>
internal sealed class ScenarioRun : IDisposable
{
    private const string Standard = "alembic";

    private readonly string _home = ToolUnderTest.NewFolder();
    private readonly string _folder;
    private readonly Scenario _scenario;
    private readonly ToolRun _tool;
    private readonly Normalizer _normal;
    private readonly RevisionFiles _revisions;

    // By the folder of the environment.
    private readonly Dictionary<string, JsonObject> _options = [];
    private readonly Dictionary<string, JsonNode> _models = [];

    /// <param name="scenario">The scenario.</param>
    /// <param name="tool">Runs the tool.</param>
    public ScenarioRun(Scenario scenario, ToolRun tool)
    {
        (_scenario, _tool) = (scenario, tool);
        _folder = Directory.CreateDirectory(Path.Combine(_home, (string?)scenario.Json["workdir_name"] ?? "w")).FullName;
        _normal = new Normalizer(scenario, _folder);
        _revisions = new RevisionFiles(_folder);
        if ((string?)scenario.Json["setup"] == "empty")
            return;
        File.WriteAllText(At("alembic.ini"), IniText.Standard.ReplaceLineEndings("\n"));
        NewEnvironment(Standard);
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    /// <summary>The answers by step.</summary>
    public IReadOnlyDictionary<int, JsonObject> Run()
    {
        Dictionary<int, JsonObject> answers = [];
        foreach (var (at, step) in _scenario.Steps.Index())
        {
            if (Do(step!) is { } answer)
                answers[at] = answer;
        }
        return answers;
    }

    private JsonObject? Do(JsonNode step)
    {
        foreach (var (kind, given) in step.AsObject())
        {
            switch (kind)
            {
                case "cli":
                    return Command(step);
                case "expect_schema":
                    return new() { ["schema"] = Schema(step, given is JsonObject ? given["rows"]?.AsObject() : null) };
                case "expect_rows":
                    return Schema(step, given!.AsObject()) is { } schema
                        ? new()
                        {
                            ["version_rows"] = schema["version_rows"]?.DeepClone(),
                            ["rows"] = schema["rows"]?.DeepClone() ?? new JsonObject(),
                        }
                        : new() { ["rows"] = null };
                case "expect_files":
                    return new() { ["files"] = Files(given!) };
                case "expect_file":
                    return new() { ["content"] = Content(given!) };
                case "expect_revision":
                    return new() { ["revision"] = _normal.Texts(_revisions.Read(_revisions.Find(Expanded(given!["match"])))) };
                case "write_revision":
                    _revisions.Write(given!, (string?)step["dir"] ?? $"{Standard}/versions", _normal.Expand);
                    return null;
                case "edit_revision":
                    RevisionFiles.Edit(_revisions.Find(Expanded(given!["match"])), given);
                    return null;
                case "delete_revision":
                    File.Delete(_revisions.Find(Expanded(given!["match"])));
                    return null;
                case "ini":
                    ChangeIni(step, given!.AsObject());
                    return null;
                case "init_adjust":
                    ChangeIni(step, new() { ["alembic"] = given!.DeepClone() });
                    return null;
                case "sql":
                    using (var database = new SqliteSchema(Database(step)))
                        Scenario.Strings(given).Select(_normal.Expand).ToList().ForEach(database.Execute);
                    return null;
                case "model":
                    _models[Location(step)] = given!;
                    WriteEnvironment(Location(step));
                    return null;
                case "env":
                    SetOptions(Location(step), given!.AsObject());
                    return null;
                case "fs":
                    foreach (var (action, arguments) in given!.AsObject())
                        ChangeFiles(action, Scenario.Strings(arguments));
                    return null;
                case "script":
                    WriteScript(given!);
                    return null;
            }
        }
        throw new ArgumentException($"unknown step {step.ToJsonString()}");
    }

    private JsonObject Command(JsonNode step)
    {
        var arguments = Scenario.Strings(step["cli"]);
        var variables = (step["env_vars"]?.AsObject() ?? [])
            .ToDictionary(pair => pair.Key, pair => pair.Value is null ? null : Expanded(pair.Value));
        var result = _tool([.. arguments.Select(_normal.Expand)], At((string?)step["cwd"] ?? "."), variables);
        // Ids are numbered as they appear, on stdout first.
        var isScript = arguments.Contains("--sql");
        var output = isScript ? _normal.Blocks(result.Out) : Order.Canonical(arguments, _normal.Lines(result.Out));
        var errors = _normal.Errors(result.Error);
        foreach (var stream in Scenario.Strings(step["unordered"]))
        {
            output = stream is "stdout" or "sql" ? [.. output.Order(StringComparer.Ordinal)]
                : stream == "blocks" ? [.. Order.Blocks(output)] : output;
            errors = stream == "stderr" ? [.. errors.Order(StringComparer.Ordinal)] : errors;
        }
        return new() { ["rc"] = result.Code, [isScript ? "sql" : "stdout"] = Answers.Lines(output), ["stderr"] = Answers.Lines(errors) };
    }

    private JsonNode? Schema(JsonNode step, JsonObject? queries)
    {
        if (!File.Exists(Database(step)))
            return null;
        using var database = new SqliteSchema(Database(step));
        return _normal.Texts(database.Describe(queries));
    }

    private JsonArray? Files(JsonNode given)
    {
        var folder = At((string)(given is JsonObject ? given["dir"] : given)!);
        if (!Directory.Exists(folder))
            return null;
        var onlyRevisions = given is JsonObject && (bool?)given["revisions_only"] == true;
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => !onlyRevisions || RevisionFiles.IsRevision(file))
            .Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal).Select(_normal.Text);
        return Answers.Lines(files.Order(StringComparer.Ordinal));
    }

    private JsonArray? Content(JsonNode given)
    {
        var file = At((string)given["path"]!);
        if (!File.Exists(file))
            return null;
        IEnumerable<string> lines = _normal.Lines(File.ReadAllText(file));
        if ((bool?)given["active_only"] == true)
            lines = lines.Where(line => line.TrimStart() is [not '#' and not ';', ..]);
        return Answers.Lines((bool?)given["sorted"] == true ? lines.Order(StringComparer.Ordinal) : lines);
    }

    private void ChangeIni(JsonNode step, JsonObject changes)
    {
        var file = At((string?)step["file"] ?? "alembic.ini");
        var text = changes["text"] is JsonValue whole ? Expanded(whole) : File.Exists(file) ? File.ReadAllText(file) : "";
        if (changes["text"] is not JsonValue)
        {
            foreach (var (section, keys) in changes)
            {
                text = keys!.AsObject().Aggregate(
                    text, (result, key) => IniText.With(result, section, key.Key, key.Value is null ? null : Expanded(key.Value)));
            }
        }
        File.WriteAllText(file, text);
    }

    private void SetOptions(string location, JsonObject added)
    {
        var options = _options.GetValueOrDefault(location) ?? [];
        foreach (var (key, value) in added)
            options[key] = key == "on_version_apply" ? Expanded(value!) : value?.DeepClone();
        _options[location] = options;
        if (Directory.Exists(At(location)))
            WriteEnvironment(location);
        else
            NewEnvironment(location);
    }

    private void NewEnvironment(string location)
    {
        Directory.CreateDirectory(At($"{location}/versions"));
        File.WriteAllText(At($"{location}/script.cs.scriban"), RevisionFiles.Template.ReplaceLineEndings("\n"));
        WriteEnvironment(location);
    }

    private void WriteEnvironment(string location) => File.WriteAllText(
        At($"{location}/env.cs"), EnvironmentText.Of(_options.GetValueOrDefault(location) ?? [], _models.GetValueOrDefault(location)));

    private void ChangeFiles(string action, IReadOnlyList<string> arguments)
    {
        switch (action)
        {
            case "mkdir":
                foreach (var folder in arguments)
                    Directory.CreateDirectory(At(folder));
                break;
            case "rm":
                foreach (var path in arguments.Select(At))
                {
                    if (Directory.Exists(path))
                        Directory.Delete(path, recursive: true);
                    else
                        File.Delete(path);
                }
                break;
            case "write":
                Directory.CreateDirectory(Path.GetDirectoryName(At(arguments[0]))!);
                File.WriteAllText(At(arguments[0]), _normal.Expand(arguments[1]));
                break;
            case "move":
                Directory.Move(At(arguments[0]), At(arguments[1]));
                break;
            case "copy" when Directory.Exists(At(arguments[0])):
                foreach (var file in Directory.EnumerateFiles(At(arguments[0]), "*", SearchOption.AllDirectories))
                {
                    var target = Path.Combine(At(arguments[1]), Path.GetRelativePath(At(arguments[0]), file));
                    Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                    File.Copy(file, target, overwrite: true);
                }
                break;
            case "copy":
                File.Copy(At(arguments[0]), At(arguments[1]), overwrite: true);
                break;
            default:
                throw new ArgumentException($"unknown action '{action}'");
        }
    }

    private void WriteScript(JsonNode given)
    {
        var file = At((string)given["name"]!);
        File.WriteAllText(file, $"#!/bin/sh\n{Expanded(given["body"])}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.UserExecute);
    }

    private string At(string path) => Path.GetFullPath(path, _folder);

    private string Database(JsonNode step) => At((string?)step["db"] ?? "test.db");

    private string Expanded(JsonNode? text) => _normal.Expand((string)text!);

    private static string Location(JsonNode step) => (string?)step["script_location"] ?? Standard;
}

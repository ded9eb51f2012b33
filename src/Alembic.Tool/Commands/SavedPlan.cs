using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Alembic.Migrations;
using Alembic.Revisions;

namespace Alembic.Tool.Commands;

/// <summary>The saved plan of one database: enough to tell whether the same target still means the same steps.</summary>
internal sealed record SavedPlan(string Database, bool IsUpgrade, string Target, IReadOnlyList<string> From, IReadOnlyList<string> Steps)
{
    private const string Mark = " #";

    public static SavedPlan Of(Migrator migrator, MigrationPlan plan, bool isUpgrade, string target) =>
        new(migrator.Database!.DisplayUrl, isUpgrade, target, [.. plan.From.Order(StringComparer.Ordinal)], [.. plan.Steps.Select(Text)]);

    /// <summary>Plans again. The plan is created once more when the lock is held.</summary>
    /// <exception cref="StalePlanException">The new plan differs from the saved one.</exception>
    public MigrationPlan Of(Migrator migrator) => migrator.Plan(rows =>
    {
        var from = rows.Order(StringComparer.Ordinal).ToList();
        if (!from.SequenceEqual(From))
            throw new StalePlanException($"it starts at {Named(From)}, but {Database} is at {Named(from)}");
        var steps = IsUpgrade ? migrator.Map.Upgrade(Target, rows) : migrator.Map.Downgrade(Target, rows);
        if (steps.Select(Text).Except(Steps).FirstOrDefault() is { } added)
            throw new StalePlanException($"the files now have the step '{Shown(added)}', which it does not have");
        return Steps.Except(steps.Select(Text)).FirstOrDefault() is { } gone
            ? throw new StalePlanException($"the files no longer have its step '{Shown(gone)}'")
            : steps;
    });

    public JsonObject ToJson() => new()
    {
        ["database"] = Database,
        ["direction"] = IsUpgrade ? "upgrade" : "downgrade",
        ["target"] = Target,
        ["from"] = new JsonArray([.. From.Select(id => (JsonNode)id)]),
        ["steps"] = new JsonArray([.. Steps.Select(step => (JsonNode)step)]),
    };

    public static SavedPlan FromJson(JsonNode json) => new(
        (string)json["database"]!, (string)json["direction"]! == "upgrade", (string)json["target"]!,
        [.. json["from"]!.AsArray().Select(id => (string)id!)], [.. json["steps"]!.AsArray().Select(step => (string)step!)]);

    // The checksum covers what the migration does: comments and layout may change.
    private static string Text(Step step) =>
        $"{step.Text}{Mark}{(step.IsUpgrade ? step.Revision?.UpgradeChecksum : step.Revision?.DowngradeChecksum)}";

    private static string Shown(string step) => step.Split(Mark)[0];

    private static string Named(IReadOnlyList<string> rows) => rows.Count == 0 ? "the base" : string.Join(", ", rows);
}

/// <summary>The file of saved plans, one for each database of the environment, in their order.</summary>
internal static class SavedPlans
{
    private const int Format = 1;
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };

    public static void Write(string file, IReadOnlyList<SavedPlan> plans) => Scripts.NewFile.Replace(file, new JsonObject
    {
        ["format"] = Format,
        ["tool"] = ToolVersion.Text,
        ["plans"] = new JsonArray([.. plans.Select(plan => plan.ToJson())]),
    }.ToJsonString(Indented) + "\n");

    /// <exception cref="UsageException">The file does not exist, or is not a plan.</exception>
    /// <exception cref="StalePlanException">Another version of the tool wrote it.</exception>
    public static IReadOnlyList<SavedPlan> Read(string file, bool isUpgrade)
    {
        IReadOnlyList<SavedPlan> plans;
        try
        {
            var json = JsonNode.Parse(File.ReadAllText(file))!;
            var tool = (string?)json["tool"] ?? throw new FormatException();
            if ((int)json["format"]! != Format || tool != ToolVersion.Text)
                throw new StalePlanException($"dotnet-alembic {tool} wrote it, but this is {ToolVersion.Text}");
            plans = [.. json["plans"]!.AsArray().Select(plan => SavedPlan.FromJson(plan!))];
        }
        catch (Exception exception) when (exception is JsonException or NullReferenceException or InvalidOperationException
            or FormatException)
        {
            throw new UsageException($"{file} is not a plan") { Hint = "dotnet alembic plan --out FILE writes one" };
        }
        catch (IOException exception)
        {
            throw new UsageException(exception.Message) { Hint = "dotnet alembic plan --out FILE writes one" };
        }
        return plans.FirstOrDefault(p => p.IsUpgrade != isUpgrade) is { } other
            ? throw new UsageException($"{file} is the plan of {(other.IsUpgrade ? "an upgrade" : "a downgrade")}")
            {
                Hint = $"dotnet alembic {(other.IsUpgrade ? "upgrade" : "downgrade")} --plan {file}",
            }
            : plans;
    }
}

/// <summary>A saved plan differs from what would be done now.</summary>
internal sealed class StalePlanException : AlembicException
{
    public StalePlanException(string why)
        : base($"The plan is out of date: {why}; nothing was changed") => Hint = "check a new one: dotnet alembic plan --out FILE";
}

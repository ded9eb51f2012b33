using System.Text.Json.Nodes;
using Alembic.Revisions;

namespace Alembic.Tests.Revisions;

/// <summary>Puts a recorded question to our graph and writes the answer down in the recording's own form.</summary>
internal static class GraphCaseAnswers
{
    public static JsonNode? Answer(GraphCase question)
    {
        var (map, args) = (Map(question.Graph), question.Args);
        return question.Call switch
        {
            "load" => new JsonObject
            {
                ["heads"] = Ids(map.Heads), ["bases"] = Ids(map.Bases), ["real_heads"] = Ids(map.RealHeads),
                ["real_bases"] = Ids(map.RealBases),
            },
            "labels" => new JsonObject(map.Revisions.Select(n => KeyValuePair.Create(n.Id, (JsonNode?)Texts(n.BranchLabels)))),
            "flags" => new JsonObject(map.Revisions.Select(n => KeyValuePair.Create(n.Id, (JsonNode?)Flags(n)))),
            "get_revision" => Rev(map.ResolveOne(List(args["id"]).FirstOrDefault() ?? "base")),
            "get_revisions" or "script_get_revisions" => new JsonArray([.. List(args["id"]).SelectMany(map.Symbols.Land).Select(Land)]),
            "get_base_revisions" => Ids(map.Symbols.Related(map.Bases, (string)args["identifier"]!)),
            "filter_for_lineage" => Revs(map.Symbols.Related(
                Targets(map, args), (string)args["check_against"]!, (bool?)args["include_dependencies"] ?? false)),
            "ancestors" => Set((bool?)args["check"] == true && ((bool?)args["include_dependencies"] ?? true)
                ? RevisionWalk.AncestorsOfUnrelated(Targets(map, args))
                : RevisionWalk.Ancestors(Targets(map, args), (bool?)args["include_dependencies"] ?? true)),
            "descendants" => Set(Descendants(map, args)),
            "iterate_revisions" => Revs(Iterate(map, args)),
            "walk_revisions" => Revs(map.History(new((string?)args["base"], (string?)args["head"]), [])),
            "script_all_current" => Set(map.Current(List(args["ids"]))),
            "upgrade_steps" => Steps(map.Upgrade(List(args["destination"]), List(args["current"]))),
            "downgrade_steps" => Steps(map.Downgrade((string?)args["destination"] ?? "base", List(args["current"]))),
            "stamp_steps" => Steps(map.Stamp(List(args["target"]), List(args["heads"]))),
            "apply_step" => Texts(HeadChange.Of(map, ReadStep(map, args["step"]!), List(args["rows"])).Rows.Order(StringComparer.Ordinal)),
            "run_upgrade" => Run(question, map, map.Upgrade(List(args["destination"]), List(args["current"]))),
            "run_downgrade" => Run(question, map, map.Downgrade((string)args["destination"]!, List(args["current"]))),
            "run_stamp" => Run(question, map, map.Stamp(List(args["destination"]), List(args["current"]))),
            _ => throw new NotSupportedException(question.Call),
        };
    }

    private static RevisionMap Map(JsonNode graph) => new(
        graph.AsArray().Select(r => new Revision((string)r!["id"]!, List(r["down"]), List(r["depends_on"]), List(r["labels"]))));

    private static List<string> List(JsonNode? node) => node switch
    {
        null => [],
        JsonArray array => [.. array.Where(i => i is not null).Select(i => (string)i!)],
        _ => [(string)node!],
    };

    private static List<RevisionNode> Targets(RevisionMap map, JsonNode args) =>
        [.. args["targets"]!.AsArray().Select(t => map.ResolveOne((string)(t is JsonObject o ? o["rev"]! : t!)!)!)];

    private static NodeSet Descendants(RevisionMap map, JsonNode args)
    {
        var targets = Targets(map, args);
        var dependencies = (bool?)args["include_dependencies"] ?? true;
        if ((bool?)args["omit_immediate_dependencies"] != true) return RevisionWalk.Descendants(targets, dependencies);
        return RevisionWalk.Reach(targets, n => targets.Contains(n) || !dependencies ? n.Next : n.AllNext);
    }

    // Of the switches Alembic's own function has, commands use three combinations.
    private static List<RevisionNode> Iterate(RevisionMap map, JsonNode args)
    {
        var (upper, lower) = (List(args["upper"]), List(args["lower"]));
        var (implicitBase, inclusive) = ((bool?)args["implicit_base"] == true, (bool?)args["inclusive"] == true);
        if ((bool?)args["select_for_downgrade"] == true) return DowngradePlan.List(map, lower.FirstOrDefault() ?? "base", upper);
        return RangePlan.List(map, upper, lower, implicitBase, inclusive, exact: (bool?)args["assert_relative_length"] ?? true);
    }

    private static JsonArray Run(GraphCase question, RevisionMap map, IReadOnlyList<Step> steps)
    {
        var rows = List(question.Args["current"]);
        var run = new JsonArray();
        foreach (var step in steps)
        {
            var change = HeadChange.Of(map, step, rows);
            rows = [.. change.Rows];
            var entry = new JsonObject { ["log"] = step.Text, ["rows"] = Texts(rows.Order(StringComparer.Ordinal)) };
            if (!question.RowOperationsVary) entry["row_ops"] = new JsonArray([.. change.Changes.Select(RowOperation)]);
            run.Add(entry);
        }

        return run;
    }

    private static JsonNode RowOperation(RowChange change) => change switch
    {
        RowChange.Insert(var id) => Texts(["insert", id]),
        RowChange.Delete(var id) => Texts(["delete", id]),
        RowChange.Update(var from, var to) => Texts(["update", from, to]),
        _ => throw new NotSupportedException(),
    };

    private static Step ReadStep(RevisionMap map, JsonNode step) => (string)step["step"]! switch
    {
        "upgrade" => Step.Upgrade(map.ResolveOne((string)step["rev"]!)!),
        "downgrade" => Step.Downgrade(map.ResolveOne((string)step["rev"]!)!),
        _ => Step.Stamp(List(step["from"]), List(step["to"]), (bool)step["up"]!, (bool)step["branch_move"]!),
    };

    private static JsonArray Steps(IEnumerable<Step> steps) => new([.. steps.Select(s =>
    {
        var step = new JsonObject { ["step"] = s.Kind.ToString().ToLowerInvariant() };
        if (!s.IsStamp) step["rev"] = s.Revision!.Id;
        (step["from"], step["to"]) = (Texts(s.From), Texts(s.To));
        if (s.IsStamp) (step["up"], step["branch_move"]) = (s.IsUpgrade, s.IsBranchMove);
        return step;
    })]);

    private static JsonObject Flags(RevisionNode node) => new JsonObject
    {
        ["head"] = node.IsHead, ["real_head"] = node.IsRealHead, ["base"] = node.IsBase,
        ["branch_point"] = node.IsBranchPoint, ["merge_point"] = node.IsMergePoint,
        ["next"] = Sorted(node.Next), ["all_next"] = Sorted(node.AllNext),
        ["all_down"] = Sorted(node.AllDown), ["normalized_down"] = Sorted(node.NormalizedDown),
    };

    private static JsonNode? Rev(RevisionNode? node) => node is null ? null : new JsonObject { ["rev"] = node.Id };

    private static JsonNode? Land(WalkEnd landing) => landing.AtBase ? "base" : Rev(landing.Revision);

    private static JsonArray Revs(IEnumerable<RevisionNode> nodes) => new([.. nodes.Select(Rev)]);

    private static JsonObject Set(IEnumerable<RevisionNode> nodes) =>
        new() { ["set"] = Revs(nodes.OrderBy(n => n.Id, StringComparer.Ordinal)) };

    private static JsonArray Ids(IEnumerable<RevisionNode> nodes) => Texts(nodes.Select(n => n.Id));

    private static JsonArray Sorted(IEnumerable<RevisionNode> nodes) => Ids(nodes.OrderBy(n => n.Id, StringComparer.Ordinal));

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode?)t)]);
}

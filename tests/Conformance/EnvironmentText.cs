using System.Text.Json.Nodes;
using static Alembic.Conformance.CSharpText;

namespace Alembic.Conformance;

/// <summary>Writes env.cs with the options and the model of a scenario.</summary>
internal static class EnvironmentText
{
    private static readonly Dictionary<string, string> Options = new()
    {
        ["compare_type"] = "CompareType",
        ["compare_server_default"] = "CompareServerDefault",
        ["render_as_batch"] = "RenderAsBatch",
        ["transaction_per_migration"] = "TransactionPerMigration",
        ["transactional_ddl"] = "TransactionalDdl",
        ["version_table"] = "VersionTable",
        ["version_table_schema"] = "VersionTableSchema",
        ["version_table_pk"] = "VersionTablePrimaryKey",
        ["include_schemas"] = "IncludeSchemas",
        ["starting_rev"] = "StartingRevision",
        ["mssql_batch_separator"] = "MssqlBatchSeparator",
        ["literal_binds"] = "LiteralBinds",
        ["dialect_name"] = "DialectName",
    };

    public static string Of(JsonObject options, JsonNode? model) => $$"""
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Text.Json;
        using Alembic;
        using Alembic.Schema;

        public sealed class Env : MigrationEnvironment
        {
        {{(model is null ? "" : "    public override MetaData? TargetMetadata => Model.MetaData;")}}
        {{(options["url_from_x"] is { } key
            ? $"public override string Url => XArguments.GetValueOrDefault({Literal(key)}, base.Url);"
            : "")}}
            public override void Configure(EnvironmentOptions options)
            {
        {{string.Join('\n', Configuration(options).Select(line => "        " + line))}}
            }
        }

        {{(model is null ? "" : Model(model))}}
        """;

    private static IEnumerable<string> Configuration(JsonObject options)
    {
        foreach (var (key, name) in Options.Where(option => options.ContainsKey(option.Key)))
            yield return $"options.{name} = {Literal(options[key])};";
        foreach (var (key, name) in new[] { ("exclude_tables", "IncludeObject"), ("exclude_names", "IncludeName") })
        {
            if (options[key] is JsonArray { Count: > 0 } tables)
            {
                var names = $"new[] {{ {string.Join(", ", tables.Select(Literal))} }}";
                yield return $"options.{name} = o => !(o.Kind == SchemaObjectKind.Table && {names}.Contains(o.Name));";
            }
        }
        if (options["on_version_apply"] is { } file)
        {
            yield return $$"""
                options.OnVersionApply = e => File.AppendAllText(
                    {{Literal(file)}}, JsonSerializer.Serialize(new SortedDictionary<string, object>
                {
                    ["is_upgrade"] = e.IsUpgrade, ["is_stamp"] = e.IsStamp,
                    ["up"] = e.UpRevisionIds.Order(), ["down"] = e.DownRevisionIds.Order(), ["heads"] = e.Heads.Order(),
                }) + "\n");
                """;
        }
        foreach (var (label, value) in Printed(options))
            yield return $"Config.PrintStdout({Literal(label + ": ")} + JsonSerializer.Serialize({value}));";
    }

    private static IEnumerable<(string Label, string Value)> Printed(JsonObject options)
    {
        if (Is(options, "print_x"))
        {
            yield return ("x-list", "XArgumentList");
            yield return ("x-dict", "XArguments");
        }
        if (Is(options, "print_tag"))
            yield return ("tag", "TagArgument");
        if (Is(options, "print_args"))
        {
            yield return ("offline", "IsOffline");
            yield return ("head_revisions", "HeadRevisions");
            yield return ("destination", "RevisionArgument");
            yield return ("start", "StartingRevisionArgument");
        }
        if (options["print_option"] is { } option)
            yield return ("option", $"Config.GetMainOption({Literal(option)})");
    }

    private static bool Is(JsonObject options, string key) => (bool?)options[key] == true;

    private static string Model(JsonNode model)
    {
        var tables = string.Join(",\n        ", (model["tables"]?.AsArray() ?? []).Select(table => Table(table!)));
        var convention = model["naming_convention"] is JsonObject { Count: > 0 } names
            ? $", namingConvention: new NamingConvention {{ {string.Join(", ",
                names.Select(name => $"[{Literal(name.Key)}] = {Literal(name.Value)}"))} }}"
            : "";
        return $$"""
            public static class Model
            {
                public static readonly MetaData MetaData = new([
                    {{tables}}
                ]{{Named(model, "schema")}}{{convention}});
            }
            """;
    }
}

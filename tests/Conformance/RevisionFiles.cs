using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using static Alembic.Conformance.CSharpText;

namespace Alembic.Conformance;

/// <summary>The revision files of a project: written, changed and read back as a scenario says.</summary>
internal sealed partial class RevisionFiles(string folder)
{
    // A class of such a name would hide the type of the API.
    private static readonly HashSet<string> Reserved =
    [
        "Migration", "Op", "Column", "Table", "TableIndex", "SqlType", "ServerDefault", "Sql", "Computed", "Identity", "ForeignKey",
        "ForeignKeyConstraint", "PrimaryKeyConstraint", "UniqueConstraint", "CheckConstraint", "ConstraintType", "Recreate", "System",
    ];

    public const string Template = """
        // {{ message }}
        //
        // Revision ID: {{ up_revision }}
        // Revises: {{ down_revisions | array.join ", " }}
        // Create Date: {{ create_date }}

        using Alembic;
        using Alembic.Schema;
        {{~ for name in usings ~}}
        using {{ name }};
        {{~ end ~}}

        [Revision("{{ up_revision }}")]
        {{~ if down_revisions.size > 0 ~}}
        [Revises({{ down_revisions | literals }})]
        {{~ end ~}}
        {{~ if branch_labels.size > 0 ~}}
        [BranchLabels({{ branch_labels | literals }})]
        {{~ end ~}}
        {{~ if depends_on.size > 0 ~}}
        [DependsOn({{ depends_on | literals }})]
        {{~ end ~}}
        file sealed class {{ class_name }} : Migration
        {
            public override void Upgrade(Op op)
            {
                {{ upgrades }}
            }

            public override void Downgrade(Op op)
            {
                {{ downgrades }}
            }
        }

        """;

    public static bool IsRevision(string path) => path.EndsWith(".cs", StringComparison.Ordinal) && Path.GetFileName(path) != "env.cs";

    public void Write(JsonNode revision, string versions, Func<string, string> expand)
    {
        IReadOnlyList<string> All(string key) => [.. Scenario.Strings(revision[key]).Select(expand)];
        var (id, down) = (expand((string)revision["id"]!), All("down"));
        var message = revision.AsObject().ContainsKey("message") ? (string?)revision["message"] ?? "" : "empty message";
        var date = (string?)revision["date"] ?? "2020-01-01 00:00:00";
        var comment = (string?)revision["doc"]
            ?? $"{message}\n\nRevision ID: {id}\nRevises: {string.Join(", ", down)}\nCreate Date: {date}\n";
        string Attribute(string name, IReadOnlyList<string> values) =>
            values.Count == 0 ? "" : $"[{name}({string.Join(", ", values.Select(Literal))})]\n";
        var attributes = Attribute("Revises", down) + Attribute("BranchLabels", All("labels")) + Attribute("DependsOn", All("depends_on"));
        string Body(string key) => string.Concat(Calls(revision[key]).Select(line => line + "\n"));
        var text = $$"""
            {{string.Join('\n', comment.TrimEnd('\n').Split('\n').Select(line => $"// {line}".TrimEnd()))}}

            using Alembic;
            using Alembic.Schema;

            [Revision({{Literal(id)}})]
            {{attributes}}file sealed class {{ClassName(message, id)}} : Migration
            {
                public override void Upgrade(Op op)
                {
            {{Body("upgrade")}}    }

                public override void Downgrade(Op op)
                {
            {{Body("downgrade")}}    }
            }

            """;
        var name = (string?)revision["filename"]
            ?? $"{id}_{string.Join('_', Words().Matches(message).Select(word => word.Value)).ToLowerInvariant()}";
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, versions)).FullName, name + ".cs"), text);
    }

    /// <summary>The file of a revision with this id, or with this in its name.</summary>
    public string Find(string idOrPart)
    {
        var files = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(IsRevision).Order(StringComparer.Ordinal).ToList();
        return files.FirstOrDefault(file => Strings(File.ReadAllText(file), "Revision").FirstOrDefault() == idOrPart)
            ?? files.Single(file => Path.GetFileName(file).Contains(idOrPart, StringComparison.Ordinal));
    }

    public static void Edit(string file, JsonNode change)
    {
        var text = File.ReadAllText(file);
        foreach (var (key, method) in new[] { ("upgrade", "Upgrade"), ("downgrade", "Downgrade") })
        {
            if (change[key] is { } operations)
            {
                var (start, end) = Body(text, method);
                text = $"{text[..start]}\n{string.Join('\n', Calls(operations))}\n    {text[end..]}";
            }
        }
        File.WriteAllText(file, text);
    }

    public JsonObject Read(string file)
    {
        var text = File.ReadAllText(file);
        bool IsEmpty(string method) =>
            Body(text, method) is var (start, end) && LineComment().Replace(text[start..end], "").Trim().Length == 0;
        JsonArray All(string attribute) => new([.. Strings(text, attribute).Select(value => (JsonNode)value)]);
        return new()
        {
            ["revision"] = Strings(text, "Revision").FirstOrDefault(),
            ["down"] = All("Revises"),
            ["labels"] = All("BranchLabels"),
            ["depends_on"] = All("DependsOn"),
            ["doc"] = new JsonArray([.. text.Split('\n').TakeWhile(line => line.StartsWith("//", StringComparison.Ordinal))
                .Select(line => (JsonNode)(line.StartsWith("// ", StringComparison.Ordinal) ? line[3..] : line[2..]).TrimEnd())]),
            ["upgrade_empty"] = IsEmpty("Upgrade"),
            ["downgrade_empty"] = IsEmpty("Downgrade"),
            ["file"] = Path.GetRelativePath(folder, file),
        };
    }

    private static string ClassName(string message, string id)
    {
        var name = string.Concat(Words().Matches(message).Select(word => char.ToUpperInvariant(word.Value[0]) + word.Value[1..]));
        name = Reserved.Contains(name) ? name + "Revision" : name;
        return name is [(>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or '_', ..] ? name : "Revision_" + NoWord().Replace(id, "_");
    }

    private static IEnumerable<string> Strings(string text, string attribute) =>
        Regex.Match(text, $@"\[{attribute}\(([^\]]*)\)\]") is { Success: true } match
        ? StringLiteral().Matches(match.Groups[1].Value).Select(literal => literal.Groups[1].Value) : [];

    // What is between the braces of a method.
    private static (int Start, int End) Body(string text, string method)
    {
        var match = Regex.Match(text, $@"public override void {method}\(Op op\)\s*\{{");
        var (start, depth, isString) = (match.Index + match.Length, 1, false);
        for (var at = start; ; at++)
        {
            if (text[at] == '"')
                isString = !isString;
            else if (isString && text[at] == '\\')
                at++;
            else if (!isString)
                depth += text[at] == '{' ? 1 : text[at] == '}' ? -1 : 0;
            if (depth == 0)
                return (start, at);
        }
    }

    [GeneratedRegex(@"\w+")]
    private static partial Regex Words();

    [GeneratedRegex(@"\W")]
    private static partial Regex NoWord();

    [GeneratedRegex("\"((?:[^\"\\\\]|\\\\.)*)\"")]
    private static partial Regex StringLiteral();

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex LineComment();
}

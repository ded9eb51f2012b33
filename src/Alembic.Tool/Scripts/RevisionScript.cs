using Alembic.Operations;
namespace Alembic.Tool.Scripts;

/// <summary>The content of a new revision's file, for the project's script.cs.scriban.</summary>
internal sealed record RevisionScript
{
    public const string NoMessage = "empty message";

    public required string Id { get; init; }

    /// <summary>The message as given; null if there was none.</summary>
    public string? Message { get; init; }

    public required CreateDate CreateDate { get; init; }

    public IReadOnlyList<string> DownRevisions { get; init; } = [];

    public IReadOnlyList<string> BranchLabels { get; init; } = [];

    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Its phase in a change without downtime; null for none.</summary>
    public Phase? Phase { get; init; }

    /// <summary>The namespaces that the body needs, without those of the template.</summary>
    public IReadOnlyList<string> Usings { get; init; } = [];

    /// <summary>The project's own variables for the template.</summary>
    public IReadOnlyDictionary<string, object> Variables { get; init; } = new Dictionary<string, object>();

    /// <summary>C# statements without indentation, '\n' between lines.</summary>
    public string Upgrades { get; init; } = "";

    public string Downgrades { get; init; } = "";

    public string Render(ScribanTemplate template)
    {
        RevisionId.Check(Id);
        foreach (var name in DownRevisions.Concat(BranchLabels).Concat(DependsOn).Concat(Usings))
        {
            // The template also writes them into a comment.
            if (!CSharpText.IsOneLine(name))
            {
                throw new AlembicException($"{CodeWriter.Literal(name)} has a line break in it; it can't be written into a revision file");
            }
        }

        var variables = new Dictionary<string, object>
        {
            ["message"] = CSharpText.Comment(Message ?? NoMessage),
            ["up_revision"] = Id,
            ["down_revisions"] = DownRevisions,
            ["create_date"] = CreateDate.ToString(),
            ["branch_labels"] = BranchLabels,
            ["depends_on"] = DependsOn,
            ["phase"] = Phase?.ToString() ?? "",
            ["class_name"] = ClassName.Of(Message ?? "", Id),
            ["usings"] = Usings,
            ["upgrades"] = Upgrades.TrimEnd(),
            ["downgrades"] = Downgrades.TrimEnd(),
        };
        foreach (var (name, value) in Variables)
        {
            if (!variables.TryAdd(name, value))
                throw new AlembicException(
                    $"options.TemplateVariables: '{name}' is one of the template's own variables; give it another name");
        }

        var text = WithoutBlankBodies(template.Render(variables));
        // A template of an older project does not know it.
        if (Phase is { } phase && !text.Contains($"[Phase(Phase.{phase})]", StringComparison.Ordinal))
        {
            throw new AlembicException("The project's script.cs.scriban does not write the phase of a revision")
            {
                Hint = "above the class, write: [Phase(Phase.{{ phase }})] between {{~ if phase != \"\" ~}} and {{~ end ~}}, a line each",
            };
        }
        return text;
    }

    // If "upgrades" is empty, Scriban leaves its line, with the indentation.
    private static string WithoutBlankBodies(string text)
    {
        var lines = text.Split('\n');
        return string.Join('\n',
            lines.Where((line, index) => !(index > 0 && IsBlank(line.TrimEnd('\r')) && lines[index - 1].TrimEnd().EndsWith('{'))));

        static bool IsBlank(string line) => line.Length > 0 && string.IsNullOrWhiteSpace(line);
    }
}

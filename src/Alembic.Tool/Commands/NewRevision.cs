using Alembic.Revisions;
using Alembic.Tool.Documents;
using Alembic.Tool.Scripts;

namespace Alembic.Tool.Commands;

/// <summary>A revision to be written: what the command line says of it, and what autogenerate found.</summary>
internal sealed record NewRevision
{
    public string? Message { get; init; }

    public required IReadOnlyList<string> Heads { get; init; }

    public bool Splice { get; init; }

    public string? BranchLabel { get; init; }

    public string? VersionPath { get; init; }

    public string? Id { get; init; }

    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>Its phase in a change without downtime; null for none.</summary>
    public Phase? Phase { get; init; }

    /// <summary>The project's own variables for the template.</summary>
    public IReadOnlyDictionary<string, object> Variables { get; init; } = new Dictionary<string, object>();

    public IReadOnlyList<string> Usings { get; init; } = [];

    /// <summary>The date of its creation; null for now.</summary>
    public DateTimeOffset? Created { get; init; }

    public string Upgrades { get; init; } = "";

    public string Downgrades { get; init; } = "";

    /// <summary>
    /// Checks everything against the graph, writes the file and runs the hooks on it. Gets the graph with the new revision.
    /// </summary>
    public (RevisionMap Map, string Id) Write(Project project, RevisionMap map)
    {
        var settings = project.Settings;
        var id = Id ?? RevisionId.New(project.Terminal.NewGuid);
        RevisionId.Check(id);
        if (PostWriteHook.All(settings.Ini).Count > 0)
            project.RefuseCode("the ini file has hooks that would run on the new file");
        if (map.Revisions.FirstOrDefault(r => r.Id == id) is { } known)
            throw new RevisionException($"Revision {id} is present more than once")
            {
                Hint = $"{known.Revision.Path} has that id: choose another"
            };
        var parents = map.Parents(Heads, Splice);
        var location = Location(project, parents);
        var script = new RevisionScript
        {
            Id = id,
            Message = Message,
            CreateDate = CreateDate.Of(Created ?? project.Terminal.Clock.GetUtcNow(), project.Terminal.Clock, settings.Timezone),
            DownRevisions = [.. parents.Select(p => p.Id)],
            BranchLabels = BranchLabel is null ? [] : [BranchLabel],
            DependsOn = map.Dependencies(DependsOn),
            Phase = Phase,
            Variables = Variables,
            Usings = Usings,
            Upgrades = Upgrades,
            Downgrades = Downgrades,
        };
        // The graph with the new revision comes first: a revision that does not fit into it is not written.
        map.With(new Revision(id, script.DownRevisions, script.DependsOn, script.BranchLabels));
        var file = RevisionFile.Write(
            location, script, settings, project.Reporter.Status, text => project.Reporter.Warn(DiagnosticCode.NewFile, text));
        new PostWriteHooks(settings.Folder, project.Terminal.Out, project.Terminal.Error, project.Programs, PostWriteHooks.TimeLimit)
            .Run(settings.Ini, file);
        project.Reporter.Show(() => new NewRevisionData(id, Message, script.DownRevisions, file));
        return (map.With(new Revision(id, script.DownRevisions, script.DependsOn, script.BranchLabels, path: file)), id);
    }

    private string Location(Project project, IReadOnlyList<RevisionNode> parents)
    {
        var locations = project.Settings.VersionLocations;
        if (VersionPath is not null)
        {
            var path = Path.GetFullPath(VersionPath, project.Terminal.WorkingDirectory);
            return locations.FirstOrDefault(
                l => Paths.AreSame(Path.TrimEndingDirectorySeparator(l), Path.TrimEndingDirectorySeparator(path)))
                ?? throw new AlembicException($"Path {VersionPath} is not represented in current version locations")
                {
                    Hint = $"they are {string.Join(", ", locations)}"
                };
        }
        if (locations.Count == 1)
            return locations[0];
        // Beside the file of its down revision: a location may have folders.
        return parents.Select(p => p.Revision.Path).OfType<string>().FirstOrDefault() is { } parent
            ? locations.FirstOrDefault(l => Paths.IsBelow(parent, l)) ?? Path.GetDirectoryName(parent)!
            : throw new AlembicException("Multiple version locations present, please specify --version-path")
            {
                Hint = $"they are {string.Join(", ", locations)}"
            };
    }
}

using Alembic.Revisions;
using Alembic.Tool.Compilation;
using Alembic.Tool.Configuration;

namespace Alembic.Tool.Scripts;

/// <summary>The migration environment on the disk: where its files are, and the graph that they form.</summary>
internal sealed class ScriptDirectory
{
    // More than any project has: the wrong folder was named, or something has filled it.
    private const int MostFiles = 100_000;

    private readonly Action<string> _tell;
    private readonly List<string> _warnings = [];
    private readonly ScriptFolder _folder;
    private readonly List<string> _helpers = [];
    private readonly List<string> _missing;

    public ScriptDirectory(Settings settings, Func<IReadOnlyList<string>, IEnumerable<RevisionSource>> readHeaders, Action<string> warn)
    {
        _tell = warn;
        _folder = ScriptFolder.Open(settings);
        _missing = [.. settings.VersionLocations.Where(location => !Directory.Exists(location))];
        // The default one is created with the first revision.
        foreach (var location in settings.NamesVersionLocations ? _missing : [])
            Warn($"there is no {location}, which version_locations names");
        List<Revision> revisions = [];
        var sources = readHeaders([.. Files(settings)]);
        Revisions = [.. sources.Where(source => source.Header is not null)];
        foreach (var source in sources)
        {
            if (source.Header is { } header)
                revisions.Add(new Revision(header.Id, header.Revises, header.DependsOn, header.BranchLabels, header.Text, source.Path)
                {
                    Phase = header.Phase is { } phase ? Enum.Parse<Phase>(phase) : null,
                    UpgradeChecksum = header.UpgradeChecksum,
                    DowngradeChecksum = header.DowngradeChecksum,
                });
            else
                AddHelper(source.Path);
        }
        CheckDuplicates(revisions);
        Map = new RevisionMap(revisions, Warn);
    }

    private void Warn(string text)
    {
        _warnings.Add(text);
        _tell(text);
    }

    private void AddHelper(string path)
    {
        _helpers.Add(path);
        if (LostRevision.WhyLost(path) is { } why)
            Warn($"{path} {why}");
    }

    public RevisionMap Map { get; }

    /// <summary>The files of the revisions, with what they declare.</summary>
    public IReadOnlyList<RevisionSource> Revisions { get; }

    /// <summary>The warnings about the files, which stop nothing.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>The files without a revision: code that several migrations share.</summary>
    public IReadOnlyList<string> Helpers => _helpers;

    /// <summary>
    /// Throws if there is no revision, because the files are probably in another folder: an upgrade would succeed and do nothing.
    /// </summary>
    public void RefuseNone()
    {
        if (_missing.Count > 0 && !Map.Revisions.Any())
        {
            throw new ConfigurationException($"There is no revision, and no folder {string.Join(", ", _missing)}")
            {
                Hint =
                    "dotnet alembic revision -m \"…\" writes the first one; if there are some, name their folders in version_locations, "
                        + "one per line, with 'path_separator = newline'",
            };
        }
    }

    public string EnvironmentFile => _folder.EnvironmentFile;

    // Chance must not decide which of the two runs.
    private static void CheckDuplicates(List<Revision> revisions)
    {
        var seen = new HashSet<string>(revisions.Count);
        if (revisions.TrueForAll(revision => seen.Add(revision.Id)))
            return;
        if (revisions.GroupBy(r => r.Id).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new RevisionException($"Revision {twice.Key} is present more than once")
            {
                Hint = $"it is in {string.Join(" and in ", twice.Select(r => r.Path))}: give one of them another id"
            };
    }

    // The order decides ties in the graph: location by location, in each by name.
    private IEnumerable<string> Files(Settings settings)
    {
        var depth = settings.RecursiveVersionLocations ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly;
        var seen = new HashSet<string>(Paths.Comparer);
        foreach (var location in settings.VersionLocations.Where(Directory.Exists))
        {
            // In place: the first use of LINQ's ordering takes longer than reading the files.
            var paths = Directory.GetFiles(location, "*", depth);
            if (paths.Length > MostFiles)
                throw new AlembicException($"{location} has {paths.Length} files; a version location may have at most {MostFiles}");
            Array.Sort(paths, StringComparer.Ordinal);
            foreach (var path in paths.Where(IsSource))
            {
                if (seen.Add(path))
                    yield return path;
                else
                    Warn($"File {path} loaded twice! ignoring. Please ensure version_locations is unique.");
            }
        }
    }

    // Editors leave files like ".#name.cs" behind.
    private static bool IsSource(string path) => path.EndsWith(".cs", StringComparison.Ordinal) && !Path.GetFileName(path).StartsWith('.');
}

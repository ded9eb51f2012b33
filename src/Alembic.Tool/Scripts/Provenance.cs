using Alembic.Tool.Compilation;
using Alembic.Tool.Configuration;

namespace Alembic.Tool.Scripts;

/// <summary>
/// Tells whether the code to run is where the configuration says, and belongs to nobody else. Gets each problem as a line.
/// </summary>
/// <param name="settings">The project's settings.</param>
/// <param name="isKnown">Whether the system says who can change a file or folder.</param>
internal sealed class Provenance(Settings settings, Predicate<string> isKnown)
{
    public Provenance(Settings settings)
        : this(settings, Ownership.IsKnown)
    {
    }

    /// <summary>Gets what a run cannot find out that promises to run nothing that others may have put there; null for nothing.</summary>
    public string? Unknown => isKnown(settings.ScriptDirectory)
        ? null
        : $"whether others can write to {settings.ScriptDirectory} is unknown: this system does not say it";

    /// <summary>Checks env.cs and the folders. Reads each only once, so that every command that runs code can check them first.</summary>
    public IEnumerable<string> OfPlaces(string environmentFile)
    {
        foreach (var place in settings.VersionLocations.Prepend(settings.ScriptDirectory).Append(environmentFile).Where(Path.Exists))
        {
            if (LeadsOut(place) is { } target)
                yield return $"{place} is a link that leads out of the project, to {target}";
            else if (Ownership.OthersIn(place) is { } others)
                yield return $"{place} {others}: what they put there would run";
        }
    }

    /// <summary>Checks the files that are run, and the folders between them and a version location.</summary>
    public IEnumerable<string> OfFiles(IEnumerable<string> files)
    {
        var locations = settings.VersionLocations.Append(settings.ScriptDirectory).ToHashSet(Paths.Comparer);
        var seen = new HashSet<string>(Paths.Comparer);
        foreach (var file in files)
        {
            for (var at = file; at is not null && !locations.Contains(at) && seen.Add(at); at = Path.GetDirectoryName(at))
            {
                if (LeadsOut(at) is { } target)
                    yield return $"{at} is a link that leads out of the project, to {target}";
            }
        }
    }

    /// <summary>
    /// Gets the target of a link that leaves the project; null for all else. Links within it are its author's decision, such as those of
    /// a container's volume.
    /// </summary>
    public string? LeadsOut(string path) =>
        new FileInfo(path) is { LinkTarget: not null } link && link.ResolveLinkTarget(returnFinalTarget: true)?.FullName is { } target
            && !settings.VersionLocations.Append(settings.ScriptDirectory).Append(settings.Ini.Here)
                .Any(root => Paths.IsBelow(target, root))
            ? target
            : null;
}

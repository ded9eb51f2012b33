using Alembic.Tool.Compilation;
using Alembic.Tool.Configuration;

namespace Alembic.Tool.Scripts;

/// <summary>
/// Tells whether the code that is to be run is where the configuration says, and nobody else's: what does not fit, a line each.
/// </summary>
internal sealed class Provenance(Settings settings)
{
    /// <summary>Of env.cs and the folders: one look at each, so that it can be asked before everything that runs code.</summary>
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

    /// <summary>Of the files that are run, and of the folders between a version location and them.</summary>
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
    /// Where a link leads that leaves the project; null for all else. Links within it are its author's business, such as those that a
    /// container's volume is made of.
    /// </summary>
    public string? LeadsOut(string path) =>
        new FileInfo(path) is { LinkTarget: not null } link && link.ResolveLinkTarget(returnFinalTarget: true)?.FullName is { } target
            && !settings.VersionLocations.Append(settings.ScriptDirectory).Append(settings.Ini.Here)
                .Any(root => Paths.IsBelow(target, root))
            ? target
            : null;
}

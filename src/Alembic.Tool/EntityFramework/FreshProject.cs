using System.Security.Cryptography;
using System.Text;
using Alembic.Tool.Compilation;

namespace Alembic.Tool.EntityFramework;

/// <summary>
/// Ensures that a project's assembly is built from its current sources. MSBuild's answers about the project are cached: while nothing
/// that it depends on changes, no process is started.
/// </summary>
internal sealed class FreshProject(ModelSource source, MsBuild build, CacheDirectory cache, TimeProvider clock)
{
    private string Key
    {
        get
        {
            // Another version of this tool may cache other facts.
            var identity = Encoding.UTF8.GetBytes(
                $"{typeof(ProjectFacts).Module.ModuleVersionId}\n{source.Path}\n{source.Framework}\n{source.Configuration}");
            return $"{Convert.ToHexStringLower(SHA256.HashData(identity))}.project";
        }
    }

    /// <summary>Gets the facts of a project whose assembly is up to date; null if only MSBuild can tell or it has to be built.</summary>
    public ProjectFacts? FindBuilt() => Cached() is { } known && Newer(known, wasBuilt: true) is null ? known : null;

    /// <param name="mayBuild">Whether the project is built if needed.</param>
    /// <param name="log">Called with what is being done.</param>
    /// <param name="error">Gets the errors of the build.</param>
    /// <exception cref="AlembicException">The project does not build; or the assembly is older than a source, and building is not
    /// allowed.</exception>
    public ProjectFacts Find(bool mayBuild, Action<string> log, Action<string> error)
    {
        var known = Cached();
        var isKnown = known is not null;
        var facts = known ?? build.Facts();
        var newer = Newer(facts, isKnown);
        if (!mayBuild)
            return newer is null ? facts : throw Stale(facts, newer);
        if (isKnown && newer is null)
            return facts;
        var reason = newer is null || !File.Exists(facts.Assembly) ? "" : $": {newer} is newer than {Path.GetFileName(facts.Assembly)}";
        log($"Building {source.Path}{reason}");
        var start = InputFile.Text(clock.GetUtcNow().UtcDateTime);
        build.Build(facts.HasSeveralFrameworks ? facts.Framework : null, error);
        // The first restore may have changed the parts of the project.
        facts = (isKnown ? facts : build.Facts()) with { BuiltAt = start };
        cache.Write(Key, facts.ToJson());
        return facts;
    }

    private ProjectFacts? Cached() =>
        ProjectFacts.FromJson(cache.Read(Key)) is { } known && known.Projects.All(IsUnchanged) ? known : null;

    private static bool IsUnchanged(ProjectPart project) =>
        project.Inputs.All(input => InputFile.Of(input.Path) == input)
            && SourceListing.Of(project.File) == project.Listing;

    // Gets a file that is newer than the assembly that it is compiled into, or the name of a missing assembly.
    private static string? Newer(ProjectFacts facts, bool wasBuilt)
    {
        foreach (var (project, copy) in facts.Projects.Zip(facts.Assemblies))
        {
            if (!File.Exists(copy))
                return File.Exists(project.Assembly) ? project.Assembly : project.File;
            var written = File.GetLastWriteTimeUtc(copy);
            if (File.Exists(project.Assembly) && File.GetLastWriteTimeUtc(project.Assembly) > written)
                return project.Assembly;
            var built = wasBuilt && facts.Built > written ? facts.Built.Value : written;
            if (project.Sources.Concat(project.Inputs.Select(i => i.Path)).Where(File.Exists)
                .FirstOrDefault(file => File.GetLastWriteTimeUtc(file) > built) is { } newer)
                return newer;
        }
        return null;
    }

    private AlembicException Stale(ProjectFacts facts, string newer) => File.Exists(facts.Assembly)
        ? new($"{facts.Assembly} is older than {newer}") { Hint = $"dotnet build {source.Path}, or leave out --no-build" }
        : new($"{facts.Assembly} is not built") { Hint = $"dotnet build {source.Path}, or leave out --no-build" };
}

namespace Alembic.Tool.EntityFramework;

/// <summary>Writes into a new ini file where the EF Core model is.</summary>
/// <param name="ini">The ini file.</param>
/// <param name="projects">The projects that the model may be in.</param>
internal sealed class ModelKeys(string ini, IReadOnlyList<string> projects)
{
    private const string Placeholder = "# model = ef:%(here)s/MyApp.csproj";

    // Enough for src/Shop/Shop.csproj.
    private const int Depth = 3;

    /// <summary>Looks for projects that reference EF Core: beside the ini file, else above it, else below it.</summary>
    /// <param name="ini">The absolute path of the ini file.</param>
    /// <param name="given">The absolute path of the project that the user names, or null.</param>
    /// <exception cref="UsageException">The file does not exist.</exception>
    public static ModelKeys Find(string ini, string? given)
    {
        if (given is not null)
            return File.Exists(given) ? new ModelKeys(ini, [given])
                : throw new UsageException($"--project: {given} does not exist");
        var folder = Path.GetDirectoryName(ini)!;
        if (!Directory.Exists(folder))
            return new ModelKeys(ini, []);
        if (Scripts.SurroundingProject.Find(folder) is { } around)
            return new ModelKeys(ini, UsesEntityFramework(around.File) ? [around.File] : []);
        var below = Directory.EnumerateFiles(folder, "*.csproj",
            new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = Depth, IgnoreInaccessible = true });
        var applications = Directory.EnumerateFiles(folder, "*.cs").Where(IsFileBased);
        return new ModelKeys(ini, [.. below.Concat(applications).Where(UsesEntityFramework).Order(StringComparer.Ordinal)]);
    }

    /// <summary>Writes the keys, and says so. If there are several projects, says how to choose.</summary>
    public void Write(string? context, Action<string> say)
    {
        if (projects.Count > 1)
            say($"Several projects use EF Core; to take a model from one, write 'model = ef:…' into {ini}: {string.Join(", ", projects)}");
        // Nothing is written through a link.
        if (projects is not [var project] || new FileInfo(ini) is not { Exists: true, LinkTarget: null })
            return;
        var text = File.ReadAllText(ini);
        if (!text.Contains(Placeholder, StringComparison.Ordinal))
            return;
        var path =
            Path.GetRelativePath(Path.GetDirectoryName(ini)!, project).Replace('\\', '/').Replace("%", "%%", StringComparison.Ordinal);
        var line = $"model = ef:{(Path.IsPathFullyQualified(project) && Path.IsPathRooted(path) ? path : $"%(here)s/{path}")}";
        File.WriteAllText(
            ini, text.Replace(Placeholder, context is null ? line : $"{line}\nmodel_context = {context}", StringComparison.Ordinal));
        say($"The model is that of EF Core in {project}: '{line}' in {ini}");
    }

    private static bool IsFileBased(string file) =>
        File.ReadLines(file).Any(line => line.StartsWith("#:package ", StringComparison.Ordinal));

    private static bool UsesEntityFramework(string project) =>
        File.ReadAllText(project).Contains("EntityFrameworkCore", StringComparison.Ordinal);
}

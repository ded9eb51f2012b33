using Alembic.Tool.Configuration;

namespace Alembic.Tool.EntityFramework;

/// <summary>The place of the model that the ini file names: an EF Core context of a project or of a built assembly.</summary>
/// <param name="Path">The absolute path of the project, the assembly or the file-based application.</param>
/// <param name="Context">The name of the context; null if there is only one.</param>
/// <param name="Framework">The target framework of a project that has several, or null.</param>
/// <param name="Configuration">The configuration that is built, or null for Debug.</param>
/// <param name="UsesHost">Whether the application's Main creates the context.</param>
internal sealed record ModelSource(string Path, string? Context, string? Framework, string? Configuration, bool UsesHost)
{
    private const string Prefix = "ef:";

    private const string Forms = "model = ef:path/to/Project.csproj, ef:path/to/Assembly.dll, or ef:app.cs for a file-based application";

    public bool IsAssembly => Path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the settings; null if they name no model.</summary>
    public static ModelSource? Of(Settings settings)
    {
        if (settings.Option("model") is not { Length: > 0 } text)
            return null;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
            throw Invalid(settings, $"'{text}' does not begin with {Prefix}", Forms);
        var path = settings.FullPath(text[Prefix.Length..].Trim());
        if (Directory.Exists(path))
            path = OnlyProject(settings, path);
        if (System.IO.Path.GetExtension(path).ToLowerInvariant() is not (".dll" or ".csproj" or ".fsproj" or ".vbproj" or ".cs"))
            throw Invalid(settings, $"{path} is neither a project nor an assembly", Forms);
        if (!File.Exists(path))
            throw Invalid(settings, $"{path} does not exist",
                "correct the path; it starts at the working directory, or write %(here)s/… to start at the ini file");
        return new ModelSource(path, Given(settings, "model_context"), Given(settings, "model_framework"),
            Given(settings, "model_configuration"), settings.ModelUseHost);
    }

    private static string? Given(Settings settings, string key) => settings.Option(key) is { Length: > 0 } value ? value : null;

    private static string OnlyProject(Settings settings, string folder) => Directory.GetFiles(folder, "*.csproj") is [var project]
        ? project
        : throw Invalid(
            settings, $"{folder} is a folder without exactly one project in it", "name the project: model = ef:path/to/Project.csproj");

    private static ConfigurationException Invalid(Settings settings, string problem, string hint) =>
        new($"{settings.Ini.Path}, section [{settings.Section}]: model: {problem}") { Hint = hint };
}

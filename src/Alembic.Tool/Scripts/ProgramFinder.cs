using System.Buffers;
using System.Text.Json;

namespace Alembic.Tool.Scripts;

/// <summary>
/// Finds the program of a name: a local dotnet tool or a file in the PATH, never one that just lies in the current folder.
/// </summary>
internal sealed class ProgramFinder(Func<string, string?> environment)
{
    private static readonly string[] BatchFiles = [".cmd", ".bat"];
    private static readonly string[] Extensions = [".exe", ".com", .. BatchFiles];
    private static readonly SearchValues<char> Obeyed = SearchValues.Create("\"%^&|<>!\r\n");
    private static readonly string[] Manifests = [Path.Combine(".config", "dotnet-tools.json"), "dotnet-tools.json"];

    /// <summary>Gets the program and its first arguments; null if there is none.</summary>
    /// <param name="folder">The folder where the search for tool manifests begins. It continues in the folders above.</param>
    public IReadOnlyList<string>? Find(string name, string folder) =>
        IsLocalTool(name, folder) && InPath("dotnet") is { } dotnet ? [dotnet, "tool", "run", name, "--"]
        : InPath(name) is { } program ? [program]
        : null;

    /// <summary>Gets the absolute path of a program in the PATH; null if there is none.</summary>
    public string? InPath(string name) => Path.GetFileName(name) != name || name.Length == 0 ? null
        : (environment("PATH") ?? "").Split(Path.PathSeparator).Where(Path.IsPathFullyQualified)
            .Select(folder => AsProgram(Path.Combine(folder, name))).FirstOrDefault(path => path is not null);

    /// <summary>Gets the file if it can be started. On Windows its extension may be missing.</summary>
    public static string? AsProgram(string path)
    {
        if (OperatingSystem.IsWindows())
            return Candidates(path).FirstOrDefault(File.Exists);

        const UnixFileMode execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(path) && (File.GetUnixFileMode(path) & execute) != 0 ? path : null;
    }

    /// <summary>Gets the files that a name may mean on Windows: npm's programs and VS Code's "code" are batch files.</summary>
    internal static IEnumerable<string> Candidates(string path) =>
        Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase)
        ? [path]
        : Extensions.Select(extension => path + extension);

    /// <summary>
    /// Gets the first argument that a batch file cannot get, because the shell that runs it would take a part of it for a command; null
    /// if there is none.
    /// </summary>
    public static string? Unsafe(IReadOnlyList<string> command) =>
        BatchFiles.Contains(Path.GetExtension(command[0]), StringComparer.OrdinalIgnoreCase)
        ? command.Skip(1).FirstOrDefault(argument => argument.AsSpan().ContainsAny(Obeyed))
        : null;

    private static bool IsLocalTool(string name, string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (Manifests.Select(manifest => Path.Combine(at.FullName, manifest)).FirstOrDefault(File.Exists) is { } file)
            {
                return Commands(file).Contains(name);
            }
        }

        return false;
    }

    private static List<string?> Commands(string manifest)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(manifest),
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, MaxDepth = 32 });
            return [.. json.RootElement.GetProperty("tools").EnumerateObject()
                .SelectMany(tool => tool.Value.GetProperty("commands").EnumerateArray()).Select(command => command.GetString())];
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or IOException
            or UnauthorizedAccessException)
        {
            throw new AlembicException($"Can't read the tool manifest {manifest}", error);
        }
    }
}

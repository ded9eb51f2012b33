using System.Runtime.InteropServices;
using Alembic.Tool.Compilation;

namespace Alembic.Tool.Bundles;

/// <summary>Writes a bundle into a folder: completely or not at all.</summary>
internal sealed class BundleWriter
{
    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = ForAll | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly string _folder;

    /// <param name="folder">The folder.</param>
    /// <exception cref="UsageException">The folder holds something else.</exception>
    public BundleWriter(string folder)
    {
        _folder = Path.TrimEndingDirectorySeparator(folder);
        if (Other() is { } other)
            throw new UsageException($"{other} exists and is not part of an earlier bundle; nothing was written")
            {
                Hint = "name a new folder: -o FOLDER",
            };
    }

    /// <summary>Writes the bundle, and replaces an earlier one.</summary>
    /// <param name="isSelfContained">Whether the runtime is included.</param>
    /// <returns>The words that start the program.</returns>
    /// <exception cref="AlembicException">The folder cannot be written, or the runtime cannot be included.</exception>
    public IReadOnlyList<string> Write(
        ProjectImages project, BundleContents contents, BundledSettings settings, IEnumerable<string> unusedDrivers,
        bool isSelfContained)
    {
        var tool = new ToolFiles(unusedDrivers, project.Needed.Shared);
        var runtime = isSelfContained ? new RuntimeFiles(SharedFrameworks.Own, project.Needed.Frameworks) : null;
        if (runtime is not null && !tool.HasProgram)
        {
            throw new AlembicException("--self-contained needs a start program, and the tool's package for "
                + $"{RuntimeInformation.RuntimeIdentifier} has none")
            {
                Hint = "leave --self-contained out, and install .NET on the machine",
            };
        }
        var temporary = $"{_folder}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(temporary);
            runtime?.CopyTo(temporary);
            var start = Fill(temporary, tool, project, contents, settings);
            Replace(temporary);
            return [.. start.Take(start.Count - 1), Path.Combine(_folder, start[^1])];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var reason = error.Message.Replace(temporary, _folder, StringComparison.Ordinal).ReplaceLineEndings(" ");
            throw new AlembicException($"Can't write {_folder}: {reason}", error);
        }
        finally
        {
            if (Directory.Exists(temporary))
                Directory.Delete(temporary, recursive: true);
        }
    }

    private static IReadOnlyList<string> Fill(
        string folder, ToolFiles tool, ProjectImages project, BundleContents contents, BundledSettings settings)
    {
        var bundle = new Bundle(folder);
        var start = tool.CopyTo(folder);
        Directory.CreateDirectory(bundle.Project);
        if (project.Environment is { } environment)
            Write(Path.Combine(bundle.Project, Bundle.EnvironmentImage), environment);
        Write(Path.Combine(bundle.Project, Bundle.RevisionsImage), project.Revisions);
        foreach (var file in project.Needed.Files)
        {
            Directory.CreateDirectory(bundle.References);
            File.Copy(file, Path.Combine(bundle.References, Path.GetFileName(file)), overwrite: true);
        }
        File.WriteAllText(bundle.Configuration, settings.Text);
        bundle.Write(contents with { Files = [.. Files(folder), bundle.ContentsFile] });
        if (!OperatingSystem.IsWindows())
            Open(folder, start[^1]);
        return start;
    }

    private static void Write(string path, CompiledAssembly image)
    {
        File.WriteAllBytes(path, image.Assembly.Span);
        File.WriteAllBytes(Path.ChangeExtension(path, ".pdb"), image.Pdb.Span);
    }

    // The user who runs the bundle may be another one than the user who created it.
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void Open(string folder, string program)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Prepend(folder))
            File.SetUnixFileMode(path, Directory.Exists(path) || Path.GetFileName(path) == program ? Executable : ForAll);
    }

    // For example a database that somebody created there.
    private string? Other() => File.Exists(_folder) ? _folder
        : !Directory.Exists(_folder) ? null
        : Files(_folder).Except(Bundle.In(_folder)?.Contents.Files ?? []).Select(file => Path.Combine(_folder, file)).FirstOrDefault();

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file));

    private void Replace(string temporary)
    {
        var earlier = Directory.Exists(_folder) ? temporary + ".old" : null;
        if (earlier is not null)
            Directory.Move(_folder, earlier);
        Directory.Move(temporary, _folder);
        if (earlier is not null)
            Directory.Delete(earlier, recursive: true);
    }
}

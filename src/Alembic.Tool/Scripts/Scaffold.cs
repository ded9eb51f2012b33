namespace Alembic.Tool.Scripts;

/// <summary>Writes a new migration environment: what "init" does.</summary>
internal sealed class Scaffold(Template template, string workingDirectory, Status status)
{
    private const string Ini = "alembic.ini.scriban";
    private const string Script = "script.cs.scriban";
    private const string Versions = "versions";

    /// <param name="directory">The new environment, as the user named it.</param>
    /// <param name="iniFile">The configuration file to write beside it, unless it is there.</param>
    public void Create(string directory, string iniFile)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory, workingDirectory));
        var ini = Path.GetFullPath(iniFile, workingDirectory);
        var iniFolder = Path.GetDirectoryName(ini)!;
        var files = template.Files().Select(Rendered).ToList();
        Check(directory, target, iniFolder, files);

        CreateDirectory(target);
        CreateDirectory(Path.Combine(target, Versions));
        // The script's template comes last: without it, all of this can be done again.
        foreach (var (path, text) in files.OrderBy(file => Path.GetFileName(file.Path) == Script))
        {
            if (!File.Exists(path))
                status.Run($"Generating {path}", () => NewFile.Write(path == ini ? iniFolder : target, path, text));
            else if (path == ini)
                status.Line($"File {ini} already exists, skipping");
        }

        status.Line($"Please edit configuration/connection/logging settings in {ini} before proceeding.");
        if (SurroundingProject.Find(target) is { } project)
        {
            status.Line($"{project.File} would compile the migrations; this line in it keeps them out, and nothing else is needed:");
            status.Line($"  {project.Exclude(target)}");
        }

        (string Path, string Text) Rendered(string source) => Path.GetFileName(source) switch
        {
            Ini => (ini, Render(source, ScriptLocation(directory, target, iniFolder))),
            Script => (Path.Combine(target, Script), File.ReadAllText(source)),
            var name when name.EndsWith(".scriban", StringComparison.Ordinal) => (Path.Combine(target, Path.GetFileNameWithoutExtension(name)), Render(source, "")),
            var name => (Path.Combine(target, name), File.ReadAllText(source)),
        };
    }

    private static void Check(string directory, string target, string iniFolder, IReadOnlyList<(string Path, string Text)> files)
    {
        if (File.Exists(target))
        {
            throw new AlembicException($"{directory} already exists and is not a directory");
        }

        if (Directory.Exists(target) && (File.Exists(Path.Combine(target, Script)) || !Directory.EnumerateFileSystemEntries(target).All(entry => IsLeft(entry, files))))
        {
            throw new AlembicException($"Directory {directory} already exists and is not empty");
        }

        if (!Directory.Exists(iniFolder) && iniFolder != target)
        {
            throw new AlembicException($"Directory {iniFolder} of the configuration file doesn't exist");
        }

        if (target.Any(char.IsControl))
        {
            throw new AlembicException("The name of the directory has a control character in it; alembic.ini couldn't name it");
        }
    }

    // What an "init" that was broken off leaves behind.
    private static bool IsLeft(string entry, IReadOnlyList<(string Path, string Text)> files) =>
        Path.GetFileName(entry) == Versions ? Directory.Exists(entry) && !Directory.EnumerateFileSystemEntries(entry).Any()
        : NewFile.IsTemporary(entry) || files.Any(file => file.Path == entry && File.Exists(entry) && File.ReadAllText(entry) == file.Text);

    private void CreateDirectory(string path)
    {
        if (!Directory.Exists(path))
        {
            status.Run($"Creating directory {path}", () => NewFile.CreateDirectory(path));
        }
    }

    private static string Render(string source, string scriptLocation) =>
        ScribanTemplate.Read(source).Render(new Dictionary<string, object> { ["script_location"] = scriptLocation });

    // Relative to the ini file, so that the project can move; absolute if that is how it was named.
    private static string ScriptLocation(string directory, string target, string iniFolder)
    {
        var relative = Path.GetRelativePath(iniFolder, target);
        var value = Path.IsPathFullyQualified(directory) ? target : relative;
        var escaped = value.Replace('\\', '/').Replace("%", "%%", StringComparison.Ordinal);
        return Path.IsPathFullyQualified(value) ? escaped : escaped == "." ? "%(here)s" : $"%(here)s/{escaped}";
    }
}

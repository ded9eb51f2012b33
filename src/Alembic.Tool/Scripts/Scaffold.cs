namespace Alembic.Tool.Scripts;

/// <summary>Writes a new migration environment: what "init" does.</summary>
internal sealed class Scaffold(Template template, string workingDirectory, Status status)
{
    private const string Ini = "alembic.ini.scriban";
    private const string Script = "script.cs.scriban";

    /// <param name="directory">The new environment, as the user named it.</param>
    /// <param name="iniFile">The configuration file to write beside it, unless it is there.</param>
    public void Create(string directory, string iniFile)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory, workingDirectory));
        var ini = Path.GetFullPath(iniFile, workingDirectory);
        var iniFolder = Path.GetDirectoryName(ini)!;
        Check(directory, target, iniFolder);

        CreateDirectory(target);
        CreateDirectory(Path.Combine(target, "versions"));
        foreach (var source in Directory.EnumerateFiles(template.Folder).Order(StringComparer.Ordinal))
        {
            switch (Path.GetFileName(source))
            {
                case Ini when Path.Exists(ini):
                    status.Line($"File {ini} already exists, skipping");
                    break;
                case Ini:
                    Generate(iniFolder, ini, Render(source, ScriptLocation(directory, target, iniFolder)));
                    break;
                case Script:
                    Generate(target, Path.Combine(target, Script), File.ReadAllText(source));
                    break;
                case var name when name.EndsWith(".scriban", StringComparison.Ordinal):
                    Generate(target, Path.Combine(target, Path.GetFileNameWithoutExtension(name)), Render(source, ""));
                    break;
                case var name:
                    Generate(target, Path.Combine(target, name), File.ReadAllText(source));
                    break;
            }
        }

        status.Line($"Please edit configuration/connection/logging settings in {ini} before proceeding.");
        if (SurroundingProject.Find(target) is { } project)
        {
            status.Line($"{project.File} would compile the migrations; this line in it keeps them out, and nothing else is needed:");
            status.Line($"  {project.Exclude(target)}");
        }
    }

    private static void Check(string directory, string target, string iniFolder)
    {
        if (File.Exists(target))
        {
            throw new AlembicException($"{directory} already exists and is not a directory");
        }

        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
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

    private void CreateDirectory(string path)
    {
        if (!Directory.Exists(path))
        {
            status.Run($"Creating directory {path}", () => NewFile.CreateDirectory(path));
        }
    }

    private void Generate(string root, string path, string text) => status.Run($"Generating {path}", () => NewFile.Write(root, path, text));

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

namespace Alembic.Tool.Scripts;

/// <summary>Writes a new migration environment, for "init".</summary>
internal sealed class Scaffold(Template template, string workingDirectory, Status status)
{
    public const string StandardUrl = "sqlite:///%(here)s/app.db";

    private const string Script = "script.cs.scriban";
    private const string Versions = "versions";

    /// <summary>The URL of the new ini file.</summary>
    public string Url { get; init; } = StandardUrl;

    /// <summary>Tells whether a C# project around the new folder may be changed so that it does not compile the migrations.</summary>
    public Func<string, bool> MayEdit { get; init; } = _ => true;

    /// <param name="directory">The folder of the new environment, as the user wrote it.</param>
    /// <param name="iniFile">The configuration file to write beside it, unless it exists.</param>
    /// <returns>The files that it wrote.</returns>
    public IReadOnlyList<string> Create(string directory, string iniFile)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory, workingDirectory));
        var ini = Path.GetFullPath(iniFile, workingDirectory);
        var iniFolder = Path.GetDirectoryName(ini)!;
        var project = SurroundingProject.Find(target);
        List<(string Path, string Text)> files =
        [
            (ini,
                Render(Template.Shared("alembic.ini.scriban"), ("script_location", ScriptLocation(directory, target, iniFolder)),
                    ("url", Url), ("names", template.Databases))),
            (In(".gitattributes"), File.ReadAllText(Template.Shared("gitattributes"))),
            .. template.Files().Select(Rendered),
        ];
        // Beside the ini file it would be taken for the application's own project.
        if (project is not null && target != iniFolder)
            files.Add((In($"{Path.GetFileName(target)}.csproj"), EditorProject(project)));
        Check(directory, target, iniFolder, files);

        CreateDirectory(target);
        CreateDirectory(In(Versions));
        // The script's template comes last: until it exists, all of this can be repeated.
        List<string> written = [];
        foreach (var (path, text) in files.OrderBy(file => Path.GetFileName(file.Path) == Script))
        {
            if (!File.Exists(path))
            {
                status.Run($"Generating {path}", () => NewFile.Write(path == ini ? iniFolder : target, path, text));
                written.Add(path);
            }
            else if (path == ini)
            {
                status.Line($"File {ini} already exists, skipping");
            }
        }
        foreach (var around in project?.All ?? [])
        {
            if (around.TextWithout(target) is { } changed)
                KeepOut(around, target, changed);
        }
        status.Line($"Please edit configuration/connection/logging settings in {ini} before proceeding.");
        return written;

        string In(string name) => Path.Combine(target, name);

        (string Path, string Text) Rendered(string source) => Path.GetFileName(source) switch
        {
            Script => (In(Script), File.ReadAllText(source)),
            var name when name.EndsWith(".scriban", StringComparison.Ordinal) => (In(Path.GetFileNameWithoutExtension(name)),
                Render(source)),
            var name => (In(name), File.ReadAllText(source)),
        };

        string EditorProject(SurroundingProject around) => Render(
            Template.Shared("editor.csproj.scriban"),
            ("version", ToolVersion.Text),
            ("framework", around.EditorFramework),
            ("project", SurroundingProject.Escape(Path.GetRelativePath(target, around.File).Replace('\\', '/'))));
    }

    // Otherwise the application does not build any more: it does not know [Revision].
    private void KeepOut(SurroundingProject project, string target, string changed)
    {
        if (MayEdit($"{project.File} compiles every .cs file below it, and would compile the migrations too."))
            status.Run($"Adding {project.Exclude(target)} to {project.File}", () => NewFile.Replace(project.File, changed));
        else
            status.Line($"{project.File} would compile the migrations; this line excludes them: {project.Exclude(target)}");
    }

    private static void Check(string directory, string target, string iniFolder, IReadOnlyList<(string Path, string Text)> files)
    {
        if (File.Exists(target))
        {
            throw new AlembicException($"{directory} already exists and is not a directory");
        }

        if (Directory.Exists(target)
            && (File.Exists(Path.Combine(target, Script))
                || !Directory.EnumerateFileSystemEntries(target).All(entry => IsLeft(entry, files))))
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

    // An interrupted "init" leaves these behind.
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

    private static string Render(string source, params (string Name, object Value)[] values) =>
        ScribanTemplate.Read(source).Render(values.ToDictionary(value => value.Name, value => value.Value));

    // Relative to the ini file, so that the project can move; absolute if the user named it like that.
    private static string ScriptLocation(string directory, string target, string iniFolder)
    {
        var relative = Path.GetRelativePath(iniFolder, target);
        var value = Path.IsPathFullyQualified(directory) ? target : relative;
        var escaped = value.Replace('\\', '/').Replace("%", "%%", StringComparison.Ordinal);
        return Path.IsPathFullyQualified(value) ? escaped : escaped == "." ? "%(here)s" : $"%(here)s/{escaped}";
    }
}

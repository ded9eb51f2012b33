using System.Globalization;

namespace Alembic.Tool.Configuration;

/// <summary>
/// The settings of the [alembic] section, or of the one that -n names. Each is read when it is needed, so a command fails only because
/// of settings that it needs. Relative paths start at the working directory.
/// </summary>
/// <param name="ini">The file.</param>
/// <param name="section">The section.</param>
/// <param name="workingDirectory">The working directory.</param>
/// <param name="overrides">Values that replace those of the file; null for none.</param>
/// <param name="bundled">The folder of the bundle's data, which replaces the project; null for a project.</param>
internal sealed class Settings(
    IniFile ini, string section, string workingDirectory, IReadOnlyDictionary<string, string>? overrides = null, string? bundled = null)
{
    public const string DefaultSection = "alembic";
    public const string DefaultFile = "alembic.ini";

    /// <summary>The names of all settings.</summary>
    internal static readonly string[] Keys =
    [
        "appsettings_dir", "backup", "cache_dir", "connection_string", "dialect", "file_template", "guarded_scripts", "history_table",
        "lock_timeout",
        "model", "model_configuration", "model_context",
        "model_framework", "model_use_host", "output_encoding", "path_separator",
        "prepend_sys_path", "recursive_version_locations", "references", "revision_environment", "script_location", "sourceless", "sources",
        "sqlalchemy.url", "strict", "timezone",
        "truncate_slug_length", "user_secrets_id", "version_locations", "version_path_separator",
    ];

    /// <summary>Gets the ini file that -c names, else the variable ALEMBIC_CONFIG, else alembic.ini.</summary>
    public static string FileName(string? option, Func<string, string?> environment) =>
        option ?? (environment("ALEMBIC_CONFIG") is { Length: > 0 } file ? file : DefaultFile);

    /// <summary>
    /// Finds the ini file, and the folder that its relative paths start from: the working directory, or the file's own if that is above
    /// it in the same repository.
    /// </summary>
    /// <param name="option">What -c names, or null.</param>
    /// <param name="environment">Finds environment variables.</param>
    /// <param name="workingDirectory">The working directory.</param>
    /// <param name="bundled">A bundle's own file, which is used if none is named; null for a project.</param>
    public static (string File, string Folder) Find(
        string? option, Func<string, string?> environment, string workingDirectory, string? bundled = null)
    {
        var name = FileName(option ?? (environment("ALEMBIC_CONFIG") is { Length: > 0 } ? null : bundled), environment);
        var file = Path.GetFullPath(name, workingDirectory);
        // A named file is used as it is. Outside of a repository the folders above may be anybody's.
        var found = option is not null || name != DefaultFile || File.Exists(file) ? null : Above(file, withinRepository: true);
        return found is null ? (file, workingDirectory) : (found, Path.GetDirectoryName(found)!);
    }

    public IniFile Ini => ini;

    /// <summary>The folder that relative paths start from.</summary>
    public string Folder => workingDirectory;

    public string Section => section;

    /// <summary>Tells whether the project is a bundle: the machine is then not a developer's.</summary>
    public bool IsBundled => bundled is not null;

    /// <summary>
    /// Gets keys that nearly are settings: otherwise a misspelt setting would be ignored. Other keys are the project's own.
    /// </summary>
    public IEnumerable<string> Misspellings => from key in ini.Keys(section).Except(Keys)
                                               let meant = NearbyNames.Misspelt(key, Keys)
                                               where meant is not null
                                               select $"{ini.Path}, section [{section}]: '{key}' is not a setting; did you mean '{meant}'?";

    /// <summary>Gets a value by its name: the command line's or that of the section; null if there is none.</summary>
    public string? Option(string key) => overrides?.GetValueOrDefault(key) ?? ini.Value(section, key);

    /// <summary>As written, for messages; <see cref="ScriptDirectory"/> is the path on the disk.</summary>
    public string ScriptLocation
    {
        get
        {
            var value = bundled ?? Option("script_location")
                ?? throw new ConfigurationException("No 'script_location' key found in configuration.")
                {
                    Hint = ini.Exists
                        ? $"write 'script_location = …' into section [{section}] of {ini.Path}"
                        : Above(ini.Path) is { } found ? $"there is no {ini.Path}, but there is {found}: dotnet alembic -c {found}"
                        : $"there is no {ini.Path}: dotnet alembic init alembic, or -c FILE",
                };
            return Path.IsPathFullyQualified(value) || !value.Contains(':')
                ? value
                : throw Invalid("script_location", "names a resource of a Python package; write the path of a directory");
        }
    }

    public string ScriptDirectory => FullPath(ScriptLocation);

    public string FileTemplate => Option("file_template") ?? "%(rev)s_%(slug)s";

    public int TruncateSlugLength => Option("truncate_slug_length") switch
    {
        null => 40,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) => length == 0 ? 40 : length,
        _ => throw Invalid("truncate_slug_length", "is not a number of characters"),
    };

    /// <summary>IANA name of the zone of create dates; null = local time, without an offset.</summary>
    public string? Timezone => Option("timezone") switch
    {
        "" => throw Invalid("timezone", "is empty; remove the key to use local time"),
        var name => name,
    };

    /// <summary>Tells whether "revision" also runs the environment without --autogenerate.</summary>
    public bool RevisionEnvironment => IsTrue("revision_environment");

    /// <summary>Tells whether runs are recorded in a table of their own.</summary>
    public bool HistoryTable => IsTrue("history_table");

    /// <summary>Tells whether "upgrade" refuses if the files differ from that table.</summary>
    public bool Strict => IsTrue("strict");

    /// <summary>Tells whether scripts of "upgrade" and "downgrade" check that the database is at the revision where they start.</summary>
    public bool GuardedScripts => IsTrue("guarded_scripts");

    // Only this spelling, as in Alembic: in a project whose file says "True", subfolders have never been read.
    public bool RecursiveVersionLocations => Option("recursive_version_locations") == "true";

    public bool NamesVersionLocations => !IsBundled && Option("version_locations") is { Length: > 0 };

    /// <summary>Absolute directories of the revision files.</summary>
    public IReadOnlyList<string> VersionLocations => NamesVersionLocations
        ? [.. PathList.Split(Option("version_locations")!, VersionPathSeparators).Select(FullPath)]
        : [Path.Combine(ScriptDirectory, "versions")];

    public string? PathSeparator => Option("path_separator");

    /// <summary>The older name, for version_locations alone.</summary>
    public string? VersionPathSeparator => Option("version_path_separator");

    public string? Url => Option("sqlalchemy.url");

    /// <summary>The severities of lint's rules, from the section [lint].</summary>
    public IEnumerable<(string Key, string Value)> Lint => ini.Keys("lint").Select(key => (key, ini.Value("lint", key)!));

    /// <summary>The seconds to wait for another run, or for a lock on a table.</summary>
    public int LockTimeout => Option("lock_timeout") switch
    {
        null => 300,
        var text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) => seconds,
        _ => throw Invalid("lock_timeout", "is not a number of seconds"),
    };

    /// <summary>Tells whether a SQLite database is copied before rows may be lost, and where to; null = beside the database.</summary>
    public (bool IsOn, string? Folder) Backup => Option("backup") switch
    {
        null or "" => (true, null),
        var text when Flag(text) is { } isOn => (isOn, null),
        var text => (true, FullPath(text) + Path.DirectorySeparatorChar),
    };

    /// <summary>
    /// An ADO.NET connection string in place of the URL, or Name= and the name of a connection string in the application's settings.
    /// </summary>
    public string? ConnectionString => Option("connection_string");

    /// <summary>The dialect of connection strings. A URL has its own.</summary>
    public string? Dialect => Option("dialect");

    /// <summary>
    /// The folder of appsettings.json. Without the key: the ini file's folder or, if only the working directory has an application, that
    /// one.
    /// </summary>
    public string AppsettingsDir => Option("appsettings_dir") is { Length: > 0 } value ? FullPath(value)
        : new[] { ini.Here, workingDirectory }.FirstOrDefault(HasApplication) ?? ini.Here;

    /// <summary>The id of the application's user secrets; null = the one of its project file.</summary>
    public string? UserSecretsId => Option("user_secrets_id") is { Length: > 0 } id ? id : null;

    /// <summary>Tells whether the application's Main creates the context of an EF Core model.</summary>
    public bool ModelUseHost => IsTrue("model_use_host");

    /// <summary>Absolute paths of the assemblies that env.cs and revisions are compiled against.</summary>
    public IReadOnlyList<string> References => OwnPaths("references");

    /// <summary>Absolute paths or globs of the C# files that are compiled with env.cs.</summary>
    public IReadOnlyList<string> Sources => OwnPaths("sources");

    /// <summary>The folder of compiled revisions; null = the user's cache directory.</summary>
    public string? CacheDir => Option("cache_dir") is { Length: > 0 } value ? FullPath(value) : null;

    // A setting of Python's. It is accepted so that one file can serve both programs. C# files are always UTF-8.
    public string? PrependSysPath => Option("prepend_sys_path");

    public string? Sourceless => Option("sourceless");

    public string? OutputEncoding => Option("output_encoding");

    private static bool? Flag(string text) => text.ToLowerInvariant() switch
    {
        "true" or "yes" or "on" or "y" or "t" or "1" => true,
        "false" or "no" or "off" or "n" or "f" or "0" => false,
        _ => null,
    };

    private char[] VersionPathSeparators =>
        PathSeparator is { } separator ? PathList.Separators("path_separator", separator)
        : VersionPathSeparator is { } older ? PathList.Separators("version_path_separator", older)
        : [' ', ',', '\n', '\t'];

    // A line break always separates here: paths of assemblies are long, and people write one per line.
    private IReadOnlyList<string> OwnPaths(string key) =>
        [.. PathList.Split(Option(key) ?? "",
            ['\n', .. PathSeparator is { } separator ? PathList.Separators("path_separator", separator) : [',', ';']]).Select(FullPath)];

    private static bool HasApplication(string folder) =>
        Directory.Exists(folder)
        && (Directory.EnumerateFiles(folder, "appsettings*.json").Any() || Directory.EnumerateFiles(folder, "*.csproj").Any());

    private static string? Above(string file, bool withinRepository = false)
    {
        string? found = null;
        for (var folder = Path.GetDirectoryName(Path.GetFullPath(file)); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (found is null && Path.Combine(folder, Path.GetFileName(file)) is var candidate && File.Exists(candidate))
                found = candidate;
            if (withinRepository && Path.Exists(Path.Combine(folder, ".git")))
                return found;
        }
        return withinRepository ? null : found;
    }

    private bool IsTrue(string key) => Option(key) is { } text && (Flag(text) ?? throw Invalid(key, "is neither true nor false"));

    /// <summary>Gets an absolute path. Relative ones start at the working directory.</summary>
    public string FullPath(string path) =>
        path.Contains('\0') ? throw new ConfigurationException($"{ini.Path}: a path contains a null character")
        : Path.GetFullPath(path, workingDirectory);

    private ConfigurationException Invalid(string key, string problem) => new($"{ini.Path}, section [{section}]: {key} {problem}");
}

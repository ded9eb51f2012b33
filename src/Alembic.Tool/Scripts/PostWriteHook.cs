using Alembic.Tool.Configuration;

namespace Alembic.Tool.Scripts;

/// <summary>A program to run on a new revision file: one name of "hooks" in [post_write_hooks], with its keys.</summary>
internal sealed record PostWriteHook(string Name, IReadOnlyDictionary<string, string> Options)
{
    private const string Section = "post_write_hooks";
    private const string FileToken = "REVISION_SCRIPT_FILENAME";

    // The usual names in ini files of Python projects.
    private static readonly string[] ForPython = ["black", "ruff", "isort", "autopep8", "yapf", "zimports", "flake8", "pre-commit"];

    public static IReadOnlyList<PostWriteHook> All(IniFile ini)
    {
        var names = PathList.Split(ini.Value(Section, "hooks") ?? "", ',', ' ', '\t', '\n');
        var keys = names.Count == 0 ? null : ini.Section(Section);
        return [.. names.Select(name => new PostWriteHook(name, OptionsOf(name, keys!)))];
    }

    /// <summary>The folder to run in, as written; null = the working directory.</summary>
    public string? WorkingDirectory => Options.GetValueOrDefault("cwd");

    public string Type =>
        Options.GetValueOrDefault("type")
        ?? throw new PostWriteHookException(Name, $"Key '{Name}.type' (or 'type' in toml) is required for post write hook '{Name}'");

    /// <summary>Gets the program with all of its arguments.</summary>
    public IReadOnlyList<string> CommandLine(string file, string folder, ProgramFinder programs) =>
        [.. Program(folder, programs), .. Arguments(file)];

    /// <summary>Gets the arguments, with the file's name among them.</summary>
    private IReadOnlyList<string> Arguments(string file)
    {
        var text = Options.GetValueOrDefault("options") ?? "";
        if (!text.Contains(FileToken, StringComparison.Ordinal))
        {
            text = $"{FileToken} {text}";
        }

        try
        {
            return [.. ShellWords.Split(text, backslashEscapes: !OperatingSystem.IsWindows())
                .Select(word => word.Replace(FileToken, file, StringComparison.Ordinal))];
        }
        catch (FormatException error)
        {
            throw new PostWriteHookException(Name,
                $"Key '{Name}.options' of post write hook '{Name}' can't be split into arguments: {error.Message}", error);
        }
    }

    private IReadOnlyList<string> Program(string folder, ProgramFinder programs)
    {
        switch (Type)
        {
            case "exec":
                var executable = Required("executable");
                var path = Path.GetFileName(executable) == executable
                    ? programs.InPath(executable)
                    : ProgramFinder.AsProgram(Path.GetFullPath(executable, folder));
                return [path
                    ?? throw new PostWriteHookException(Name, $"Could not find executable {executable} of post write hook '{Name}'")];
            case "console_scripts":
                var entrypoint = Required("entrypoint");
                return programs.Find(entrypoint, folder)
                    ?? throw NotFound($"Could not find entrypoint console_scripts.{entrypoint}", entrypoint);
            case "module":
                var module = Required("module");
                return programs.Find(module, folder) ?? throw NotFound($"Could not find module {module}", module);
            default:
                throw new PostWriteHookException(Name, $"No formatter with name '{Type}' registered")
                {
                    Hint = $"{Name}.type is one of console_scripts, exec, module"
                };
        }
    }

    private string Required(string key) =>
        Options.GetValueOrDefault(key)
        ?? throw new PostWriteHookException(Name, $"Key {Name}.{key} is required for post write hook '{Name}'");

    private PostWriteHookException NotFound(string message, string program) => new(Name, message)
    {
        Hint = ForPython.Contains(program)
            ? $"{program} formats Python; take the hook out of [{Section}], or name a program that formats C#, such as csharpier"
            : $"dotnet tool install {program}",
    };

    private static Dictionary<string, string> OptionsOf(string name, IReadOnlyDictionary<string, string> keys) =>
        keys.Where(pair => pair.Key.StartsWith(name + ".", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(pair => pair.Key[(name.Length + 1)..], pair => pair.Value, StringComparer.OrdinalIgnoreCase);
}

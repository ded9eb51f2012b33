using Alembic.Tool.Compilation;

namespace Alembic.Tool.Scripts;

/// <summary>
/// A kind of migration environment that "init" can write: a folder with README, env.cs.scriban, script.cs.scriban and, for several
/// databases, a file of their names. The files that all kinds share, such as the ini file, are in the folder "shared" beside it.
/// </summary>
internal sealed record Template(string Name, string Folder)
{
    private const string Readme = "README";
    private const string Names = "databases";

    // More than any template has: another folder was taken for one.
    private const int MostFiles = 100;
    private const long MostBytes = 1 << 20;

    /// <summary>The folder of the tool's own templates.</summary>
    public static string Root => Path.Combine(AppContext.BaseDirectory, "alembic", "templates");

    /// <summary>The first line of its README.</summary>
    public string Synopsis => File.ReadLines(Path.Combine(Folder, Readme)).FirstOrDefault("");

    /// <summary>The names of its databases; empty for a template of one database.</summary>
    public IReadOnlyList<string> Databases => Path.Combine(Folder, Names) is var file && File.Exists(file) ? File.ReadAllLines(file) : [];

    /// <summary>Gets the path of a file that all templates share.</summary>
    public static string Shared(string name) => Path.Combine(Root, "shared", name);

    /// <summary>Gets its own files, in order, without the names of its databases.</summary>
    /// <exception cref="AlembicException">There are links or devices, which lead elsewhere, or too many files, or they are too
    /// large.</exception>
    public IReadOnlyList<string> Files()
    {
        string[] files = [.. Directory.EnumerateFiles(Folder).Take(MostFiles + 1).Order(StringComparer.Ordinal)];
        if (files.Length > MostFiles)
            throw new AlembicException($"The template {Folder} has more than {MostFiles} files");
        if (files.FirstOrDefault(file => !Ownership.IsRegularFile(file)) is { } other)
            throw new AlembicException($"{other} is not a regular file; a template may have only these");
        return files.Sum(file => new FileInfo(file).Length) <= MostBytes ? [.. files.Where(file => Path.GetFileName(file) != Names)]
            : throw new AlembicException($"The template {Folder} has more than {MostBytes >> 20} MB");
    }

    public static IReadOnlyList<Template> All(string root) =>
        [.. Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal)
            .Where(folder => File.Exists(Path.Combine(folder, Readme))).Select(folder => new Template(Path.GetFileName(folder), folder))];

    // Chosen from the list, never turned into a path: "../x" is just a name that does not exist.
    public static Template Find(string root, string name) => All(root).FirstOrDefault(template => template.Name == name)
        ?? throw new AlembicException($"No such template {root}/{name}") { Hint = "dotnet alembic list_templates" };
}

using System.Globalization;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;

namespace Alembic.Tool.Scripts;

/// <summary>The C# project that a folder is in: it compiles every .cs file below its own folder.</summary>
internal sealed partial record SurroundingProject(string File)
{
    /// <summary>Searches the folder and its parents, up to the root of the repository.</summary>
    public static SurroundingProject? Find(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (at.Exists
                && at.EnumerateFiles("*.csproj").OrderBy(file => file.Name, StringComparer.Ordinal).FirstOrDefault() is { } project)
            {
                return new SurroundingProject(project.FullName);
            }

            if (Paths.IsRepository(at.FullName))
                return null;
        }

        return null;
    }

    /// <summary>All projects in its folder: each of them compiles the files below.</summary>
    public IEnumerable<SurroundingProject> All => new FileInfo(File).Directory!.EnumerateFiles("*.csproj")
        .OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => new SurroundingProject(file.FullName));

    /// <summary>
    /// The framework for a project that references this one and the Alembic library: the project's own, if that is new enough.
    /// </summary>
    public string EditorFramework
    {
        get
        {
            var own = TargetFramework().Match(System.IO.File.ReadAllText(File));
            return own.Success && int.Parse(own.Groups["major"].Value, CultureInfo.InvariantCulture) >= Environment.Version.Major
                ? own.Groups["name"].Value : $"net{Environment.Version.Major}.0";
        }
    }

    /// <summary>Gets the line that keeps the project from compiling a folder.</summary>
    public string Exclude(string folder) => $"<ItemGroup>{Remove(folder)}</ItemGroup>";

    /// <summary>
    /// Gets the project file with that line; null if it needs none: it has the line, or compiles only the files that it names.
    /// </summary>
    public string? TextWithout(string folder)
    {
        // Not the reader that drops the byte order mark.
        var text = Encoding.UTF8.GetString(System.IO.File.ReadAllBytes(File));
        // A project that gets everything from Directory.Build.props.
        text = EmptyProject().Replace(text, "$1>\n</Project>");
        var end = text.LastIndexOf("</Project>", StringComparison.Ordinal);
        if (end < 0 || !text.Contains("Sdk", StringComparison.Ordinal)
            || text.Replace('\\', '/').Contains(Remove(folder), StringComparison.Ordinal))
            return null;
        return $"{text[..end]}  {Exclude(folder)}{(text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n")}{text[end..]}";
    }

    /// <summary>Escapes a path for an attribute of a project file: first for MSBuild, then for XML.</summary>
    public static string Escape(string path) =>
        SecurityElement.Escape(string.Concat(path.Select(c => "%*?@$();'".Contains(c) ? $"%{(int)c:x2}" : $"{c}")));

    [GeneratedRegex(@"(<Project\b[^<>]*?)\s*/>(?=\s*\z)", RegexOptions.CultureInvariant)]
    private static partial Regex EmptyProject();

    [GeneratedRegex("<TargetFramework>(?<name>net(?<major>[0-9]{2})[.][0-9]+[-.a-z0-9]*)</TargetFramework>")]
    private static partial Regex TargetFramework();

    private string Remove(string folder) =>
        $"<Compile Remove=\"{Escape(Path.GetRelativePath(Path.GetDirectoryName(File)!, folder).Replace('\\', '/'))}/**\" />";
}

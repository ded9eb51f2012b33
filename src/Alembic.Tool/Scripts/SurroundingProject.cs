using System.Globalization;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;

namespace Alembic.Tool.Scripts;

/// <summary>The C# project that a folder lies in: it compiles every .cs file below it.</summary>
internal sealed partial record SurroundingProject(string File)
{
    /// <summary>Looks in the folder and its parents, up to the root of the repository.</summary>
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

    /// <summary>All projects of its folder: each of them compiles what lies below.</summary>
    public IEnumerable<SurroundingProject> All => new FileInfo(File).Directory!.EnumerateFiles("*.csproj")
        .OrderBy(file => file.Name, StringComparer.Ordinal).Select(file => new SurroundingProject(file.FullName));

    /// <summary>
    /// The framework of a project that references this one and the Alembic library: the project's own where that is new enough.
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

    /// <summary>The line that keeps the project from compiling a folder.</summary>
    public string Exclude(string folder) => $"<ItemGroup>{Remove(folder)}</ItemGroup>";

    /// <summary>
    /// The project file with that line; null where it needs none: the line is there, or only files that it names are compiled.
    /// </summary>
    public string? TextWithout(string folder)
    {
        // Not the reader that takes the byte order mark away.
        var text = Encoding.UTF8.GetString(System.IO.File.ReadAllBytes(File));
        // One that has all it needs from Directory.Build.props.
        text = EmptyProject().Replace(text, "$1>\n</Project>");
        var end = text.LastIndexOf("</Project>", StringComparison.Ordinal);
        if (end < 0 || !text.Contains("Sdk", StringComparison.Ordinal)
            || text.Replace('\\', '/').Contains(Remove(folder), StringComparison.Ordinal))
            return null;
        return $"{text[..end]}  {Exclude(folder)}{(text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n")}{text[end..]}";
    }

    /// <summary>A path as an attribute of a project file: what MSBuild would expand is escaped, then what XML would.</summary>
    public static string Escape(string path) =>
        SecurityElement.Escape(string.Concat(path.Select(c => "%*?@$();'".Contains(c) ? $"%{(int)c:x2}" : $"{c}")));

    [GeneratedRegex(@"(<Project\b[^<>]*?)\s*/>(?=\s*\z)", RegexOptions.CultureInvariant)]
    private static partial Regex EmptyProject();

    [GeneratedRegex("<TargetFramework>(?<name>net(?<major>[0-9]{2})[.][0-9]+[-.a-z0-9]*)</TargetFramework>")]
    private static partial Regex TargetFramework();

    private string Remove(string folder) =>
        $"<Compile Remove=\"{Escape(Path.GetRelativePath(Path.GetDirectoryName(File)!, folder).Replace('\\', '/'))}/**\" />";
}

using System.Security;
using System.Text;

namespace Alembic.Tool.Scripts;

/// <summary>The C# project that a folder lies in: it compiles every .cs file below it.</summary>
internal sealed record SurroundingProject(string File)
{
    /// <summary>Looks in the folder and its parents, up to the root of the repository.</summary>
    public static SurroundingProject? Find(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (at.Exists && at.EnumerateFiles("*.csproj").OrderBy(file => file.Name, StringComparer.Ordinal).FirstOrDefault() is { } project)
            {
                return new SurroundingProject(project.FullName);
            }

            if (Path.Exists(Path.Combine(at.FullName, ".git")))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>The line that keeps the project from compiling a folder.</summary>
    public string Exclude(string folder) => $"<ItemGroup>{Remove(folder)}</ItemGroup>";

    /// <summary>The project file with that line; null where it needs none: the line is there, or only files that it names are compiled.</summary>
    public string? TextWithout(string folder)
    {
        // Not the reader that takes the byte order mark away.
        var text = Encoding.UTF8.GetString(System.IO.File.ReadAllBytes(File));
        var end = text.LastIndexOf("</Project>", StringComparison.Ordinal);
        if (end < 0 || !text.Contains("Sdk", StringComparison.Ordinal) || text.Replace('\\', '/').Contains(Remove(folder), StringComparison.Ordinal))
            return null;
        return $"{text[..end]}  {Exclude(folder)}{(text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n")}{text[end..]}";
    }

    /// <summary>A path as an attribute of a project file: what MSBuild would expand is escaped, then what XML would.</summary>
    public static string Escape(string path) =>
        SecurityElement.Escape(string.Concat(path.Select(c => "%*?@$();'".Contains(c) ? $"%{(int)c:x2}" : $"{c}")));

    private string Remove(string folder) =>
        $"<Compile Remove=\"{Escape(Path.GetRelativePath(Path.GetDirectoryName(File)!, folder).Replace('\\', '/'))}/**\" />";
}

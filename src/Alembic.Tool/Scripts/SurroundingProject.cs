using System.Security;

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
    public string Exclude(string folder)
    {
        var path = Path.GetRelativePath(Path.GetDirectoryName(File)!, folder).Replace('\\', '/');
        return $"<ItemGroup><Compile Remove=\"{Escape(path)}/**\" /></ItemGroup>";
    }

    // What MSBuild would expand, then what XML would.
    private static string Escape(string path) =>
        SecurityElement.Escape(string.Concat(path.Select(c => "%*?@$();'".Contains(c) ? $"%{(int)c:x2}" : $"{c}")));
}

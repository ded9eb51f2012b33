using System.IO.Enumeration;

namespace Alembic.Tool.Compilation;

/// <summary>The files that a setting means: * and ? within a name, ** for any folders.</summary>
internal static class SourceGlob
{
    /// <summary>Absolute paths in a fixed order.</summary>
    public static IReadOnlyList<string> Expand(string pattern)
    {
        var parts = pattern.Split('/', Path.DirectorySeparatorChar);
        var fixedParts = parts.TakeWhile(part => !IsWild(part)).Count();
        if (fixedParts == parts.Length)
            return [pattern];

        IEnumerable<string> folders = [string.Join('/', parts[..fixedParts]) + "/"];
        foreach (var part in parts[fixedParts..^1])
            folders = part == "**" ? folders.SelectMany(WithFoldersBelow) : folders.SelectMany(folder => Folders(folder).Where(below => Matches(part, below)));
        var last = parts[^1] == "**" ? "*.cs" : parts[^1];
        if (parts[^1] == "**")
            folders = folders.SelectMany(WithFoldersBelow);
        var files = folders.SelectMany(Directory.EnumerateFiles).Where(file => Matches(last, file)).Select(Path.GetFullPath).Distinct().Order(StringComparer.Ordinal);
        return files.ToList() is { Count: > 0 } found ? found : throw new AlembicException($"no file matches {pattern}") { Hint = "correct 'sources' in alembic.ini" };
    }

    private static bool IsWild(string part) => part.AsSpan().ContainsAny('*', '?');

    private static bool Matches(string pattern, string path) =>
        FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(path), ignoreCase: OperatingSystem.IsWindows());

    private static IEnumerable<string> WithFoldersBelow(string folder)
    {
        var open = new Stack<string>([folder]);
        while (open.TryPop(out var next))
        {
            yield return next;
            foreach (var below in Folders(next).Where(below => !IsBuildOutput(below)))
                open.Push(below);
        }
    }

    // A link could lead back up.
    private static IEnumerable<string> Folders(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder).Where(below => !File.GetAttributes(below).HasFlag(FileAttributes.ReparsePoint)) : [];

    // Generated code in there would be compiled a second time.
    private static bool IsBuildOutput(string folder) => Path.GetFileName(folder) is "bin" or "obj" or ['.', ..];
}

using System.IO.Enumeration;

namespace Alembic.Tool.Compilation;

/// <summary>The files that a setting names: * and ? within a name, ** for any folders.</summary>
internal static class SourceGlob
{
    /// <summary>Gets absolute paths in a fixed order.</summary>
    public static IReadOnlyList<string> Expand(string pattern)
    {
        if (!IsPattern(pattern))
            return [pattern];
        return Find(pattern, "*.cs", IsBuildOutput) is { Count: > 0 } found ? found
            : throw new AlembicException($"no file matches {pattern}") { Hint = "correct 'sources' in alembic.ini" };
    }

    public static bool IsPattern(string path) => IsWild(path);

    /// <param name="pattern">The pattern.</param>
    /// <param name="everything">What <c>**</c> at its end means.</param>
    /// <param name="isSkipped">The folders that <c>**</c> skips.</param>
    public static IReadOnlyList<string> Find(string pattern, string everything, Func<string, bool> isSkipped)
    {
        var parts = pattern.Split('/', Path.DirectorySeparatorChar);
        var fixedParts = parts.TakeWhile(part => !IsWild(part)).Count();
        IEnumerable<string> folders = [string.Join('/', parts[..fixedParts]) + "/"];
        foreach (var part in parts[fixedParts..^1])
            folders = part == "**"
                ? folders.SelectMany(WithFoldersBelow)
                : folders.SelectMany(folder => Folders(folder).Where(below => Matches(part, below)));
        var last = parts[^1] == "**" ? everything : parts[^1];
        if (parts[^1] == "**")
            folders = folders.SelectMany(WithFoldersBelow);
        var files = folders.Where(Directory.Exists).SelectMany(Directory.EnumerateFiles).Where(file => Matches(last, file));
        return [.. files.Select(Path.GetFullPath).Distinct().Order(StringComparer.Ordinal)];

        IEnumerable<string> WithFoldersBelow(string folder)
        {
            var open = new Stack<string>([folder]);
            while (open.TryPop(out var next))
            {
                yield return next;
                foreach (var below in Folders(next).Where(below => !isSkipped(below)))
                    open.Push(below);
            }
        }
    }

    private static bool IsWild(string part) => part.AsSpan().ContainsAny('*', '?');

    private static bool Matches(string pattern, string path) =>
        FileSystemName.MatchesSimpleExpression(pattern, Path.GetFileName(path), ignoreCase: OperatingSystem.IsWindows());

    // A link could lead back up.
    private static IEnumerable<string> Folders(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateDirectories(folder)
            .Where(below => !File.GetAttributes(below).HasFlag(FileAttributes.ReparsePoint)) : [];

    // Generated code there would be compiled a second time.
    private static bool IsBuildOutput(string folder) => Path.GetFileName(folder) is "bin" or "obj" or ['.', ..];
}

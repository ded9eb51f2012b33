namespace Alembic.Tool.Documents;

/// <summary>Paths as those see them who have the repository elsewhere.</summary>
internal static class RepositoryPath
{
    // Where a build server has put the repository: the one that is built may be no repository of git any more.
    private static readonly string[] Workspaces = ["GITHUB_WORKSPACE", "BUILD_SOURCESDIRECTORY", "CI_PROJECT_DIR"];

    /// <summary>The path from the root of the repository that a file is in, with slashes; the full path where it is in none.</summary>
    public static string Of(string file, Func<string, string?> environment)
    {
        var root = Paths.Above(file).FirstOrDefault(Paths.IsRepository)
            ?? Workspaces.Select(environment).FirstOrDefault(folder => folder is { Length: > 0 } && Paths.IsBelow(file, folder));
        return (root is null ? file : Path.GetRelativePath(root, file)).Replace('\\', '/');
    }
}

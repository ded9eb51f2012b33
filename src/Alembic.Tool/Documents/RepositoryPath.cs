namespace Alembic.Tool.Documents;

/// <summary>Paths as people see them whose copy of the repository is elsewhere.</summary>
internal static class RepositoryPath
{
    // The folder of a build server's checkout: it may not be a git repository any more.
    private static readonly string[] Workspaces = ["GITHUB_WORKSPACE", "BUILD_SOURCESDIRECTORY", "CI_PROJECT_DIR"];

    /// <summary>Gets a file's path from the root of its repository, with slashes; its full path if it is in no repository.</summary>
    public static string Of(string file, Func<string, string?> environment)
    {
        var root = Paths.Above(file).FirstOrDefault(Paths.IsRepository)
            ?? Workspaces.Select(environment).FirstOrDefault(folder => folder is { Length: > 0 } && Paths.IsBelow(file, folder));
        return (root is null ? file : Path.GetRelativePath(root, file)).Replace('\\', '/');
    }
}

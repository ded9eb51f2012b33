namespace Alembic.Tests;

/// <summary>The repository that the tests were built in; not by the path in a source, for which a build in CI writes another one.</summary>
internal static class Repository
{
    public static string Root { get; } = Above(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Above(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "Tool.sln")) ? folder.FullName : Above(folder.Parent!);
}

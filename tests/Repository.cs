namespace Alembic.Tests;

/// <summary>The repository that the tests were built in; not by the path in a source, for which a build in CI writes another one.</summary>
internal static class Repository
{
    public static string Root { get; } = Above(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Above(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "Tool.sln")) ? folder.FullName : Above(folder.Parent!);
}

/// <summary>Whether tests may start servers, or use those that variables name.</summary>
internal static class Servers
{
    /// <summary>Why they may not; null if they may.</summary>
    public static string? LeftOut =>
        Environment.GetEnvironmentVariable("ALEMBIC_TEST_SERVERS") == "0"
        ? "tests with a server are left out: ALEMBIC_TEST_SERVERS is 0"
        : null;
}

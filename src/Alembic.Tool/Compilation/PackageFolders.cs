namespace Alembic.Tool.Compilation;

/// <summary>The folders that NuGet unpacks packages into.</summary>
internal static class PackageFolders
{
    public static string? Default(Func<string, string?> environment) =>
        environment("NUGET_PACKAGES") is { Length: > 0 } given ? given
        : environment(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME") is { Length: > 0 } home ? Path.Combine(home, ".nuget",
            "packages") : null;
}

namespace Alembic.Tests;

/// <summary>The native programs in the tool's package: where they can be linked, they must have come.</summary>
internal static class NativePrograms
{
    /// <summary>Ends a test that needs one of them which is not there.</summary>
    internal static void Need(string path)
    {
        if (File.Exists(path))
            return;
        var linkers = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => new[] { "clang", "gcc" }.Select(name => Path.Combine(folder, name)));
        if (OperatingSystem.IsLinux() && linkers.Any(File.Exists))
            Assert.Fail($"{path} is not in the package, though there is a C compiler");
        Assert.Inconclusive($"{Path.GetFileName(path)} is not in the package, which was built without a C compiler");
    }

    /// <summary>Has a copy of the tool's files say that its native programs need a C library that no system has.</summary>
    internal static void NeedNewerCLibrary(string folder)
    {
        const string Needed = "\"Alembic.NativeCLibrary\": \"";
        var file = Path.Combine(folder, "dotnet-alembic.runtimeconfig.json");
        var settings = File.ReadAllText(file);
        Assert.Contains(Needed + "2.", settings);
        File.WriteAllText(file, settings.Replace(Needed + "2.", Needed + "9.", StringComparison.Ordinal));
    }
}

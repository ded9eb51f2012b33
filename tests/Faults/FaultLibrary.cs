using Journeys;

namespace Faults;

/// <summary>What does harm to a process at a call with which it changes its files.</summary>
internal static class FaultLibrary
{
    private static readonly Lazy<string> File = new(Compile);

    /// <summary>The variables with which a process is hurt by it in a folder; how stands in more of them.</summary>
    public static Dictionary<string, string> Below(string folder) => new() { ["LD_PRELOAD"] = File.Value, ["FAULT_FOLDER"] = folder };

    private static string Compile()
    {
        var library = Path.Combine(InstalledTool.NewFolder(), "faults.so");
        Result result;
        try
        {
            result = InstalledTool.Start("gcc", ["-Wall", "-shared", "-fPIC", "-o", library,
                Path.Combine(AppContext.BaseDirectory, "faults.c"), "-ldl"], AppContext.BaseDirectory);
        }
        catch (System.ComponentModel.Win32Exception) when (Environment.GetEnvironmentVariable("CI") != "true")
        {
            throw new AssertInconclusiveException("There is no gcc (apt-get install gcc)");
        }
        result.Ok();
        return library;
    }
}

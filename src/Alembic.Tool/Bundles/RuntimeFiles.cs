using Alembic.Tool.Compilation;

namespace Alembic.Tool.Bundles;

/// <summary>The files of an installed .NET, for a bundle that runs on machines without .NET.</summary>
internal sealed class RuntimeFiles
{
    private static readonly string[] Notices = ["LICENSE.txt", "ThirdPartyNotices.txt"];

    private readonly string _root;
    private readonly IReadOnlyList<string> _folders;

    /// <param name="runtime">The folder of the runtime: that of a version in the folder <c>shared</c>.</param>
    /// <param name="frameworks">The folders of the frameworks that user code also needs.</param>
    /// <exception cref="AlembicException">The installed .NET cannot be copied.</exception>
    public RuntimeFiles(string runtime, IEnumerable<string> frameworks)
    {
        _root = Path.GetFullPath(Path.Combine(runtime, "..", "..", ".."));
        var resolver = SharedFrameworks.Newest(Path.Combine(_root, "host", "fxr"))
            ?? throw new AlembicException($"--self-contained copies the .NET that this tool runs on, and {_root} has no host/fxr")
            {
                Hint = "run the tool on a .NET from https://dotnet.microsoft.com/download",
            };
        _folders = [resolver, runtime, .. frameworks];
    }

    /// <summary>The version of the .NET that this program runs on.</summary>
    public static string Version => Environment.Version.ToString();

    /// <summary>Copies the runtime to where the program of a bundle looks for it.</summary>
    /// <param name="bundle">The folder of the bundle.</param>
    public void CopyTo(string bundle)
    {
        var notices = Notices.Select(name => Path.Combine(_root, name)).Where(File.Exists);
        foreach (var file in _folders.SelectMany(Directory.EnumerateFiles).Concat(notices))
        {
            var copy = Path.Combine(bundle, Bundle.Runtime, Path.GetRelativePath(_root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}

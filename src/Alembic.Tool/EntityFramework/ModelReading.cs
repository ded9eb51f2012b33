using System.Security.Cryptography;
using System.Text;
using Alembic.ModelProbe;
using Alembic.Tool.Compilation;

namespace Alembic.Tool.EntityFramework;

/// <summary>
/// A probe's answer about an application: from the cache if it was given before and nothing that it depends on has changed, else from a
/// process that is started at once.
/// </summary>
internal sealed class ModelReading : IDisposable
{
    private readonly CacheDirectory _cache;
    private readonly string? _key;
    private readonly byte[]? _known;
    private readonly ProbeRun? _run;

    /// <param name="application">What to read.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="cache">The cache of answers.</param>
    /// <param name="environment">The variables that the application may read.</param>
    /// <param name="print">Gets what the application prints.</param>
    public ModelReading(
        Application application, ProbeRequest request, CacheDirectory cache, Func<string, string?> environment, Action<string> print)
    {
        (Request, _cache) = (request, cache);
        // What Main does may depend on anything.
        _key = request.UseHost || request.Migrations ? null : Key(application, request, environment);
        _known = _key is null ? null : cache.Read(_key);
        if (_known is null)
            _run = new Probe(new Dotnet(environment), environment).Start(application, request, print);
    }

    public ProbeRequest Request { get; }

    /// <summary>Tells whether the answer was in the cache.</summary>
    public bool IsKnown => _known is not null;

    /// <summary>Waits for the answer: JSON.</summary>
    /// <exception cref="AlembicException">There is no answer, or it tells of an error.</exception>
    public byte[] Answer() => _known ?? _run!.Answer();

    /// <summary>Caches an answer.</summary>
    public void Keep(byte[] answer)
    {
        if (_key is not null)
            _cache.Write(_key, answer);
    }

    public void Dispose() => _run?.Dispose();

    // The same assemblies with the same packages and settings have the same model.
    private static string Key(Application application, ProbeRequest request, Func<string, string?> environment)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(ReadOnlySpan<byte> part)
        {
            hash.AppendData(BitConverter.GetBytes(part.Length));
            hash.AppendData(part);
        }
        Add(AssemblyFile.Read(Probe.File).Mvid.ToByteArray());
        foreach (var assembly in application.Assemblies.Where(File.Exists))
            Add(AssemblyFile.Read(assembly).Mvid.ToByteArray());
        // The packages with their versions, the runtime, and the sources of the application's settings.
        var settings = (Directory.Exists(application.Folder) ? Directory.EnumerateFiles(application.Folder, "appsettings*.json") : [])
            .Order(StringComparer.Ordinal);
        foreach (var file in settings.Prepend(application.RuntimeConfigFile).Prepend(application.DepsFile).Where(File.Exists))
            Add(File.ReadAllBytes(file));
        foreach (var text in new[] { request.Dialect, request.Context, environment("ASPNETCORE_ENVIRONMENT"),
            environment("DOTNET_ENVIRONMENT"), application.Assemblies[0] })
            Add(Encoding.UTF8.GetBytes(text ?? ""));
        return $"{Convert.ToHexStringLower(hash.GetHashAndReset())}.model";
    }
}

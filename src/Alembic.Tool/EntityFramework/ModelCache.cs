using System.Security.Cryptography;
using System.Text;
using Alembic.ModelProbe;
using Alembic.Tool.Compilation;

namespace Alembic.Tool.EntityFramework;

/// <summary>
/// Models that were read, by all that they depend on: the same assemblies with the same packages and settings have the same model.
/// </summary>
internal sealed class ModelCache(CacheDirectory cache, Func<string, string?> environment)
{
    public byte[]? Find(Application application, ProbeRequest request) => cache.Read(Key(application, request));

    public void Store(Application application, ProbeRequest request, byte[] answer) => cache.Write(Key(application, request), answer);

    private string Key(Application application, ProbeRequest request)
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
        // The packages with their versions; the runtime; what the application may read its settings from.
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

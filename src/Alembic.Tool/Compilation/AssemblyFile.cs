using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Alembic.Tool.Compilation;

/// <summary>The identity and the references of an assembly's file, read without loading it.</summary>
/// <param name="Mvid">Differs between any two builds that differ.</param>
internal sealed record AssemblyFile(string Path, AssemblyName Name, Guid Mvid, IReadOnlyList<AssemblyName> References)
{
    public const string MissingHint = "build the project that produces it, or correct 'references' in alembic.ini";

    public static AssemblyFile Read(string path)
    {
        try
        {
            using var file = new PEReader(File.OpenRead(path));
            var metadata = file.GetMetadataReader();
            return new AssemblyFile(
                path,
                metadata.GetAssemblyDefinition().GetAssemblyName(),
                metadata.GetGuid(metadata.GetModuleDefinition().Mvid),
                [.. metadata.AssemblyReferences.Select(handle => metadata.GetAssemblyReference(handle).GetAssemblyName())]);
        }
        catch (Exception exception) when (exception is IOException && !File.Exists(path))
        {
            throw new AlembicException($"the reference {path} does not exist", exception) { Hint = MissingHint };
        }
        catch (Exception exception) when (exception is BadImageFormatException or InvalidOperationException)
        {
            throw new AlembicException($"the reference {path} is not a .NET assembly", exception);
        }
    }
}

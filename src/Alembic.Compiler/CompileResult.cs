namespace Alembic.Compiler;

/// <summary>An assembly with its portable PDB, or the errors that prevented it (both byte arrays are empty then).</summary>
public sealed record CompileResult(byte[] Assembly, byte[] Pdb, IReadOnlyList<SourceError> Errors, IReadOnlyList<SourceError> Warnings)
{
    public bool Succeeded => Errors.Count == 0;
}

namespace Alembic.Compiler.Remote;

/// <summary>The first byte of a message to the other process.</summary>
internal enum Request : byte
{
    ReadHeaders = 1,
    Compile = 2,
}

using Alembic.Compiler;
using Alembic.Compiler.Remote;

using var input = Console.OpenStandardInput();
using var output = Console.OpenStandardOutput();
try
{
    CompilerServer.Serve(input, output, new SourceCompiler());
    return 0;
}
catch (Exception exception) when (exception is IOException or InvalidDataException)
{
    // Nobody is left to answer, or nobody who would understand the answer.
    return 1;
}

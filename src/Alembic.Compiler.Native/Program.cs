using Alembic.Compiler;
using Alembic.Compiler.Remote;

using var input = Console.OpenStandardInput();
using var output = Console.OpenStandardOutput();
try
{
    CompilerServer.Serve(input, output, new SourceCompiler());
    return 0;
}
catch (IOException)
{
    // Nobody is left to answer.
    return 1;
}

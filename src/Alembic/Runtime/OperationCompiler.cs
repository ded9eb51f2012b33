using Alembic.Operations;

namespace Alembic.Runtime;

/// <summary>Turns operations into statements as they come.</summary>
internal sealed class OperationCompiler(Dialect dialect, IMigrationSession session, IStatementSink statements) : IOperationSink
{
    public void Accept(Operation operation)
    {
        foreach (var statement in dialect.Compile(operation, session))
            statements.Accept(statement);
    }
}

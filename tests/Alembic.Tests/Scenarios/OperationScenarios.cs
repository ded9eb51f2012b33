using Alembic.Operations;

namespace Alembic.Tests.Scenarios;

/// <summary>
/// Every operation once: what is there before, what is done, what is there afterwards, and the way back. Each database has to answer each
/// of them: <see cref="Answer.AsStated"/>, or what it makes of it, or the error with which it refuses.
/// </summary>
public abstract partial class OperationScenarios
{
    private protected abstract Dialect Dialect { get; }

    private protected abstract void Play(Scenario scenario, Answer answer);
}

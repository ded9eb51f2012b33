using Alembic.Migrations;

namespace Alembic.Tests.Migrations;

/// <summary>A run that stays in a migration until it is let go.</summary>
internal sealed class RunAtWork : IDisposable
{
    private readonly ManualResetEventSlim _reached = new();
    private readonly ManualResetEventSlim _go = new();
    private readonly Story _story;
    private readonly Task<Exception?> _run;

    /// <summary>Begins it, and waits until it is in the migration.</summary>
    /// <param name="tell">Makes the story, with what the migration calls when it is to stay.</param>
    /// <param name="fails">Whether the migration fails when it is let go.</param>
    public RunAtWork(Func<Action<Op>, Story> tell, bool fails = false)
    {
        _story = tell(_ =>
        {
            _reached.Set();
            _go.Wait();
            if (fails)
                throw new InvalidOperationException("broken off");
        });
        _run = Task.Run(Run);
        _reached.Wait();
    }

    public void LetGo() => _go.Set();

    /// <summary>Lets it go, and waits for its end.</summary>
    /// <returns>What it failed with; null for nothing.</returns>
    public Exception? End()
    {
        LetGo();
        return _run.Result;
    }

    public void Dispose()
    {
        End();
        _story.Dispose();
        _reached.Dispose();
        _go.Dispose();
    }

    private Exception? Run()
    {
        try
        {
            _story.Upgrade();
            return null;
        }
        catch (MigrationFailedException exception)
        {
            return exception;
        }
    }
}

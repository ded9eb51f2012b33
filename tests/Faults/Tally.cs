using System.Collections.Concurrent;

namespace Faults;

/// <summary>Counts what was tried and what went wrong; the figures go into the table that tests/Faults/full prints.</summary>
internal sealed class Tally(string what)
{
    private static readonly Lock Table = new();
    private readonly ConcurrentQueue<string> _wrong = [];
    private int _tried;

    public void Tried() => Interlocked.Increment(ref _tried);

    public void Wrong(string text) => _wrong.Enqueue(text);

    /// <exception cref="AssertFailedException">Something went wrong, or nothing was tried.</exception>
    public void Close()
    {
        if (Environment.GetEnvironmentVariable("ALEMBIC_FAULTS_FIGURES") is { Length: > 0 } file)
        {
            lock (Table)
                File.AppendAllText(file, $"| {what} | {_tried} | {_wrong.Count} |\n");
        }
        Assert.IsGreaterThan(0, _tried, what);
        Assert.IsEmpty(_wrong, $"{what}: {_wrong.Count} of {_tried}\n{string.Join("\n\n", _wrong.Take(Extent.IsFull ? 10 : 3))}");
    }
}

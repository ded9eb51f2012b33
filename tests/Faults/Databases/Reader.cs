using System.Diagnostics;

namespace Faults.Databases;

/// <summary>Somebody who reads again and again while others work, and notes how long that took.</summary>
internal sealed class Reader : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly AutoResetEvent _hasRead = new(initialState: false);
    private readonly Task<TimeSpan> _work;

    /// <param name="database">Where.</param>
    /// <param name="sql">Gives the next query.</param>
    /// <param name="pause">How long to rest between two of them.</param>
    public Reader(LiveDatabase database, Func<string> sql, TimeSpan pause) =>
        _work = Task.Factory.StartNew(() => Read(database, sql, pause), TaskCreationOptions.LongRunning);

    /// <summary>Ends it; what a reading took at most.</summary>
    public TimeSpan Longest()
    {
        _end.Cancel();
        return _work.Result;
    }

    /// <summary>Waits until a reading has ended that may be at work now.</summary>
    public void Pass()
    {
        _hasRead.Reset();
        Assert.IsTrue(_hasRead.WaitOne(TimeSpan.FromSeconds(60)), "the reader waits on");
    }

    public void Dispose()
    {
        _end.Cancel();
        _work.Wait();
        _end.Dispose();
        _hasRead.Dispose();
    }

    private TimeSpan Read(LiveDatabase database, Func<string> sql, TimeSpan pause)
    {
        using var connection = database.Open();
        var longest = TimeSpan.Zero;
        for (var isFirst = true; !_end.IsCancellationRequested; isFirst = false)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql();
            var begun = Stopwatch.GetTimestamp();
            command.ExecuteScalar();
            var taken = Stopwatch.GetElapsedTime(begun);
            _hasRead.Set();
            // The first one compiles the reader itself.
            longest = taken > longest && !isFirst ? taken : longest;
            _end.Token.WaitHandle.WaitOne(pause);
        }
        return longest;
    }
}

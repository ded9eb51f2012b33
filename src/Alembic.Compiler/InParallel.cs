using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Alembic.Compiler;

internal static class InParallel
{
    // With fewer items, a further thread costs more than it saves.
    private const int ItemsPerThread = 8;

    private const long SmallestStack = 1 << 20;
    private const long LargestStack = 1 << 30;

    /// <summary>
    /// Maps items on new threads, because only a new thread can get a stack of a given size. Stack that is reserved but not used costs
    /// nothing.
    /// </summary>
    public static TResult[] Map<T, TResult>(IReadOnlyList<T> items, Func<T, TResult> map, long stack)
    {
        var results = new TResult[items.Count];
        var errors = new ConcurrentQueue<Exception>();
        var next = -1;
        var threads = Enumerable.Range(0, Math.Clamp(items.Count / ItemsPerThread, 1, Environment.ProcessorCount))
            .Select(_ => new Thread(Work, (int)Math.Clamp(stack, SmallestStack, LargestStack)) { IsBackground = true })
            .ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        if (errors.TryDequeue(out var error))
            ExceptionDispatchInfo.Throw(error);
        return results;

        void Work()
        {
            try
            {
                for (var i = Interlocked.Increment(ref next); i < results.Length; i = Interlocked.Increment(ref next))
                    results[i] = map(items[i]);
            }
            catch (Exception exception)
            {
                errors.Enqueue(exception);
            }
        }
    }
}

namespace Alembic.Compiler;

internal static class InParallel
{
    // Below this, starting threads costs more than it saves.
    private const int Worthwhile = 8;

    public static TResult[] Map<T, TResult>(IReadOnlyList<T> items, Func<T, TResult> map)
    {
        var results = new TResult[items.Count];
        if (items.Count >= Worthwhile)
        {
            Parallel.For(0, items.Count, i => results[i] = map(items[i]));
            return results;
        }

        for (var i = 0; i < results.Length; i++)
            results[i] = map(items[i]);
        return results;
    }
}

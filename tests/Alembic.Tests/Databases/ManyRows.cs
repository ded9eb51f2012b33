namespace Alembic.Tests.Databases;

/// <summary>A hundred thousand rows that are made one by one, and how much memory there is of them at a time.</summary>
internal sealed class ManyRows(Action forget)
{
    public const int Count = 100_000;
    private long _early;
    private long _late;

    public IEnumerable<object?[]> Values()
    {
        for (var i = 1; i <= Count; i++)
        {
            // What tests keep of the statements is not the product's.
            if (i % 1000 == 0)
                forget();
            if (i == 10_000)
                _early = GC.GetTotalMemory(forceFullCollection: true);
            if (i == 90_000)
                _late = GC.GetTotalMemory(forceFullCollection: true);
            yield return [i, $"row {i} " + new string('x', 200), i % 3 == 0 ? null : i / 4.0];
        }
    }

    public void AssertBounded() => Assert.IsLessThan(8L << 20, _late - _early, "80,000 rows of 450 bytes were not kept");
}

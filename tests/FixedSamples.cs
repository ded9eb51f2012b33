using System.Globalization;
using CsCheck;

namespace Alembic.Tests;

/// <summary>
/// Samples that are the same in every run, so that a failure is about the change and not about chance. With
/// <c>ALEMBIC_TEST_PAIRS=10000</c> they are drawn anew, and there are that many pairs of schemas.
/// </summary>
internal static class FixedSamples
{
    /// <summary>Tells whether the samples are drawn anew, and how many pairs.</summary>
    public static int? Drawn { get; } = Environment.GetEnvironmentVariable("ALEMBIC_TEST_PAIRS") is { Length: > 0 } count
        ? int.Parse(count, CultureInfo.InvariantCulture)
        : null;

    /// <summary>The number of pairs of schemas to try.</summary>
    /// <param name="count">As many as a usual run has time for.</param>
    public static int Pairs(int count) => Drawn ?? count;

    public static void Check<T>(this Gen<T> gen, int count, Action<T> check, Func<T, string>? print = null)
    {
        if (Drawn is not null)
        {
            gen.Sample(check, iter: count, threads: 1, print: print);
            return;
        }
        for (var i = 0u; i < count; i++)
            gen.Sample(check, seed: new PCG(i, i).ToString(), iter: 1, threads: 1, print: print);
    }

    public static void Check<T1, T2>(this Gen<(T1, T2)> gen, int count, Action<T1, T2> check) =>
        gen.Check(count, pair => check(pair.Item1, pair.Item2));
}

namespace Alembic;

/// <summary>Finds the known names that an unknown one may be a misspelling of.</summary>
internal static class NearbyNames
{
    private const int LongEnough = 4;
    private const int Shown = 3;

    /// <param name="name">The unknown name.</param>
    /// <param name="known">The known ones.</param>
    /// <param name="prefix">The text before each of them.</param>
    public static string? Hint(string name, IEnumerable<string> known, string prefix = "")
    {
        var near = known
            .Select(k => (Name: k, Distance: Distance(name, k)))
            .Where(k => k.Distance <= Math.Min(2, (k.Name.Length + 1) / 3) || SharesStart(name, k.Name))
            .OrderBy(k => k.Distance).Take(Shown).Select(k => $"'{prefix}{k.Name}'").ToList();
        return near.Count == 0 ? null : $"did you mean {string.Join(" or ", near)}?";
    }

    /// <summary>
    /// The known name that an unknown one probably misspells: one or two characters are wrong. Null if it may well be a name of its own.
    /// </summary>
    public static string? Misspelt(string name, IEnumerable<string> known) =>
        known.Where(k => Distance(name, k) <= Math.Min(2, k.Length / 5)).MinBy(k => Distance(name, k));

    private static bool SharesStart(string a, string b) =>
        a.Length >= LongEnough && b.Length >= LongEnough && a.AsSpan(0, LongEnough).SequenceEqual(b.AsSpan(0, LongEnough));

    /// <summary>The number of characters to add, drop, change or swap with their neighbour.</summary>
    private static int Distance(string a, string b)
    {
        var distance = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distance[i, j] = i + j;
                    continue;
                }
                var changed = distance[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                distance[i, j] = Math.Min(Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1, changed);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    distance[i, j] = Math.Min(distance[i, j], distance[i - 2, j - 2] + 1);
            }
        }
        return distance[a.Length, b.Length];
    }
}

namespace Alembic;

/// <summary>Which known names an unknown one may have been meant as.</summary>
internal static class NearbyNames
{
    private const int LongEnough = 4;
    private const int Shown = 3;

    public static string? Hint(string name, IEnumerable<string> known)
    {
        var near = known
            .Select(k => (Name: k, Distance: Distance(name, k)))
            .Where(k => k.Distance <= Math.Min(2, (k.Name.Length + 1) / 3) || SharesStart(name, k.Name))
            .OrderBy(k => k.Distance).Take(Shown).Select(k => $"'{k.Name}'").ToList();
        return near.Count == 0 ? null : $"did you mean {string.Join(" or ", near)}?";
    }

    private static bool SharesStart(string a, string b) =>
        a.Length >= LongEnough && b.Length >= LongEnough && a.AsSpan(0, LongEnough).SequenceEqual(b.AsSpan(0, LongEnough));

    /// <summary>How many characters have to be added, dropped or changed.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}

using Alembic.Autogenerate;

namespace Alembic.Tool.Commands;

/// <summary>What <c>--fill</c> says.</summary>
internal static class FillArguments
{
    public const string Description =
        "What existing rows get in a column that becomes NOT NULL, or is added, as table.column=value or table.column=sql:EXPRESSION; "
            + "may be given several times.";

    public static IReadOnlyList<Fill> Parse(string[] fills) => [.. fills.Select(Parse)];

    /// <summary>Refuses columns that no database has. One of several databases is enough.</summary>
    public static void Check(IReadOnlyList<Comparison> comparisons)
    {
        if (comparisons.Count == 0)
            return;
        foreach (var (fill, reason) in comparisons[0].MistakenFills
            .Where(m => comparisons.All(c => c.MistakenFills.Any(o => o.Fill == m.Fill))))
        {
            var place = $"{(fill.Schema is null ? "" : fill.Schema + ".")}{fill.Table}.{fill.Column}";
            throw new UsageException($"--fill {place}={fill.Text}: {reason}")
            {
                Hint = "dotnet alembic check lists the columns that are different"
            };
        }
    }

    private static Fill Parse(string text)
    {
        var (equals, dot) = (text.IndexOf('=', StringComparison.Ordinal), -1);
        if (equals > 0)
            dot = text.LastIndexOf('.', equals);
        if (dot <= 0 || dot == equals - 1)
            throw new UsageException($"--fill {text} is not of the form table.column=value");
        var table = text[..dot];
        var schema = table.LastIndexOf('.');
        return new Fill(table[(schema + 1)..], text[(dot + 1)..equals], text[(equals + 1)..], schema < 0 ? null : table[..schema]);
    }
}

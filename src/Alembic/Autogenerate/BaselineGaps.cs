using Alembic.Operations;
using Alembic.Schema;
using Microsoft.Extensions.Logging;

namespace Alembic.Autogenerate;

/// <summary>What a baseline does not write. The log and the top of the file name it.</summary>
internal sealed class BaselineGaps(IReadOnlyList<UnmappedObject> unmapped, IReadOnlyList<UnmappedObject> objects,
    IReadOnlyList<BaselineItem> items)
{
    private const string WayOut = "options.IncludeSchemas = true in env.cs includes other schemas";

    private const string Again = "delete the revision then, and write it again";

    // More than these get one line, so that what a newer server has for every table does not bury the rest.
    private const int Singly = 5;

    private readonly List<UnmappedObject> _missing = [.. objects.Where(u => u.Instead.Count == 0)];

    // What is written and depends on something that is not.
    private readonly List<string> _lacking = Lacking(unmapped, items).Distinct().ToList();

    // SQLite allows a foreign key to what does not exist; a filter may leave out a table.
    private readonly List<string> _dangling = [.. items.Select(i => i.Table).OfType<Table>()
        .SelectMany(t => t.ForeignKeys.Where(k => k.ReferentSchema is null && !items.Any(i => i.Key == TableKey.Of(k)))
            .Select(k => $"The table '{TablePair.LogNameOf(t)}' points to the table '{k.ReferentTable}', "
                + "which this revision does not create"))];

    private readonly string? _leftOut = LeftOut(unmapped);

    /// <summary>The comment at the top of the file, or null.</summary>
    public string? Heading
    {
        get
        {
            List<string> lines = [];
            if (_missing.Count > 0)
            {
                lines.Add("The database has more than this revision creates; add what you need with op.Execute:");
                lines.AddRange(_missing.GroupBy(u => u.Kind).Select(g => $"- {g.Key}: {string.Join(", ", g.Select(Named))}"));
            }
            if (_lacking.Count > 0)
                lines.AddRange(_lacking.Select(text => $"- {text}").Prepend($"This revision needs what it lacks; {WayOut}; {Again}:"));
            lines.AddRange(_dangling.Select(text => text + "."));
            if (_leftOut is not null)
                lines.Add($"{_leftOut}; {WayOut}.");
            return lines.Count == 0 ? null : string.Join('\n', lines);
        }
    }

    public IEnumerable<LogEvent> Log =>
    [
        .. _missing.GroupBy(u => (u.Kind, Reason: u.Reason ?? "add it with op.Execute")).SelectMany(g => g.Count() <= Singly
            ? g.Select(u => Warning($"The {u.Kind} '{Named(u)}' is not written: {g.Key.Reason}"))
            : [Warning($"{g.Count()} of one kind, {g.Key.Kind}, are not written ({string.Join(", ", g.Select(Named))}): {g.Key.Reason}")]),
        .. _dangling.Select(Warning),
        .. _lacking.Select(text => Warning($"{text}; {WayOut}; {Again}")),
        .. _leftOut is null ? [] : new[] { Warning($"{_leftOut}; {WayOut}") },
    ];

    private static IEnumerable<string> Lacking(IReadOnlyList<UnmappedObject> unmapped, IReadOnlyList<BaselineItem> items)
    {
        var written = items.Select(i => i.Id).OfType<string>().ToHashSet();
        var known = unmapped.Where(u => u.Id.Length > 0).GroupBy(u => u.Id).ToDictionary(g => g.Key, g => g.First());
        var tables = items.Select(i => i.Key).OfType<TableKey>().ToHashSet();
        foreach (var item in items)
        {
            var name = item.Table is { } table ? $"The table '{TablePair.LogNameOf(table)}'"
                : known.GetValueOrDefault(item.Id ?? "") is { } u ? $"The {u.Kind} '{Named(u)}'" : "It";
            foreach (var id in item.Needs.Where(id => !written.Contains(id)))
                if (known.GetValueOrDefault(id) is { } other)
                    yield return $"{name} needs the {other.Kind} '{Named(other)}'";
            foreach (var key in item.Table?.ForeignKeys.Where(k => k.ReferentSchema is not null && !tables.Contains(TableKey.Of(k))) ?? [])
                yield return $"{name} needs the table '{key.ReferentSchema}.{key.ReferentTable}'";
        }
    }

    private static string? LeftOut(IReadOnlyList<UnmappedObject> unmapped)
    {
        var tables = unmapped.Where(u => u is { IsTable: true, IsLeftOut: true }).ToList();
        var schemas = tables.Select(t => t.Schema!).Distinct().Order(StringComparer.Ordinal).ToList();
        return schemas.Count == 0 ? null
            : $"{schemas.Count} {(schemas.Count == 1 ? "schema" : "schemas")} with {tables.Count} "
                + $"{(tables.Count == 1 ? "table was" : "tables were")} left out: {string.Join(", ", schemas)}";
    }

    private static string Named(UnmappedObject thing) => thing.Schema is null ? thing.Name : $"{thing.Schema}.{thing.Name}";

    private static LogEvent Warning(string text) => new("alembic.autogenerate.baseline", LogLevel.Warning, text);
}

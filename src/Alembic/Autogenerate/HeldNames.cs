using Alembic.Operations;
using Alembic.Schema;
using Microsoft.Extensions.Logging;

namespace Alembic.Autogenerate;

/// <summary>Names other objects that already have the name of a new one, such as a view: their owner decides what to do.</summary>
internal static class HeldNames
{
    /// <param name="comparison">The comparison.</param>
    /// <param name="database">What the database has.</param>
    /// <param name="dialect">The database's dialect.</param>
    /// <param name="find">Asks the database which objects have names that tables cannot take.</param>
    public static Comparison Of(Comparison comparison, MetaData database, Dialect dialect, Func<IReadOnlyList<NameHolder>> find)
    {
        if (!comparison.UpgradeOperations.Any(o => Given(o, dialect.Comparison).Any()) || find() is not { Count: > 0 } found)
            return comparison;
        var names = NameAlignment.TableNames(database, dialect);
        var holders = found.ToLookup(h => h.Name, names);
        var log = comparison.Log.ToList();
        var upgrade = comparison.Upgrade.Select(planned =>
        {
            var remarks = Given(planned.Operation, dialect.Comparison)
                .SelectMany(given => holders[given.Name].Where(h => names.Equals(h.Schema, given.Schema))).Distinct()
                .Select(h => (h, Drop: $"DROP {h.Kind.ToUpperInvariant()} {dialect.Quote(h.Schema, h.Name)}")).ToList();
            log.AddRange(remarks.Select(r => new LogEvent("alembic.autogenerate.compare", LogLevel.Warning,
                $"The {r.h.Kind} '{r.h.Name}' has the name of a new object; drop it first: {r.Drop}")));
            return remarks.Count == 0 ? planned : planned with
            {
                Remark = string.Join('\n', [.. planned.Remark is { } remark ? [remark] : Array.Empty<string>(),
                    .. remarks.Select(r => $"This fails while the {r.h.Kind} '{r.h.Name}' exists: "
                        + $"op.Execute({CodeWriter.Literal(r.Drop)}) drops it first.")]),
            };
        }).ToList();
        return comparison with { Upgrade = upgrade, Log = log };
    }

    // The names that an operation gives, if they must be unique in the schema.
    private static IEnumerable<(string? Schema, string Name)> Given(Operation operation, ComparisonRules rules) => operation switch
    {
        CreateTable o => Items(o.Table, rules).Prepend(o.Table.Name).Select(name => (o.Table.Schema, name)),
        AddColumn o => Items(new Table(o.Table, [o.Column]), rules).Select(name => (o.Schema, name)),
        CreateIndex o => Items(new Table(o.Table, [o.Index]), rules).Select(name => (o.Schema, name)),
        CreateConstraint o => Items(new Table(o.Table, [o.Constraint]), rules).Select(name => (o.Schema, name)),
        RenameTable o => [(o.Schema, o.To)],
        CreateSequence o => [(o.Sequence.Schema, o.Sequence.Name)],
        BatchAlterTable o => o.Operations.SelectMany(part => Given(part, rules)),
        _ => [],
    };

    private static IEnumerable<string> Items(Table table, ComparisonRules rules) =>
        table.Items.Concat(table.Indexes).Concat(table.Uniques).Concat(table.ForeignKeys)
            .Where(item => rules.ScopeOf(item) == NameScope.Tables)
            .Select(item => (item as TableIndex)?.Name ?? (item as Constraint)?.Name).OfType<string>();
}

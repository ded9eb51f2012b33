using Alembic.Operations;
using Alembic.Schema;
using Microsoft.Extensions.Logging;

namespace Alembic.Autogenerate;

/// <summary>
/// What the downgrade recreates with a dropped table: everything that a <see cref="Table"/> cannot express, as the database writes it.
/// Anything that the database does not write is named.
/// </summary>
internal static class Restoration
{
    /// <summary>The tables that a comparison drops.</summary>
    public static IReadOnlyList<Table> Dropped(Comparison comparison) =>
        [.. comparison.UpgradeOperations.OfType<DropTable>().Select(d => d.Definition).OfType<Table>()];

    /// <summary>Gives each drop the operations that recreate the rest.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="unmapped">The objects of the database that a model does not have.</param>
    /// <param name="dialect">The database's dialect.</param>
    public static Comparison Of(Comparison comparison, IReadOnlyList<UnmappedObject> unmapped, Dialect dialect)
    {
        var log = comparison.Log.ToList();
        var keys = new List<PlannedOperation>();
        var plan = comparison.Upgrade.Select(planned =>
        {
            if (planned.Operation is not DropTable { Definition: { } table } drop)
                return planned;
            var own = unmapped.FirstOrDefault(
                u => u.IsTable && u.Schema == table.Schema && u.Name == table.Name && u.Instead.Count + u.After.Count > 0);
            var parts = PartsOf((table.Schema, table.Name), unmapped).ToList();
            // A sequence is dropped with the table that owns it, and the table's default needs it.
            var owned = parts.Where(u => u.Kind == "owner of a sequence").SelectMany(u => u.Needs).ToHashSet();
            var before = unmapped.Where(u => u.Kind == "sequence" && owned.Contains(u.Id));
            // A key that no table of the model has (such as a partition's own) may prevent dropping another table.
            keys.AddRange(parts.Where(IsKey).SelectMany(u => u.Instead)
                .Select(add => new PlannedOperation(add.Reverse() with { Back = [add] })));
            var lost = parts.Where(u => u.Instead.Count == 0).ToList();
            if (own is null && parts.Count == 0)
                return planned;
            log.AddRange(
                lost.Select(u => new LogEvent("alembic.autogenerate.compare.tables", LogLevel.Warning,
                    $"The {u.Kind} '{u.Name}' is dropped with the table, and the downgrade does not recreate it")));
            return planned with
            {
                Operation = drop with
                {
                    Back = [.. before.SelectMany(u => u.Instead), .. Created(table, own, dialect),
                        .. parts.Where(u => !IsKey(u)).SelectMany(u => u.Instead)],
                },
                Remark = lost.Count == 0 ? planned.Remark
                    : string.Join('\n', [.. lost.GroupBy(u => u.Kind).Select(g => $"- {g.Key}: {string.Join(", ", g.Select(u => u.Name))}")
                        .Prepend("This is dropped with the table, and not recreated by the downgrade; add what you need with op.Execute:"),
                        .. planned.Remark is { } remark ? [remark] : Array.Empty<string>()]),
            };
        }).ToList();
        return comparison with { Upgrade = [.. keys, .. plan], Log = log };
    }

    /// <summary>Names what the reversal of a change cannot restore.</summary>
    public static Comparison Named(Comparison comparison, Dialect dialect, IMigrationSession session)
    {
        var log = comparison.Log.ToList();
        // A constraint may be dropped before its column.
        var known = new HashSet<string>();
        var plan = comparison.Upgrade.Select(planned =>
        {
            var lost = dialect.NotRestored(session, planned.Operation).Where(known.Add).ToList();
            if (lost.Count == 0)
                return planned;
            var note = $"The downgrade does not bring back as it was: {string.Join("; ", lost)}";
            log.Add(new LogEvent("alembic.autogenerate.compare.constraints", LogLevel.Warning, note));
            return planned with { Remark = planned.Remark is { } remark ? $"{note}\n{remark}" : note };
        }).ToList();
        return comparison with { Upgrade = plan, Log = log };
    }

    // Includes the objects of its partitions.
    private static IEnumerable<UnmappedObject> PartsOf((string? Schema, string Table) table, IReadOnlyList<UnmappedObject> unmapped)
    {
        var own = unmapped.Where(u => !u.IsTable && u.Of == table).ToList();
        return own.Concat(own.Where(u => u.Kind == "partition").SelectMany(u => PartsOf((u.Schema, u.Name), unmapped)));
    }

    private static bool IsKey(UnmappedObject thing) => thing.Kind == "foreign key";

    private static IEnumerable<Operation> Created(Table table, UnmappedObject? own, Dialect dialect) => own switch
    {
        null => [new CreateTable(table)],
        { Instead.Count: > 0 } =>
            own.Instead.Concat(dialect.Comparison.AllowsDanglingKeys
                ? []
                : table.ForeignKeys.Select(key => Constraints.Create(key, table))),
        _ => own.Around(new CreateTable(table)),
    };
}

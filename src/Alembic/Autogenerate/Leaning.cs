using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>What is the same on both sides and yet has to step aside, because what it leans on is dropped and made again, or gets another type.</summary>
internal static class Leaning
{
    public static List<(TablePair Pair, IReadOnlyList<Finding> Findings)> On(IReadOnlyList<(TablePair Pair, IReadOnlyList<Finding> Findings)> changed, IReadOnlyList<TablePair> all)
    {
        var findings = changed.ToDictionary(t => Key(t.Pair), t => t.Findings.Concat(OfTable(t.Pair, t.Findings)).ToList());
        var aside = all.SelectMany(pair => pair.Database.ForeignKeys.Where(key => LeansOn(key, pair, findings)).Select(key => (pair, key))).ToList();
        foreach (var (pair, key) in aside)
        {
            if (!findings.TryGetValue(Key(pair), out var own))
                findings[Key(pair)] = own = [];
            own.Add(Finding.Silent(Phase.DropForeignKey, Constraints.Drop(key, pair)));
            own.Add(Finding.Silent(Phase.CreateForeignKey, Constraints.Create(key, pair.Database)));
        }
        return [.. all.Where(pair => findings.ContainsKey(Key(pair))).Select(pair => (pair, (IReadOnlyList<Finding>)findings[Key(pair)]))];
    }

    private static TableKey Key(TablePair pair) => TableKey.Of(pair.Model);

    private static IEnumerable<Finding> OfTable(TablePair pair, IReadOnlyList<Finding> findings)
    {
        var retyped = pair.Dialect.Name == "sqlite" ? [] : Retyped(findings);
        var computed = pair.Model.Columns.Where(c => c.Computed is { } how && !IsDropped(c.Name, findings) && retyped.Any(name => ExpressionText.Mentions(how.Sql, name)))
            .Join(pair.Database.Columns, c => c.Name, c => c.Name, (model, database) => new ColumnPair(model, database, pair)).ToList();
        var anew = findings.Select(f => f.Operation).OfType<AddColumn>().Select(a => a.Column.Name).Where(name => IsDropped(name, findings)).Concat(computed.Select(c => c.Model.Name)).ToHashSet();
        foreach (var finding in computed.SelectMany(column => ColumnDiff.Anew(column, null, null)))
            yield return finding;
        // A server keeps an expression as it understood it, with casts and literals that fit the old type.
        HashSet<string> named = [.. anew, .. retyped];
        bool Uses(string? expression) => expression is not null && named.Any(name => ExpressionText.Mentions(expression, name));
        foreach (var index in pair.Database.Indexes.Where(i => i.Columns.Any(c => anew.Contains(c.Column ?? "") || Uses(c.Expression)) || Uses(i.Where) || i.Include.Any(anew.Contains)))
        {
            if (findings.Any(f => f.Operation is DropIndex drop && drop.Name == index.Name))
                continue;
            yield return Finding.Silent(Phase.DropOther, new DropIndex(index.Name!, pair.Name, pair.Schema) { Definition = index });
            yield return Finding.Silent(Phase.CreateOther, new CreateIndex(pair.Name, index, pair.Schema));
        }
        var constraints = pair.Database.Uniques.Where(u => u.Columns.Any(anew.Contains)).Concat<Constraint>(pair.Database.Checks.Where(c => Uses(c.Sql)));
        foreach (var constraint in constraints.Where(c => !IsDropped(c, findings)))
        {
            yield return Finding.Silent(Phase.DropOther, Constraints.Drop(constraint, pair));
            yield return Finding.Silent(Phase.CreateOther, Constraints.Create(constraint, pair.Database));
        }
    }

    // SQLite looks at foreign keys only when rows change.
    private static bool LeansOn(ForeignKeyConstraint key, TablePair pair, Dictionary<TableKey, List<Finding>> findings)
    {
        if (pair.Dialect.Name == "sqlite" || (findings.TryGetValue(Key(pair), out var own) && IsDropped(key, own)))
            return false;
        var target = findings.GetValueOrDefault(TableKey.Of(key)) ?? [];
        return DroppedKeys(target).Any(columns => columns.ToHashSet().SetEquals(key.ReferentColumns))
            || Retyped(target).Overlaps(key.ReferentColumns) || Retyped(own ?? []).Overlaps(key.Columns);
    }

    private static IEnumerable<IEnumerable<string>> DroppedKeys(IEnumerable<Finding> findings) => findings.Select(f => f.Operation switch
    {
        DropConstraint { Definition: PrimaryKeyConstraint key } => key.Columns,
        DropConstraint { Definition: UniqueConstraint key } => key.Columns,
        DropIndex { Definition: { Unique: true } index } => index.Columns.Select(c => c.Column ?? ""),
        _ => [],
    });

    private static HashSet<string> Retyped(IEnumerable<Finding> findings) => [.. findings.Select(f => f.Operation).OfType<AlterColumn>().Where(a => a.Type is not null || a.Collation is not null).Select(a => a.Column)];

    private static bool IsDropped(string column, IEnumerable<Finding> findings) => findings.Any(f => f.Operation is DropColumn drop && drop.Column == column);

    private static bool IsDropped(Constraint constraint, IEnumerable<Finding> findings) => findings.Any(f => f.Operation is DropConstraint { Definition: { } dropped } && dropped.Equals(constraint));
}

using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>Unchanged objects that must be dropped and recreated because something they depend on is, or gets another type.</summary>
internal static class Dependents
{
    public static List<(TablePair Pair, IReadOnlyList<Difference> Differences)> On(
        IReadOnlyList<(TablePair Pair, IReadOnlyList<Difference> Differences)> changed, IReadOnlyList<TablePair> all)
    {
        var differences = changed.ToDictionary(t => Key(t.Pair), t => WithDependents(t.Pair, t.Differences));
        var pairs = all.ToDictionary(Key);
        var aside =
            all.SelectMany(pair => pair.Database.ForeignKeys.Where(key => LeansOn(key, pair, differences, pairs))
                .Select(key => (pair, key))).ToList();
        foreach (var (pair, key) in aside)
        {
            if (!differences.TryGetValue(Key(pair), out var own))
                differences[Key(pair)] = own = [];
            own.Add(Difference.Silent(Phase.DropForeignKey, Constraints.Drop(key, pair)));
            own.Add(Difference.Silent(Phase.CreateForeignKey, Constraints.Create(key, pair.Database)));
        }
        return [.. all.Where(pair => differences.ContainsKey(Key(pair)))
            .Select(pair => (pair, WithWayBack(pair, differences[Key(pair)])))];
    }

    // A new index replaces the one that the server created for a foreign key. The downgrade recreates the key, so that the server creates
    // its own index again.
    private static IReadOnlyList<Difference> WithWayBack(TablePair pair, IReadOnlyList<Difference> differences)
    {
        var rules = pair.Dialect.Comparison;
        bool Serves(IndexedColumns? index, ForeignKeyConstraint key) =>
            index is not null && rules.Serves(index.Columns, index.IsUnique, key.Columns);
        if (!rules.IndexesForeignKeys)
            return differences;
        var given = IndexedColumns.Of(pair.Database with
        {
            Items = [.. pair.Database.Items.Where(i => i is not TableIndex index || !rules.ComesWithForeignKey(index, pair.Database))]
        }).ToList();
        var keys = pair.Database.ForeignKeys
            .Where(key => !IsDropped(key, differences) && !given.Any(index => Serves(index, key))).ToList();
        return keys.Count == 0 ? differences : [.. differences.Select(d => d.Operation is not { } create ? d
            : keys.Where(key => Serves(IndexedColumns.Created(create), key)).ToList() is not { Count: > 0 } held ? d
            : d with
            {
                Operation = create with
                {
                    Back = [.. held.Select(key => Constraints.Drop(key, pair)), create.Reverse(),
                        .. held.Select(key => Constraints.Create(key, pair.Database))],
                },
            })];
    }

    private static TableKey Key(TablePair pair) => TableKey.Of(pair.Model);

    private static List<Difference> WithDependents(TablePair pair, IReadOnlyList<Difference> differences)
    {
        List<Difference> all = [.. differences, .. OfTable(pair, differences)];
        // A recreated column already is what the model says: do not alter it too.
        var anew = all.Select(f => f.Operation).OfType<AddColumn>().Select(a => a.Column.Name)
            .Where(name => IsDropped(name, all)).ToHashSet();
        return [
            .. all.Select(f => f.Operation is AlterColumn { NewName: null } alter && anew.Contains(alter.Column)
                ? f with { Operation = null, Remark = null }
                : f)];
    }

    private static IEnumerable<Difference> OfTable(TablePair pair, IReadOnlyList<Difference> differences)
    {
        var retyped = pair.Dialect.Comparison.RebuildsTables ? [] : Retyped(differences);
        var anew = differences.Select(f => f.Operation).OfType<AddColumn>().Select(a => a.Column.Name)
            .Where(name => IsDropped(name, differences)).ToHashSet();
        // A computed column may depend on another computed column.
        List<ColumnPair> computed = [];
        var open = pair.Model.Columns.Where(c => c.Computed is not null && !IsDropped(c.Name, differences))
            .Join(pair.Database.Columns, c => c.Name, c => c.Name, (model, database) => new ColumnPair(model, database, pair)).ToList();
        while (open.Find(c => anew.Concat(retyped).Any(name => ExpressionText.Mentions(c.Model.Computed!.Sql, name))) is { } next)
        {
            open.Remove(next);
            computed.Add(next);
            anew.Add(next.Model.Name);
        }
        foreach (var finding in computed.SelectMany(column => ColumnDiff.Anew(column, null, null)))
            yield return finding;
        // A server keeps an expression as it parsed it, with casts and literals for the old type.
        HashSet<string> named = [.. anew, .. retyped];
        bool Uses(string? expression) => expression is not null && named.Any(name => ExpressionText.Mentions(expression, name));
        foreach (var index in pair.Database.Indexes.Where(
            i => i.Columns.Any(c => anew.Contains(c.Column ?? "") || Uses(c.Expression)) || Uses(i.Where) || i.Include.Any(anew.Contains)))
        {
            if (differences.Any(f => f.Operation is DropIndex drop && drop.Name == index.Name))
                continue;
            yield return Difference.Silent(Phase.DropOther, new DropIndex(index.Name!, pair.Name, pair.Schema) { Definition = index });
            yield return Difference.Silent(Phase.CreateOther, new CreateIndex(pair.Name, index, pair.Schema));
        }
        var constraints = pair.Database.Uniques.Where(u => u.Columns.Any(anew.Contains))
            .Concat<Constraint>(pair.Database.Checks.Where(c => Uses(c.Sql)));
        foreach (var constraint in constraints.Where(c => !IsDropped(c, differences)))
        {
            yield return Difference.Silent(Phase.DropOther, Constraints.Drop(constraint, pair));
            yield return Difference.Silent(Phase.CreateOther, Constraints.Create(constraint, pair.Database));
        }
    }

    private static bool LeansOn(ForeignKeyConstraint key, TablePair pair, Dictionary<TableKey, List<Difference>> differences,
        Dictionary<TableKey, TablePair> pairs)
    {
        var rules = pair.Dialect.Comparison;
        var own = differences.GetValueOrDefault(Key(pair)) ?? [];
        if (rules.AllowsDanglingKeys || IsDropped(key, own))
            return false;
        var target = differences.GetValueOrDefault(TableKey.Of(key)) ?? [];
        return (pairs.TryGetValue(TableKey.Of(key), out var other) && LosesIndex(other, target, key.ReferentColumns))
            || (rules.IndexesForeignKeys && LosesIndex(pair, own, key.Columns))
            || Held(target, rules).Overlaps(key.ReferentColumns) || Held(own, rules).Overlaps(key.Columns);
    }

    // A key may depend on one particular index. If any will do, another may exist, or be created before this one is dropped.
    private static bool LosesIndex(TablePair pair, IReadOnlyList<Difference> differences, IReadOnlyList<string> columns)
    {
        var rules = pair.Dialect.Comparison;
        bool Serves(IndexedColumns? index) => index is not null && rules.Serves(index.Columns, index.IsUnique, columns);
        var dropped = differences.Select(f => f.Operation).OfType<Operation>().Select(IndexedColumns.Dropped).Where(Serves).ToList();
        if (dropped.Count == 0 || !rules.IndexesForeignKeys)
            return dropped.Count > 0;
        var names = dropped.Select(d => d!.Name).ToHashSet();
        return !IndexedColumns.Of(pair.Database).Any(i => Serves(i) && !names.Contains(i.Name))
            && !differences.Select(f => f.Operation).OfType<Operation>().Select(IndexedColumns.Created)
                .Any(i => Serves(i) && !names.Contains(i!.Name));
    }

    private static HashSet<string> Retyped(IEnumerable<Difference> differences) =>
        [.. differences.Select(f => f.Operation).OfType<AlterColumn>().Where(a => a.Type is not null || a.Collation is not null)
            .Select(a => a.Column)];

    // The columns that cannot change while a foreign key uses them.
    private static HashSet<string> Held(IReadOnlyList<Difference> differences, ComparisonRules rules) => !rules.ForeignKeysHoldAutoincrement
        ? Retyped(differences)
        : [.. Retyped(differences),
            .. differences.Select(f => f.Operation).OfType<AlterColumn>().Where(a => a.Autoincrement is not null).Select(a => a.Column)];

    private static bool IsDropped(string column, IEnumerable<Difference> differences) =>
        differences.Any(f => f.Operation is DropColumn drop && drop.Column == column);

    private static bool IsDropped(Constraint constraint, IEnumerable<Difference> differences) =>
        differences.Any(f => f.Operation is DropConstraint { Definition: { } dropped } && dropped.Equals(constraint));
}

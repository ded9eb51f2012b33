using System.Globalization;

namespace Alembic.Revisions;

/// <summary>What identifiers mean in a graph: ids and their prefixes, labels, head, heads, base, label@symbol and -N.</summary>
internal sealed class RevisionSymbols
{
    private const int ShortestPartial = 4;

    private readonly RevisionMap map;
    private readonly IReadOnlyDictionary<string, RevisionNode> byName;
    private readonly IEnumerable<string> names;

    /// <param name="map">The graph.</param>
    /// <param name="byName">Its revisions by id and by the labels they carry.</param>
    /// <param name="labels">The labels in map order.</param>
    public RevisionSymbols(RevisionMap map, IReadOnlyDictionary<string, RevisionNode> byName, IEnumerable<string> labels)
    {
        this.map = map;
        this.byName = byName;
        names = map.Revisions.Select(n => n.Id).Concat(labels);
    }

    public List<RevisionNode> ResolveAll(IEnumerable<string> identifiers) => [.. identifiers.SelectMany(Resolve)];

    /// <summary>The revisions an identifier means; none for the base.</summary>
    public IReadOnlyList<RevisionNode> Resolve(string identifier) =>
        [.. Land(identifier).Where(l => !l.AtBase)
            .Select(l => l.Revision ?? throw new RelativeRevisionException(Split(identifier).Symbol))];

    /// <summary>The one revision an identifier means; null for the base. Relative forms are not accepted.</summary>
    public RevisionNode? ResolveOne(string identifier)
    {
        var (label, symbol) = Split(identifier);
        if (IsSymbol(symbol))
        {
            var found = Expand(label, symbol);
            if (found.Count > 1) throw new MultipleHeadsException(identifier, [.. found.Select(n => n.Id)]);
            return found.Count == 0 ? null : OnBranch(found[0], label, found[0].Id);
        }

        return Find(symbol, label);
    }

    /// <summary>Like <see cref="Resolve"/>, but -N may also end at the base or nowhere.</summary>
    public IReadOnlyList<WalkEnd> Land(string identifier)
    {
        var (label, symbol) = Split(identifier);
        if (IsSymbol(symbol)) return [.. Expand(label, symbol).Select(n => new WalkEnd(OnBranch(n, label, n.Id)))];
        if (int.TryParse(symbol, NumberStyles.Integer, CultureInfo.InvariantCulture, out var steps) && steps < 0)
        {
            var heads = label is null ? map.RealHeads : map.RealHeads.Where(h => h.HasLabel(label));
            return [.. heads.Select(h => Walk(new(h), steps))];
        }

        return [new(Find(symbol, label))];
    }

    /// <summary>The targets that are related to what the identifier names; all of them if it names nothing, like "base".</summary>
    public IReadOnlyList<RevisionNode> Related(IReadOnlyList<RevisionNode> targets, string identifier, bool dependencies = false)
    {
        var (label, symbol) = Split(identifier);
        var named = IsSymbol(symbol) ? Expand(label, symbol) : null;
        if (targets.Count == 0 || (label is null && named is { Count: 0 })) return targets;

        List<RevisionNode> against = label is null ? [] : [Find(label, null)];
        against.AddRange(named ?? [Find(symbol, null)]);
        var lineage = RevisionWalk.Ancestors(against, dependencies);
        lineage.UnionWith(RevisionWalk.Descendants(against, dependencies));
        return [.. targets.Where(lineage.Contains)];
    }

    /// <summary>The revision that carries a label, or that an id given instead of a label means.</summary>
    public RevisionNode Branch(string label)
    {
        if (byName.TryGetValue(label, out var carrier)) return carrier;
        try
        {
            return Find(label, null);
        }
        catch (RevisionNotFoundException e)
        {
            throw new RevisionNotFoundException(label, $"No such branch: '{label}'") { Hint = e.Hint };
        }
    }

    /// <summary>Steps along the only path: up from a revision or from nothing, down from a revision or from the head.</summary>
    public WalkEnd Walk(WalkEnd start, int steps, string? label = null, bool exact = true)
    {
        var at = start;
        for (var left = steps; left != 0; left -= Math.Sign(steps))
        {
            var choices = steps < 0 ? Below(at) : Above(at, label);
            if (choices.Count > 1)
            {
                throw new AmbiguousWalkException(at.Revision?.Id, [.. choices.Select(c => c.Id)])
                {
                    Hint = $"name one of {string.Join(", ", choices.Select(c => c.Id))}",
                };
            }

            if (choices.Count == 1) at = new(choices[0]);
            else if (steps < 0 && !at.AtBase) at = new(null, AtBase: true);
            else return exact ? WalkEnd.Nowhere : at;
        }

        return at;
    }

    private IReadOnlyList<RevisionNode> Above(WalkEnd at, string? label)
    {
        var next = at.Revision is null ? map.Bases : at.Revision.Next;
        return label is null ? next : Related(next, label);
    }

    private IReadOnlyList<RevisionNode> Below(WalkEnd at) => at.AtBase ? [] : at.Revision is null ? map.Heads : at.Revision.Down;

    private static (string? Label, string Symbol) Split(string identifier)
    {
        var at = identifier.IndexOf('@', StringComparison.Ordinal);
        if (at < 0) return (null, identifier);
        return (at == 0 ? null : identifier[..at], identifier[(at + 1)..]);
    }

    private static bool IsSymbol(string symbol) => symbol is "base" or "head" or "heads";

    private IReadOnlyList<RevisionNode> Expand(string? label, string symbol)
    {
        if (symbol == "base") return [];
        if (symbol == "heads") return label is null ? map.RealHeads : Related(map.Heads, label);

        var heads = label is null ? map.Heads : Related(map.Heads, label);
        return heads.Count <= 1
            ? heads
            : throw new MultipleHeadsException(label is null ? symbol : $"{label}@{symbol}", [.. heads.Select(h => h.Id)]);
    }

    private RevisionNode Find(string name, string? label)
    {
        if (label is not null) Branch(label);
        return OnBranch(byName.TryGetValue(name, out var node) ? node : FindByPrefix(name, label), label, name);
    }

    private RevisionNode OnBranch(RevisionNode node, string? label, string argument)
    {
        if (label is null) return node;
        var branch = Branch(label);
        return RevisionWalk.Ancestors([node], dependencies: false).Contains(branch)
            || RevisionWalk.Descendants([node], dependencies: false).Contains(branch)
            ? node
            : throw new RevisionNotFoundException(argument, $"Revision {node.Id} is not a member of branch '{label}'");
    }

    private RevisionNode FindByPrefix(string prefix, string? label)
    {
        // Like Alembic: the minimum length applies to the names found, not to the prefix typed.
        var matches = prefix.Length == 0
            ? []
            : names.Where(n => n.Length >= ShortestPartial && n.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        if (label is not null && matches.Count > 0)
        {
            var related = new NodeSet(Related([.. matches.Select(n => byName[n])], label));
            matches.RemoveAll(n => !related.Contains(byName[n]));
        }

        if (matches.Count == 1) return byName[matches[0]];
        throw matches.Count == 0 ? Unknown(prefix) : Ambiguous(prefix, matches);
    }

    private RevisionNotFoundException Unknown(string name)
    {
        var partial = name.Length < ShortestPartial
            ? "; please ensure at least four characters are present for partial revision identifier matches"
            : "";
        return new(name, $"No such revision or branch '{name}'{partial}")
        {
            Hint = NearbyNames.Hint(name, names.Concat(["head", "heads", "base"]))
        };
    }

    private static RevisionNotFoundException Ambiguous(string prefix, List<string> matches)
    {
        var first = string.Join(", ", matches.Take(3).Select(m => $"'{m}'"));
        return new(prefix, $"Multiple revisions start with '{prefix}': {first}...")
        {
            Hint = $"'{prefix}' could mean {string.Join(", ", matches.Take(3))}"
        };
    }
}

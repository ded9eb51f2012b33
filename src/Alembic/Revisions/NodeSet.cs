using System.Collections;

namespace Alembic.Revisions;

/// <summary>A value for each revision of a map, found by the revision's index in it: much faster than a hash on big graphs.</summary>
internal sealed class NodeTable<T>
{
    private T[] values = [];

    public ref T this[RevisionNode node]
    {
        get
        {
            if (node.Order >= values.Length) Grow(node.Order + 1);
            return ref values[node.Order];
        }
    }

    // Not Array.Resize: the JIT compiles it for each type of value.
    private void Grow(int least)
    {
        var larger = new T[Math.Max(least, values.Length * 2)];
        Array.Copy(values, larger, values.Length);
        values = larger;
    }

    public T? Find(RevisionNode node) => node.Order < values.Length ? values[node.Order] : default;
}

/// <summary>Some revisions of one map, listed in the order added.</summary>
internal sealed class NodeSet : IReadOnlyCollection<RevisionNode>
{
    private readonly NodeTable<bool> marks = new();
    private readonly List<RevisionNode> members = [];

    public NodeSet(IEnumerable<RevisionNode>? nodes = null) => UnionWith(nodes ?? []);

    public int Count => members.Count;

    public bool Contains(RevisionNode node) => marks.Find(node);

    public bool Add(RevisionNode node)
    {
        ref var mark = ref marks[node];
        if (mark) return false;
        members.Add(node);
        return mark = true;
    }

    public void UnionWith(IEnumerable<RevisionNode> others)
    {
        foreach (var node in others) Add(node);
    }

    public void IntersectWith(NodeSet others) => RemoveWhere(n => !others.Contains(n));

    public void ExceptWith(NodeSet others) => RemoveWhere(others.Contains);

    public IEnumerator<RevisionNode> GetEnumerator() => members.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void RemoveWhere(Predicate<RevisionNode> isGone) => members.RemoveAll(n => isGone(n) && !(marks[n] = false));
}

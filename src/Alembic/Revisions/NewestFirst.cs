namespace Alembic.Revisions;

/// <summary>
/// Lists revisions newest first, branch by branch: it follows a line down to a revision that another open line still needs, and then
/// continues with that line. This is Alembic's order, which its users know from logs and SQL.
/// </summary>
internal sealed class NewestFirst
{
    private readonly NodeSet wanted;
    private readonly NodeTable<bool> waiting = new();
    private readonly NodeTable<int> pending = new();
    private readonly LinkedList<Line> lines = new();
    private readonly NodeTable<LinkedListNode<Line>?> open = new();
    private readonly Stack<RevisionNode> released = [];
    private int lastRank;

    private NewestFirst(NodeSet wanted, IEnumerable<RevisionNode> heads)
    {
        this.wanted = wanted;

        // Unwanted revisions may lie between wanted ones. They hold back what is below them in the same way.
        foreach (var node in RevisionWalk.Ancestors(wanted))
        {
            waiting[node] = true;
            foreach (var down in node.NormalizedDown) pending[down]++;
        }

        foreach (var head in heads.Where(wanted.Contains).Distinct().OrderBy(n => n.Order)) Open(head);
    }

    /// <summary>Lists the wanted revisions, walking down from the heads.</summary>
    /// <returns>The list, or null if some of them cannot be reached from the heads through the others.</returns>
    public static List<RevisionNode>? List(NodeSet wanted, IEnumerable<RevisionNode> heads) => new NewestFirst(wanted, heads).List();

    private List<RevisionNode>? List()
    {
        var listed = new List<RevisionNode>(wanted.Count);
        for (var line = lines.First; line is not null;)
        {
            var node = line.Value.At;
            if (pending[node] > 0)
            {
                line = FirstLineAbove(node);
                continue;
            }

            listed.Add(node);
            open[node] = null;
            Release(node);
            line = Follow(line, node);
        }

        return listed.Count == wanted.Count ? listed : null;
    }

    /// <summary>
    /// Moves a line down to its revision's first parent and opens a line for each further one; a line without parents ends.
    /// </summary>
    private LinkedListNode<Line>? Follow(LinkedListNode<Line> line, RevisionNode node)
    {
        var goesOn = false;
        foreach (var parent in node.NormalizedDown)
        {
            if (!wanted.Contains(parent) || !waiting[parent] || open[parent] is not null) continue;
            if (goesOn)
            {
                Open(parent);
                continue;
            }

            line.Value.At = parent;
            open[parent] = line;
            goesOn = true;
        }

        if (goesOn) return line;
        var previous = line.Previous;
        lines.Remove(line);
        return previous ?? lines.First;
    }

    private void Open(RevisionNode node) => open[node] = lines.AddLast(new Line(node, lastRank++));

    private void Release(RevisionNode listed)
    {
        released.Push(listed);
        while (released.TryPop(out var node))
        {
            waiting[node] = false;
            foreach (var down in node.NormalizedDown)
            {
                if (--pending[down] == 0 && !wanted.Contains(down)) released.Push(down);
            }
        }
    }

    /// <summary>The earliest line that has not yet come down to a revision. It is usually the first one found.</summary>
    private LinkedListNode<Line>? FirstLineAbove(RevisionNode start)
    {
        var earliest = lines.First!.Value.At == start ? lines.First.Next : lines.First;
        LinkedListNode<Line>? best = null;
        var seen = new HashSet<RevisionNode>(); // holds few of many: a NodeSet would allocate for all
        var path = new Stack<(RevisionNode Node, int Next)>([(start, 0)]);
        while (path.TryPop(out var step))
        {
            if (step.Next == step.Node.AllNext.Count) continue;
            path.Push(step with { Next = step.Next + 1 });
            var above = step.Node.AllNext[step.Next];
            if (!waiting[above] || !seen.Add(above)) continue;
            if (open[above] is { } line && (best is null || line.Value.Rank < best.Value.Rank)) best = line;
            if (best is not null && best == earliest) return best;
            path.Push((above, 0));
        }

        return best;
    }

    private sealed class Line(RevisionNode at, int rank)
    {
        public RevisionNode At { get; set; } = at;

        public int Rank { get; } = rank;
    }
}

using System.Text;

namespace Alembic.Revisions;

/// <summary>
/// Draws revisions with the lines that lead from each down to its parents: to those that it follows and to those that it depends on.
/// A line is in a lane, which is two characters wide. From row to row it stays there (|), or moves one lane to the right (\) or to the
/// left (/). Lines that lead to the same revision are joined, so that no two lanes do. Lines cross where one keeps its lane and the other
/// one moves on.
/// </summary>
internal sealed class GraphDrawing
{
    private readonly NodeSet listed;
    // The revision that each lane leads down to.
    private readonly List<RevisionNode> lanes = [];
    private readonly List<string> rows = [];
    // The last lane ended in the last row: what begins there would look like its continuation.
    private bool hasEnded;

    private GraphDrawing(NodeSet listed) => this.listed = listed;

    /// <summary>Draws revisions; parents that are not listed are left out.</summary>
    /// <param name="revisions">The revisions, each before its parents.</param>
    /// <param name="text">Gets the text for a revision, of one or several lines.</param>
    /// <returns>For each revision its text with the lines beside it and below it. Rows are separated by a line feed.</returns>
    public static IEnumerable<string> Draw(IReadOnlyList<RevisionNode> revisions, Func<RevisionNode, string> text)
    {
        var drawing = new GraphDrawing(new NodeSet(revisions));
        foreach (var revision in revisions)
            yield return drawing.Draw(revision, text(revision));
    }

    private string Draw(RevisionNode revision, string text)
    {
        rows.Clear();
        var lane = LaneOf(revision);
        List<RevisionNode> parents = [.. revision.AllDown.Where(listed.Contains)];
        Mark(lane, text, goesOn: parents.Count > 0);
        Lead(lane, parents);
        hasEnded = parents.Count == 0 && lane == lanes.Count && !text.Contains('\n', StringComparison.Ordinal);
        return string.Join('\n', rows);
    }

    // No line leads to a head: it begins a lane.
    private int LaneOf(RevisionNode revision)
    {
        if (lanes.IndexOf(revision) is >= 0 and var lane) return lane;
        if (hasEnded) Add(Bars(lanes.Count));
        lanes.Add(revision);
        return lanes.Count - 1;
    }

    private void Mark(int lane, string text, bool goesOn)
    {
        var bars = Bars(lanes.Count);
        var mark = '*';
        foreach (var line in text.Split('\n'))
        {
            Add(With(bars, 2 * lane, mark) + line);
            mark = goesOn ? '|' : ' ';
        }
    }

    private void Lead(int lane, List<RevisionNode> parents)
    {
        // The parent that the lane of the mark leads to from here: the first that no other lane leads to.
        var heir = parents.Find(parent => !lanes.Contains(parent)) ?? parents.LastOrDefault();
        if (heir is null)
        {
            Remove(lane, joins: false);
            return;
        }

        for (var i = parents.Count - 1; i >= 0; i--)
        {
            if (parents[i] == heir) continue;
            if (lanes.IndexOf(parents[i]) is >= 0 and var to) Move(lane, to);
            else Insert(lane, parents[i]);
        }

        // If another lane leads there, too, the right one of the two joins the left one.
        var other = lanes.IndexOf(heir);
        lanes[lane] = heir;
        if (other < 0) return;
        var right = Math.Max(lane, other);
        Remove(right, joins: true);
        Move(right - 1, Math.Min(lane, other));
    }

    // A line to one more parent gets a lane to the right of the mark's.
    private void Insert(int lane, RevisionNode parent)
    {
        Add(Bars(lane) + "|" + Repeat(@"\ ", lanes.Count - lane));
        lanes.Insert(lane + 1, parent);
    }

    // The lanes to the right of one that ends, or that joins the lane to its left, move up.
    private void Remove(int lane, bool joins)
    {
        var row = Bars(lane) + " " + Repeat("/ ", lanes.Count - lane - 1);
        lanes.RemoveAt(lane);
        if (joins) Add(With(row, 2 * lane - 1, '/'));
        else if (lane < lanes.Count) Add(row);
    }

    // A line moves on to another lane, across those between.
    private void Move(int from, int to)
    {
        for (; from < to; from++) Add(With(Bars(lanes.Count), 2 * from + 1, '\\'));
        for (; from > to; from--) Add(With(Bars(lanes.Count), 2 * from - 1, '/'));
    }

    private void Add(string row) => rows.Add(row.TrimEnd());

    private static string Bars(int count) => Repeat("| ", count);

    private static string Repeat(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();

    private static string With(string row, int at, char character) => $"{row[..at]}{character}{row[(at + 1)..]}";
}

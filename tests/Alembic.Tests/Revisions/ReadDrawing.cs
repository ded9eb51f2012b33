namespace Alembic.Tests.Revisions;

/// <summary>
/// Reads a drawn graph as a person does: follows the lines from each mark down to the next marks. It knows nothing of the revisions. An id
/// is the text of a row with a mark; no text has a character that a line may have.
/// </summary>
internal sealed class ReadDrawing
{
    private readonly string[] rows;

    private ReadDrawing(string drawing) => rows = drawing.Split('\n');

    /// <summary>Gets the marks from top to bottom, each with the marks that lines lead down to.</summary>
    public static List<(string Id, HashSet<string> Parents)> Parents(string drawing)
    {
        var read = new ReadDrawing(drawing);
        return [.. read.rows.Index().Where(row => row.Item.Contains('*', StringComparison.Ordinal))
            .Select(row => (Id(row.Item), read.Reached(row.Index, row.Item.IndexOf('*', StringComparison.Ordinal) / 2)))];
    }

    private static string Id(string row) => row[(row.LastIndexOf(' ') + 1)..];

    private HashSet<string> Reached(int row, int lane)
    {
        HashSet<string> found = [];
        var open = new Stack<Place>(Below(row, lane));
        while (open.TryPop(out var place))
        {
            if (At(place.Row, 2 * place.Lane) == '*' && place.Sign == '|')
            {
                found.Add(Id(rows[place.Row]));
                continue;
            }
            var below = Below(place.Row, place.Lane);
            // Where several lines meet and several leave, they cross: each keeps its direction. Else they join, or one forks.
            var next = below.Count > 1 && Above(place.Row, place.Lane) > 1 ? below.FindAll(b => b.Sign == place.Sign) : below;
            Assert.IsNotEmpty(next, $"a line ends in row {place.Row}:\n{string.Join('\n', rows)}");
            next.ForEach(open.Push);
        }
        return found;
    }

    // The lines that leave the lower end of a lane in a row; a mark counts as a straight line.
    private List<Place> Below(int row, int lane)
    {
        List<Place> places = [];
        if (At(row + 1, 2 * lane) is '|' or '*')
            places.Add(new(row + 1, lane, '|'));
        if (At(row + 1, 2 * lane - 1) == '/')
            places.Add(new(row + 1, lane - 1, '/'));
        if (At(row + 1, 2 * lane + 1) == '\\')
            places.Add(new(row + 1, lane + 1, '\\'));
        return places;
    }

    // How many lines arrive at the lower end of a lane in a row.
    private int Above(int row, int lane) =>
        (At(row, 2 * lane) is '|' or '*' ? 1 : 0) + (At(row, 2 * lane + 1) == '/' ? 1 : 0) + (At(row, 2 * lane - 1) == '\\' ? 1 : 0);

    private char At(int row, int column) =>
        row < rows.Length && column >= 0 && column < rows[row].Length ? rows[row][column] : ' ';

    /// <summary>A character of a line, and the lane where it arrives at the lower end of its row.</summary>
    private sealed record Place(int Row, int Lane, char Sign);
}

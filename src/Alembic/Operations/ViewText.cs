namespace Alembic.Operations;

/// <summary>A view and the names in its text.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Names">The names in its text.</param>
internal sealed record ViewText(string Name, IReadOnlySet<string> Names)
{
    /// <summary>Finds the views that name columns and their tables, or other views of these.</summary>
    /// <param name="views">The views. The comparers of their sets compare the names.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="user">Creates the user of a column from a view.</param>
    public static ILookup<ColumnName, ColumnUser> Users(IReadOnlyList<ViewText> views, IEnumerable<ColumnName> columns,
        Func<ViewText, ColumnName, ColumnUser> user) =>
        columns.SelectMany(column => Over(column.Table, views)
            .Where(view => column.Name == ColumnName.Any || view.Names.Contains(column.Name)).Select(view => (column, view)))
            .ToLookup(u => u.column, u => user(u.view, u.column));

    private static IEnumerable<ViewText> Over(string relation, IReadOnlyList<ViewText> views)
    {
        var found = new List<ViewText>();
        for (var at = -1; at < found.Count; at++)
        {
            var name = at < 0 ? relation : found[at].Name;
            found.AddRange(views.Where(v => v.Names.Contains(name) && !found.Contains(v)));
        }
        return views.Where(found.Contains);
    }
}

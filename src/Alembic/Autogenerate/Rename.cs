namespace Alembic.Autogenerate;

/// <summary>A table or a column that is called otherwise in the model than in the database.</summary>
/// <param name="Table">The table: the one to be renamed, or, under either of its names, the column's.</param>
/// <param name="Column">The column's name in the database; null where the table itself is renamed.</param>
/// <param name="To">The name in the model.</param>
/// <param name="Schema">The table's schema, or null.</param>
public sealed record Rename(string Table, string? Column, string To, string? Schema = null)
{
    /// <summary>The name in the database.</summary>
    public string Old => Column ?? Table;
}

/// <summary>A new table or column that may be one of those that are gone.</summary>
/// <param name="Table">The column's table, as the model calls it; null where it is a table that is asked about.</param>
/// <param name="Name">The new name.</param>
/// <param name="Candidates">The old ones that it may be.</param>
/// <param name="Schema">The table's schema, or null.</param>
public sealed record RenameQuestion(string? Table, string Name, IReadOnlyList<string> Candidates, string? Schema = null);

/// <summary>A rename that was asked for and cannot be.</summary>
/// <param name="Rename">What was asked for.</param>
/// <param name="Reason">Why it cannot be.</param>
public sealed record MistakenRename(Rename Rename, string Reason)
{
    /// <summary>The way out, if the model asked for it by <c>[RenamedFrom]</c>; null if a command did.</summary>
    public string? WayOut { get; init; }
}

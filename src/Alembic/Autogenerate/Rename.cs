namespace Alembic.Autogenerate;

/// <summary>A table or a column with different names in the model and in the database.</summary>
/// <param name="Table">The table to rename; for a column, its table under either name.</param>
/// <param name="Column">The column's name in the database; null for a table.</param>
/// <param name="To">The name in the model.</param>
/// <param name="Schema">The table's schema, or null.</param>
public sealed record Rename(string Table, string? Column, string To, string? Schema = null)
{
    /// <summary>The name in the database.</summary>
    public string Old => Column ?? Table;
}

/// <summary>A new table or column that may be a renamed one.</summary>
/// <param name="Table">The column's table, as named in the model; null for a table.</param>
/// <param name="Name">The new name.</param>
/// <param name="Candidates">The old names that it may have had.</param>
/// <param name="Schema">The table's schema, or null.</param>
public sealed record RenameQuestion(string? Table, string Name, IReadOnlyList<string> Candidates, string? Schema = null);

/// <summary>A rename that was requested and is not possible.</summary>
/// <param name="Rename">The requested rename.</param>
/// <param name="Reason">Why it is not possible.</param>
public sealed record MistakenRename(Rename Rename, string Reason)
{
    /// <summary>The steps to take instead, if the model asked for it by <c>[RenamedFrom]</c>; null if a command did.</summary>
    public string? WayOut { get; init; }
}

using Alembic.Schema;

namespace Alembic.Operations;

/// <summary>A database object that <see cref="MetaData"/> cannot represent, or a table that depends on such objects.</summary>
/// <param name="Kind">Its kind, for display: "view", "trigger".</param>
/// <param name="Name">Its name.</param>
/// <param name="Schema">Its schema, or null for the connection's own.</param>
public sealed record UnmappedObject(string Kind, string Name, string? Schema = null)
{
    /// <summary>The operations that create it anyway, in the database's own SQL; empty if there are none.</summary>
    public IReadOnlyList<Operation> Instead { get; init; } = [];

    /// <summary>The table that it is a part of, and is created and dropped with; or null.</summary>
    public (string? Schema, string Table)? Of { get; init; }

    /// <summary>Tells whether it is a table that was read, but not completely.</summary>
    public bool IsTable { get; init; }

    /// <summary>Its id in the <see cref="Needs"/> of other objects; empty if nothing needs it.</summary>
    public string Id { get; init; } = "";

    /// <summary>The objects that must exist before it, by their <see cref="Id"/>.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>
    /// Tells whether it is created before tables, unless it needs one. Tables may depend on it through the text of a function, which no
    /// catalog shows.
    /// </summary>
    public bool IsBeforeTables { get; init; }

    /// <summary>Tells whether it is in a schema that was not asked for.</summary>
    public bool IsLeftOut { get; init; }

    /// <summary>The operations directly after a table's creation.</summary>
    public IReadOnlyList<Operation> After { get; init; } = [];

    /// <summary>The names of its constraints and indexes that <see cref="After"/> creates.</summary>
    public IReadOnlyList<string> Replaced { get; init; } = [];

    /// <summary>The reason why it is not written, unless that is the lack of an operation; else null.</summary>
    public string? Reason { get; init; }

    /// <summary>Gets the operations that create the table completely.</summary>
    /// <param name="create">The creation of the table as it was read.</param>
    internal IReadOnlyList<Operation> Around(CreateTable create) => [create with { Table = Without(create.Table, Replaced) }, .. After];

    /// <summary>Gets a table without some of its constraints and indexes.</summary>
    internal static Table Without(Table table, IReadOnlyCollection<string> names) => names.Count == 0 ? table : table with
    {
        Items =
        [
            .. table.Items.Where(item => item switch
            {
                Constraint { Name: { } name } => !names.Contains(name),
                TableIndex { Name: { } name } => !names.Contains(name),
                _ => true,
            }).Select(item => item is Column column && table.IsSerial(column) && table.PrimaryKey is { Name: { } key }
                && names.Contains(key) ? column with { Autoincrement = true } : item),
        ],
    };
}

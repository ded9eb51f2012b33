using Alembic.Schema;

namespace Alembic.Operations;

/// <summary>Something that a database has and <see cref="MetaData"/> has no place for, or what a table needs of such things.</summary>
/// <param name="Kind">What it is, for the eyes: "view", "trigger".</param>
/// <param name="Name">Its name.</param>
/// <param name="Schema">Its schema, or null for the connection's own.</param>
public sealed record UnmappedObject(string Kind, string Name, string? Schema = null)
{
    /// <summary>The operations that create it all the same, as the database itself writes it; empty where there are none.</summary>
    public IReadOnlyList<Operation> Instead { get; init; } = [];

    /// <summary>The table that it is a part of, and comes and goes with; or null.</summary>
    public (string? Schema, string Table)? Of { get; init; }

    /// <summary>Tells whether it is a table that has been read, but not with all that it is.</summary>
    public bool IsTable { get; init; }

    /// <summary>The name that <see cref="Needs"/> of others give it; empty where nothing needs it.</summary>
    public string Id { get; init; } = "";

    /// <summary>The objects that have to be there before it, by their <see cref="Id"/>.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>
    /// Tells whether it is created before tables where nothing speaks against it: tables may need what no catalog tells, by the text of a
    /// function.
    /// </summary>
    public bool IsBeforeTables { get; init; }

    /// <summary>Tells whether its schema is one that was not asked for.</summary>
    public bool IsLeftOut { get; init; }

    /// <summary>Of a table: what comes right after it.</summary>
    public IReadOnlyList<Operation> After { get; init; } = [];

    /// <summary>The names of those of its constraints and indexes that <see cref="After"/> creates.</summary>
    public IReadOnlyList<string> Replaced { get; init; } = [];

    /// <summary>The reason why it is not written, if that is not the lack of an operation; else null.</summary>
    public string? Reason { get; init; }

    /// <summary>The operations that create the table with all that it has.</summary>
    /// <param name="create">What there is of it otherwise.</param>
    internal IReadOnlyList<Operation> Around(CreateTable create) => [create with { Table = Without(create.Table, Replaced) }, .. After];

    /// <summary>A table without some of its constraints and indexes.</summary>
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

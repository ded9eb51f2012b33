namespace Alembic.Schema;

/// <summary>A foreign key of one column, declared on the column.</summary>
public sealed record ForeignKey
{
    /// <summary>Creates a key to a column of a table.</summary>
    /// <param name="target"><c>table.column</c> or <c>schema.table.column</c>; a name that contains a dot is in double quotes:
    /// <c>"odd.table".column</c>.</param>
    /// <param name="name">The constraint's name, or null.</param>
    /// <param name="onDelete">What happens when the row it points to is deleted, for example <c>CASCADE</c>; null for the database's
    /// default.</param>
    /// <param name="onUpdate">The same for a changed key.</param>
    /// <param name="deferrable">Whether the check can wait until the end of the transaction; null for the database's default.</param>
    /// <param name="initially"><c>DEFERRED</c> or <c>IMMEDIATE</c>, or null.</param>
    /// <param name="match"><c>FULL</c>, <c>SIMPLE</c> or <c>PARTIAL</c>, or null.</param>
    public ForeignKey(
        string target, string? name = null, string? onDelete = null, string? onUpdate = null, bool? deferrable = null,
        string? initially = null, string? match = null)
    {
        Target = target;
        Name = name;
        OnDelete = onDelete;
        OnUpdate = onUpdate;
        Deferrable = deferrable;
        Initially = initially;
        Match = match;
    }

    /// <summary><c>table.column</c> or <c>schema.table.column</c>.</summary>
    public string Target { get; init; }

    /// <summary>The constraint's name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The action on deletion, or null.</summary>
    public string? OnDelete { get; init; }

    /// <summary>The action on update, or null.</summary>
    public string? OnUpdate { get; init; }

    /// <summary>Tells whether the check can wait until the end of the transaction, or null.</summary>
    public bool? Deferrable { get; init; }

    /// <summary><c>DEFERRED</c>, <c>IMMEDIATE</c> or null.</summary>
    public string? Initially { get; init; }

    /// <summary><c>FULL</c>, <c>SIMPLE</c>, <c>PARTIAL</c> or null.</summary>
    public string? Match { get; init; }

    /// <summary>Gets the same key as a constraint of the table.</summary>
    /// <param name="column">The column that declares it.</param>
    public ForeignKeyConstraint OnColumn(string column) => new([column], [Target], Name, OnDelete, OnUpdate, Deferrable, Initially, Match);

    /// <summary>Gets a constraint of one column as that column's key: the inverse of <see cref="OnColumn"/>.</summary>
    internal static ForeignKey Of(ForeignKeyConstraint key) =>
        new(key.Targets[0], key.Name, key.OnDelete, key.OnUpdate, key.Deferrable, key.Initially, key.Match);
}

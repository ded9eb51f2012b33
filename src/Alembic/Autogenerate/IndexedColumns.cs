using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>Something with an index: a key, a unique constraint or an index.</summary>
/// <param name="Name">Its name; one name for all primary keys.</param>
/// <param name="Columns">Its columns, up to the first expression.</param>
/// <param name="IsUnique">Whether it is unique over all rows.</param>
internal sealed record IndexedColumns(string? Name, IReadOnlyList<string> Columns, bool IsUnique)
{
    /// <summary>The index of an item, or null if it has none.</summary>
    public static IndexedColumns? Of(SchemaItem item) => item switch
    {
        PrimaryKeyConstraint key => new("PRIMARY", key.Columns, true),
        UniqueConstraint unique => new(unique.Name, unique.Columns, true),
        TableIndex { Method: null } index => new(
            index.Name, [.. index.Columns.TakeWhile(c => c.Column is not null).Select(c => c.Column!)],
            index is { Unique: true, Where: null } && index.Columns.All(c => c.Column is not null)),
        _ => null,
    };

    /// <summary>All indexes of a table.</summary>
    public static IEnumerable<IndexedColumns> Of(Table table) =>
        Enumerable.Empty<SchemaItem>().Concat(table.PrimaryKey is { } key ? [key] : []).Concat(table.Uniques).Concat(table.Indexes)
        .Select(Of).OfType<IndexedColumns>();

    /// <summary>What an operation on a table of both sides drops, or null.</summary>
    public static IndexedColumns? Dropped(Operation operation) => operation switch
    {
        DropConstraint { Definition: { } constraint } => Of(constraint),
        DropIndex { Definition: { } index } => Of(index),
        _ => null,
    };

    /// <summary>What an operation on a table of both sides creates, or null.</summary>
    public static IndexedColumns? Created(Operation operation) => operation switch
    {
        CreateConstraint create => Of(create.Constraint),
        CreateIndex create => Of(create.Index),
        _ => null,
    };
}

using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>Constraints without a name, which only SQLite has.</summary>
internal static class UnnamedConstraints
{
    /// <summary>The column with the unnamed constraints that only it has, and that are added and dropped with it.</summary>
    public static Column Beside(Column column, Table table) => column with
    {
        Unique = table.Uniques.Any(u => u.Name is null && u.Columns is [var only] && only == column.Name),
        ForeignKey = table.ForeignKeys.FirstOrDefault(k => k.Name is null && k.Columns is [var only] && only == column.Name) is { } key
            ? ForeignKey.Of(key)
            : null,
    };

    /// <summary>Tells whether dropping the column drops the constraint too.</summary>
    public static bool GoesWithColumn(ForeignKeyConstraint key, TablePair pair) => key.Name is null && GoesWithColumn(key.Columns, pair);

    /// <inheritdoc cref="GoesWithColumn(ForeignKeyConstraint, TablePair)"/>
    public static bool GoesWithColumn(UniqueConstraint unique, TablePair pair) =>
        unique.Name is null && GoesWithColumn(unique.Columns, pair);

    private static bool GoesWithColumn(IReadOnlyList<string> columns, TablePair pair) =>
        columns is [var only] && pair.Model.Columns.All(c => c.Name != only);
}

using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>
/// The part of a table that the database is asked to spell: what does not match the other side to the letter, and the columns that it
/// uses. Creating a narrow table is several times faster than creating a wide one.
/// </summary>
internal static class RoundTripScope
{
    public static Table Of(Table table, Table other, Dialect dialect)
    {
        var (columns, checks, indexes) = (other.Columns.Select(Bare).ToHashSet(), other.Checks.Select(Bare).ToHashSet(),
            other.Indexes.Select(Bare).ToHashSet());
        var openChecks = table.Checks.Select(Bare).Distinct().Where(c => !checks.Contains(c)).ToList();
        var openIndexes = table.Indexes.Where(i => i.Name is not null && (i.Where is not null || i.Columns.Any(c => c.Column is null)))
            .DistinctBy(i => i.Name).Select(Bare).Where(i => !indexes.Contains(i)).ToList();
        var used = Used(
            [.. table.Columns.Select(Bare)], c => !columns.Contains(c), table.Name,
            [.. openChecks.Select(c => c.Sql),
                .. openIndexes.SelectMany(i => i.Columns.Select(e => e.Column ?? e.Expression).Append(i.Where))]);
        return new Table(table.Name, [.. used, .. openChecks, .. openIndexes], table.Schema,
            options: dialect.Comparison.ColumnDefaults(table));
    }

    // Keys and numbering are spelled the same everywhere and would only add work.
    private static Column Bare(Column column) =>
        column with
        {
            PrimaryKey = false, Unique = false, Index = false, ForeignKey = null, Autoincrement = false, Comment = null, RenamedFrom = null,
            Fill = null, IsInherited = false, HasShortSequence = false
        };

    /// <summary>A check with nothing but its condition and name.</summary>
    public static CheckConstraint Bare(CheckConstraint check) => new(check.Sql, check.Name);

    private static TableIndex Bare(TableIndex index) => index with { Unique = false, Include = [] };

    private static IEnumerable<Column> Used(IReadOnlyList<Column> columns, Func<Column, bool> isOpen, string table,
        IReadOnlyList<string?> expressions)
    {
        var texts = new Queue<string>(expressions.OfType<string>());
        var used = new HashSet<string>();
        void Use(Column column)
        {
            if (used.Add(column.Name)
                && (column.Computed?.Sql
                    ?? (column.ServerDefault is { Kind: ServerDefaultKind.Sql } value ? value.Value : null)) is { } text)
                texts.Enqueue(text);
        }
        foreach (var column in columns.Where(isOpen))
            Use(column);
        while (texts.TryDequeue(out var text))
        {
            // The whole row, or a name that is written differently in SQL.
            var isAll = ExpressionText.Mentions(text, table) || columns.Any(c => c.Name.AsSpan().IndexOfAny('"', '`', '\\') >= 0);
            foreach (var column in columns.Where(c => isAll || ExpressionText.Mentions(text, c.Name)))
                Use(column);
        }
        return columns.Where(c => used.Contains(c.Name));
    }
}

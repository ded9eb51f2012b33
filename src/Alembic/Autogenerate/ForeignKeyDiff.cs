using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>Foreign keys, by their columns, targets and actions; names do not count.</summary>
internal static class ForeignKeyDiff
{
    public static IEnumerable<Difference> Of(TablePair pair)
    {
        var wanted = pair.Model.ForeignKeys.DistinctBy(k => Signature(k, pair)).ToList();
        // A key that is not compared is still dropped with its column.
        var filter = new IncludeFilter(pair.Options, isDatabase: true, [pair.Model]);
        var existing = pair.Database.ForeignKeys
            .Where(k => filter.Includes(k, pair.Database) || k.Columns.Except(pair.Model.Columns.Select(c => c.Name)).Any())
            .DistinctBy(k => Signature(k, pair)).ToList();
        foreach (var key in existing.ExceptBy(wanted.Select(k => Signature(k, pair)), k => Signature(k, pair)))
            yield return new Difference(Phase.DropForeignKey, "constraints",
                $"Detected removed foreign key {Columns(key)} on table {pair.LogName}",
                UnnamedConstraints.GoesWithColumn(key, pair) ? null : Constraints.Drop(key, pair));
        foreach (var key in wanted.ExceptBy(existing.Select(k => Signature(k, pair)), k => Signature(k, pair)))
            yield return new Difference(Phase.CreateForeignKey, "constraints",
                $"Detected added foreign key {Columns(key)} on table {pair.LogName}",
                key.Columns is [var only] && OfNewColumn(pair, only) == key ? null : Constraints.Create(key, pair));
        foreach (var (key, old) in wanted.Join(existing, k => Signature(k, pair), k => Signature(k, pair), (key, old) => (key, old)))
            if (old.NotValid && !key.NotValid)
                yield return Validation.Of(old, pair);
    }

    /// <summary>The foreign key on a column that is added: if tables are rebuilt, it costs nothing there.</summary>
    public static ForeignKeyConstraint? OfNewColumn(TablePair pair, string column) =>
        !pair.Dialect.Comparison.RebuildsTables || pair.Database.Columns.Any(c => c.Name == column)
        ? null
        : pair.Model.ForeignKeys.FirstOrDefault(k => k.Columns is [var only] && only == column);

    private static string Columns(ForeignKeyConstraint key) =>
        $"({string.Join(", ", key.Columns)})({string.Join(", ", key.ReferentColumns)})";

    private static ForeignKeyConstraint Signature(ForeignKeyConstraint key, TablePair pair) => key with
    {
        Name = null,
        OnDelete = Action(key.OnDelete, pair),
        OnUpdate = Action(key.OnUpdate, pair),
        Deferrable = key.Deferrable == true ? true : null,
        Initially = Unless("IMMEDIATE", key.Initially),
        Match = Unless("SIMPLE", key.Match),
        SetNullColumns = [.. key.SetNullColumns.Order(StringComparer.Ordinal)],
        NotValid = false,
    };

    // The default action is the same as none.
    private static string? Action(string? action, TablePair pair) =>
        Unless("NO ACTION", action) is { } given && (given != "RESTRICT" || pair.Dialect.Comparison.HasRestrict) ? given : null;

    private static string? Unless(string usual, string? keyword) =>
        keyword is null || keyword.Equals(usual, StringComparison.OrdinalIgnoreCase) ? null : keyword.ToUpperInvariant();
}

using Alembic.Autogenerate;

namespace Alembic.Tool.Commands;

/// <summary>What <c>--rename</c> and <c>--rename-table</c> say.</summary>
internal static class RenameArguments
{
    public const string Column = "A column that has a new name in the model, as table.old:new; may be given several times.";

    public const string Table = "A table that has a new name in the model, as old:new; may be given several times.";

    public static IReadOnlyList<Rename> Parse(string[] columns, string[] tables) =>
        [.. tables.Select(OfTable), .. columns.Select(OfColumn)];

    /// <summary>Refuses names that no database has. One of several databases is enough.</summary>
    public static void Check(IReadOnlyList<Comparison> comparisons)
    {
        if (comparisons.Count == 0)
            return;
        foreach (var mistaken in comparisons.SelectMany(c => c.MistakenRenames).Where(m => m.WayOut is not null))
        {
            var rename = mistaken.Rename;
            var place =
                $"{(rename.Schema is null ? "" : rename.Schema + ".")}"
                    + $"{(rename.Column is null ? rename.To : $"{rename.Table}.{rename.To}")}";
            throw new UsageException($"[RenamedFrom(\"{rename.Old}\")] of '{place}': {mistaken.Reason}") { Hint = mistaken.WayOut };
        }
        foreach (var (rename, reason) in comparisons[0].MistakenRenames
            .Where(m => comparisons.All(c => c.MistakenRenames.Any(o => o.Rename == m.Rename))))
        {
            var argument = rename.Column is null
                ? $"--rename-table {rename.Table}:{rename.To}"
                : $"--rename {rename.Table}.{rename.Column}:{rename.To}";
            throw new UsageException($"{argument}: {reason}") { Hint = "the old name is the database's, the new one the model's" };
        }
    }

    private static Rename OfTable(string text) =>
        Split(text) is var (schema, old, @new) ? new Rename(old, null, @new, schema) : throw Malformed("--rename-table", text, "old:new");

    private static Rename OfColumn(string text) =>
        Split(text) is var (place, old, @new) && place?.LastIndexOf('.') is { } dot
            ? new Rename(place[(dot + 1)..], old, @new, dot < 0 ? null : place[..dot])
            : throw Malformed("--rename", text, "table.old:new");

    // "before.old:new"
    private static (string? Before, string Old, string New)? Split(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || colon == text.Length - 1)
            return null;
        var dot = text.LastIndexOf('.', colon);
        return dot == colon - 1 || dot == 0 ? null : (dot < 0 ? null : text[..dot], text[(dot + 1)..colon], text[(colon + 1)..]);
    }

    private static UsageException Malformed(string option, string text, string form) => new($"{option} {text} is not of the form {form}");
}

using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>Finds what was added, dropped and renamed. It never guesses a rename: the user has to say so.</summary>
/// <param name="options">The given renames, and the function that asks the user.</param>
/// <param name="schema">The schema that all of it is in, or null.</param>
/// <param name="table">The table of the columns, or null for tables.</param>
internal sealed class RenameDecision(ComparisonOptions options, string? schema, string? table)
{
    /// <summary>Compares names: a rename may be written in another case than in the database.</summary>
    public required StringComparer Names { get; init; }

    /// <summary>Tells whether a given rename is about these tables or columns.</summary>
    public required Func<Rename, bool> IsAbout { get; init; }

    /// <summary>Tells whether the old one could be the new one.</summary>
    public required Func<string, string, bool> IsAlike { get; init; }

    public List<MistakenRename> Mistaken { get; } = [];

    /// <summary>The undecided ones: each dropped name, with the new names that it may have.</summary>
    public List<(string Old, IReadOnlyList<string> New)> Undecided { get; } = [];

    /// <summary>The renames, each with its source.</summary>
    public IReadOnlyList<(string Old, string New, string Why)> Decide(
        IReadOnlyList<string> model, IReadOnlyList<string> database, Func<string, string?> renamedFrom)
    {
        var added = model.Except(database).ToList();
        var gone = database.Except(model).ToList();
        var found = new List<(string Old, string New, string Why)>();
        void Take(string old, string @new, string why)
        {
            found.Add((old, @new, why));
            gone.Remove(old);
            added.Remove(@new);
        }
        string NameIn(string name, IEnumerable<string> among) => among.FirstOrDefault(n => Names.Equals(n, name)) ?? name;
        foreach (var given in options.Renames.Where(IsAbout))
        {
            var (old, @new) = (NameIn(given.Old, database), NameIn(given.To, model));
            if (gone.Contains(old) && added.Contains(@new))
                Take(old, @new, given.Column is null ? "--rename-table" : "--rename");
            else
                Mistaken.Add(new(given, Reason(given, old, @new, model, database)));
        }
        string? Former(string name) => renamedFrom(name) is { } said ? NameIn(said, database) : null;
        foreach (var @new in model)
        {
            // A former name that the database does not have was renamed before.
            if (Former(@new) is not { } old || old == @new || !database.Contains(old))
                continue;
            var (isAdded, isGone) = (added.Contains(@new), gone.Contains(old));
            if (isAdded && isGone)
            {
                Take(old, @new, "[RenamedFrom]");
                continue;
            }
            var asked = new Rename(table ?? old, table is null ? null : old, @new, schema);
            if (isAdded || isGone)
                Mistaken.Add(new(asked, Reason(asked, old, @new, model, database)) { WayOut = isAdded ? InTwoSteps : ByHand });
            else if (ComesBack(@new, old, Former))
                Mistaken.Add(new(asked, Swapped) { WayOut = ByHand });
        }
        foreach (var @new in options.AskRename is null ? [] : added.ToList())
        {
            var candidates = gone.Where(old => IsAlike(old, @new)).ToList();
            if (candidates.Count > 0 && options.AskRename!(new RenameQuestion(table, @new, candidates, schema)) is { } old
                && candidates.Contains(old))
                Take(old, @new, "as answered");
        }
        foreach (var old in gone)
            if (added.Where(@new => IsAlike(old, @new)).ToList() is { Count: > 0 } perhaps)
                Undecided.Add((old, perhaps));
        return found;
    }

    private const string Swapped = "names are swapped, and the database does not show whether that was done";

    private const string InTwoSteps = "give it its new name in one revision, and the old name to something new in the next";

    private string ByHand => $"rename by hand, with op.{(table is null ? "RenameTable" : "AlterColumn(…, newColumnName: …)")} in an empty "
        + "revision, through a third name if names are swapped, and remove [RenamedFrom]";

    // Tells whether the former name of the former name, and so on, is the name.
    private static bool ComesBack(string name, string former, Func<string, string?> find)
    {
        var seen = new HashSet<string>();
        while (former != name && seen.Add(former) && find(former) is { } next)
            former = next;
        return former == name;
    }

    private string Reason(Rename given, string old, string @new, IReadOnlyList<string> model, IReadOnlyList<string> database)
    {
        var (kind, place) = table is null ? ("table", "") : ("column", $"table '{table}' of ");
        return !database.Contains(old) ? $"{place}the database has no {kind} '{given.Old}'"
            : !model.Contains(@new) ? $"{place}the model has no {kind} '{given.To}'"
            : model.Contains(old) ? $"{place}the model still has a {kind} '{given.Old}'"
            : database.Contains(@new) ? $"{place}the database has a {kind} '{given.To}' already"
            : $"'{given.Old}' or '{given.To}' is in another rename already";
    }
}

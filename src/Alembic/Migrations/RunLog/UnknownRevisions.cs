using Alembic.Revisions;

namespace Alembic.Migrations;

/// <summary>What the history knows of the database's revisions that have no file here.</summary>
/// <param name="Text">A part of a sentence.</param>
/// <param name="IsAhead">Whether their files are missing because the files here are older: all of these are applied.</param>
internal sealed record UnknownRevisions(string Text, bool IsAhead)
{
    /// <returns>Null if there are none, or if the history does not know one of them.</returns>
    public static UnknownRevisions? Of(RevisionMap map, IReadOnlyList<string> rows, IReadOnlyList<RunLogEntry> entries)
    {
        var last = new Dictionary<string, RunLogEntry>();
        foreach (var entry in entries)
            last[entry.Revision] = entry;
        bool IsApplied(string id) => last.GetValueOrDefault(id) is { IsApplied: true };

        var unknown = rows.Where(id => map.Find(id) is null).ToList();
        if (unknown.Count == 0 || !unknown.All(IsApplied))
            return null;
        var (id, when) = (unknown[0], last[unknown[0]].When);
        var here = map.Applied(rows);
        return map.Heads.Count > 0 && map.Heads.All(head => here.Contains(head) || IsApplied(head.Id))
            ? new($"the database is ahead of these files: all of them are applied, and {id}, which is not among them, was {when}",
                IsAhead: true)
            : new($"{id} was {when}, but its file is missing: get the newest files", IsAhead: false);
    }

    /// <summary>
    /// Adds what the history knows to the error of a revision that the database is at and that has no file.
    /// </summary>
    public static RevisionNotFoundException Explain(RevisionNotFoundException error, UnknownRevisions? known) =>
        new(error.Argument, error.Reason)
    {
        Hint = known is null
            ? "the database is at a revision that is not among the files: get the newest files, or reset its table with "
                + "dotnet alembic stamp --purge head"
            : $"{known.Text}{(known.IsAhead ? "; run the newest files; upgrade --if-behind accepts this as success" : "")}; nothing "
                + "was changed",
    };
}

namespace Alembic.Revisions;

/// <summary>Prints revisions as commands do. Lines are separated by a line feed.</summary>
public static class RevisionText
{
    /// <summary>Gets the one-line form, such as "a -> b (head), add account"; a message of several lines is printed as it is.</summary>
    /// <param name="node">The revision.</param>
    /// <param name="parts">What to show besides the id.</param>
    /// <param name="current">The ids to mark as current, or null.</param>
    public static string Line(RevisionNode node, RevisionParts parts, IReadOnlySet<string>? current = null)
    {
        var revision = node.Revision;
        return string.Concat(
            parts.HasFlag(RevisionParts.Parents) ? $"{Down(node)}{Dependencies(revision, "")} -> " : "",
            node.Id,
            parts.HasFlag(RevisionParts.Labels) && node.BranchLabels.Count > 0 ? $" ({string.Join(", ", node.BranchLabels)})" : "",
            parts.HasFlag(RevisionParts.Heads) ? Head(node) + Current(node, current) : "",
            parts.HasFlag(RevisionParts.Forks) ? Forks(node) : "",
            parts.HasFlag(RevisionParts.Dependencies) ? Dependencies(revision, "depends on ") : "",
            parts.HasFlag(RevisionParts.Message) ? $", {revision.Message}" : "");
    }

    /// <summary>Gets the verbose form: a block of lines that ends with a line feed.</summary>
    /// <param name="node">The revision.</param>
    /// <param name="current">The ids to mark as current, or null.</param>
    public static string Block(RevisionNode node, IReadOnlySet<string>? current = null)
    {
        var revision = node.Revision;
        List<string> lines =
        [
            $"Rev: {node.Id}{(node.IsHead ? " (head)" : "")}{Forks(node)}{Current(node, current)}",
            $"{(node.IsMergePoint ? "Merges" : "Parent")}: {Down(node)}",
        ];
        if (revision.DependsOn.Count > 0) lines.Add($"Also depends on: {string.Join(", ", revision.DependsOn)}");
        if (node.IsBranchPoint) lines.Add($"Branches into: {string.Join(", ", node.Next)}");
        if (node.BranchLabels.Count > 0) lines.Add($"Branch names: {string.Join(", ", node.BranchLabels)}");
        lines.Add($"Path: {revision.Path}");
        lines.Add("");
        lines.AddRange(revision.Text.Length == 0 ? [""] : revision.Text.Split('\n').Select(l => $"    {Restored(l)}"));
        return string.Join("\n", lines) + "\n";
    }

    /// <summary>
    /// Gets a branch point and what follows it, as the branches command prints them: a block of lines that ends with a line feed.
    /// </summary>
    /// <param name="node">The branch point.</param>
    /// <param name="verbose">Whether to print the branch point's verbose form and the messages of what follows.</param>
    public static string Branches(RevisionNode node, bool verbose)
    {
        var parts = RevisionParts.BranchesCommand | (verbose ? RevisionParts.Message : RevisionParts.None);
        var first = verbose ? Block(node) : Line(node, RevisionParts.BranchesCommand);
        var indent = new string(' ', node.Id.Length);
        return string.Join("\n", node.Next.Select(n => $"{indent} -> {Line(n, parts)}").Prepend(first)) + "\n";
    }

    // Alembic writes a trailing space here that many editors remove on saving.
    private static string Restored(string line) => line == "Revises:" ? "Revises: " : line;

    private static string Dependencies(Revision revision, string word) =>
        revision.DependsOn.Count > 0 ? $" ({word}{string.Join(", ", revision.DependsOn)})" : "";

    private static string Down(RevisionNode node) => node.IsBase ? "<base>" : string.Join(", ", node.Revision.Down);

    private static string Head(RevisionNode node) => node.IsRealHead ? " (head)" : node.IsHead ? " (effective head)" : "";

    private static string Forks(RevisionNode node) =>
        (node.IsBranchPoint ? " (branchpoint)" : "") + (node.IsMergePoint ? " (mergepoint)" : "");

    private static string Current(RevisionNode node, IReadOnlySet<string>? current) =>
        current?.Contains(node.Id) == true ? " (current)" : "";
}

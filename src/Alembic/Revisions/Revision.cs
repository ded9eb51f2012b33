namespace Alembic.Revisions;

/// <summary>One migration as its file declares it: what it is called, what it follows and what it needs.</summary>
public sealed record Revision
{
    /// <summary>Declares a revision. Nothing is checked until a <see cref="RevisionMap"/> is built from it.</summary>
    /// <param name="id">The revision id.</param>
    /// <param name="down">The ids this revision follows: none for a base, several for a merge.</param>
    /// <param name="dependsOn">Complete ids or branch labels that must be applied first, on any branch.</param>
    /// <param name="branchLabels">The labels that this revision itself gives to its branch.</param>
    /// <param name="text">The leading comment of the file; surrounding white space is trimmed.</param>
    /// <param name="path">The file, or null if the revision has none.</param>
    public Revision(
        string id,
        IReadOnlyList<string>? down = null,
        IReadOnlyList<string>? dependsOn = null,
        IReadOnlyList<string>? branchLabels = null,
        string? text = null,
        string? path = null)
    {
        Id = id;
        Down = down ?? [];
        DependsOn = dependsOn ?? [];
        BranchLabels = branchLabels ?? [];
        Text = (text ?? "").ReplaceLineEndings("\n").Trim();
        Path = path;
    }

    /// <summary>The revision id.</summary>
    public string Id { get; }

    /// <summary>The ids this revision follows, as written and in that order.</summary>
    public IReadOnlyList<string> Down { get; }

    /// <summary>The ids or labels this revision depends on, as written and in that order.</summary>
    public IReadOnlyList<string> DependsOn { get; }

    /// <summary>
    /// The labels that this revision itself declares; <see cref="RevisionNode.BranchLabels"/> also has the inherited ones.
    /// </summary>
    public IReadOnlyList<string> BranchLabels { get; }

    /// <summary>The whole leading comment, lines separated by a line feed.</summary>
    public string Text { get; }

    /// <summary>The text up to the first empty line: what history and the log show.</summary>
    public string Message => Text.IndexOf("\n\n", StringComparison.Ordinal) is var end and >= 0 ? Text[..end] : Text;

    /// <summary>The file, or null.</summary>
    public string? Path { get; }

    /// <summary>The phase of a change without downtime that it belongs to; null if it says none.</summary>
    public Phase? Phase { get; init; }

    /// <summary>The checksum that tells whether the upgrade is still the one that ran; null if the revision has no file.</summary>
    public string? UpgradeChecksum { get; init; }

    /// <summary>The same for the downgrade.</summary>
    public string? DowngradeChecksum { get; init; }

    /// <summary>Tells whether both revisions declare the same.</summary>
    /// <param name="other">The other revision.</param>
    public bool Equals(Revision? other) =>
        other is not null && Id == other.Id && Text == other.Text && Path == other.Path && Phase == other.Phase
        && UpgradeChecksum == other.UpgradeChecksum && DowngradeChecksum == other.DowngradeChecksum
        && Down.SequenceEqual(other.Down) && DependsOn.SequenceEqual(other.DependsOn) && BranchLabels.SequenceEqual(other.BranchLabels);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Id, Text, Path);
}

namespace Alembic.Revisions;

/// <summary>A revision id contains characters that have a meaning in identifiers.</summary>
/// <param name="id">The refused id.</param>
/// <param name="characters">The characters that are not allowed in it, sorted.</param>
public sealed class IllegalRevisionIdException(string id, IReadOnlyList<char> characters)
    : RevisionException($"Character(s) '{string.Join(", ", characters)}' not allowed in revision identifier '{id}'")
{
    /// <summary>The refused id.</summary>
    public string Id { get; } = id;

    /// <summary>The characters that are not allowed in it.</summary>
    public IReadOnlyList<char> Characters { get; } = characters;
}

/// <summary>Revisions follow or depend on each other in a cycle, or a revision follows or depends on itself.</summary>
/// <param name="kind">"Cycle", "Dependency cycle", "Self-loop" or "Dependency self-loop".</param>
/// <param name="revisions">The ids concerned.</param>
public sealed class CycleException(string kind, IReadOnlyList<string> revisions)
    : RevisionException($"{kind} is detected in revisions ({string.Join(", ", revisions)})")
{
    /// <summary>"Cycle", "Dependency cycle", "Self-loop" or "Dependency self-loop".</summary>
    public string Kind { get; } = kind;

    /// <summary>The ids concerned.</summary>
    public IReadOnlyList<string> Revisions { get; } = revisions;
}

/// <summary>A branch label is already taken, by another revision's label or as a revision id.</summary>
/// <param name="label">The label.</param>
/// <param name="revision">The id of the revision that wants it.</param>
/// <param name="usedBy">The id of the revision that has it.</param>
public sealed class DuplicateBranchLabelException(string label, string revision, string usedBy)
    : RevisionException($"Branch name '{label}' in revision {revision} already used by revision {usedBy}")
{
    /// <summary>The label.</summary>
    public string Label { get; } = label;

    /// <summary>The id of the revision that wants it.</summary>
    public string Revision { get; } = revision;

    /// <summary>The id of the revision that has it.</summary>
    public string UsedBy { get; } = usedBy;
}

/// <summary>A revision follows or depends on one that does not exist.</summary>
/// <param name="missing">The missing id, or the missing label of a dependency.</param>
/// <param name="referencedFrom">The id of the revision that names it.</param>
public sealed class MissingRevisionException(string missing, string referencedFrom)
    : RevisionException($"Revision {missing} referenced from {referencedFrom} is not present")
{
    /// <summary>The missing id or label.</summary>
    public string Missing { get; } = missing;

    /// <summary>The id of the revision that names it.</summary>
    public string ReferencedFrom { get; } = referencedFrom;
}

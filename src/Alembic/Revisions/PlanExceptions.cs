namespace Alembic.Revisions;

/// <summary>A relative step leaves the graph.</summary>
/// <param name="steps">The step as typed, such as "+3".</param>
/// <param name="message">The message on the command line.</param>
public sealed class RelativeRevisionException(string steps, string message) : RevisionException(message)
{
    internal RelativeRevisionException(string steps)
        : this(steps, $"Relative revision {steps} didn't produce {steps.TrimStart('+', '-')} migrations")
    {
    }

    /// <summary>The step as typed.</summary>
    public string Steps { get; } = steps;
}

/// <summary>A step upwards does not say which of several version rows it starts from.</summary>
/// <param name="rows">The ids of the rows.</param>
public sealed class AmbiguousUpgradeException(IReadOnlyList<string> rows)
    : RevisionException("Ambiguous upgrade from multiple current revisions")
{
    /// <summary>The ids of the rows.</summary>
    public IReadOnlyList<string> Rows { get; } = rows;
}

/// <summary>
/// One of several revisions is an ancestor of another. Such revisions cannot be requested together, nor be version rows together.
/// </summary>
/// <param name="revision">The id of the descendant.</param>
/// <param name="overlaps">The ids of its ancestors.</param>
public sealed class OverlappingRevisionsException(string revision, IReadOnlyList<string> overlaps)
    : RevisionException($"Requested revision {revision} overlaps with other requested revisions {string.Join(", ", overlaps)}")
{
    /// <summary>The id of the descendant.</summary>
    public string Revision { get; } = revision;

    /// <summary>The ids of its ancestors.</summary>
    public IReadOnlyList<string> Overlaps { get; } = overlaps;
}

/// <summary>The ends of a range are not on one line of descent.</summary>
/// <param name="lower">The older end as typed.</param>
/// <param name="upper">The newer end as typed.</param>
public sealed class UnrelatedRevisionsException(string lower, string upper)
    : RevisionException($"Requested range {lower}:{upper} does not refer to ancestor/descendant revisions along the same branch")
{
    /// <summary>The older end as typed.</summary>
    public string Lower { get; } = lower;

    /// <summary>The newer end as typed.</summary>
    public string Upper { get; } = upper;

    /// <inheritdoc/>
    public override string Reason => $"Revision {Lower} is not an ancestor of revision {Upper}";
}

/// <summary>The database cannot be downgraded to this destination from its current revisions.</summary>
/// <param name="destination">The destination as typed.</param>
public sealed class InvalidDowngradeException(string destination)
    : RevisionException($"Destination {destination} is not a valid downgrade target from current head(s)")
{
    /// <summary>The destination as typed.</summary>
    public string Destination { get; } = destination;
}

/// <summary>The version rows do not allow the change that a step asks for.</summary>
/// <param name="row">The row that is missing or already exists.</param>
/// <param name="message">What is wrong with it.</param>
public sealed class VersionRowException(string row, string message) : RevisionException(message)
{
    /// <summary>The row that is missing or already exists.</summary>
    public string Row { get; } = row;
}

/// <summary>A new revision would follow a revision that already has followers, and no branch was requested.</summary>
/// <param name="revision">The id of the revision to follow.</param>
public sealed class NotAHeadException(string revision)
    : RevisionException($"Revision {revision} is not a head revision; please specify --splice to create a new branch from this revision")
{
    /// <summary>The id of the revision to follow.</summary>
    public string Revision { get; } = revision;
}

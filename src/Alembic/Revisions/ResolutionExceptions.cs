namespace Alembic.Revisions;

/// <summary>An identifier names no revision, several, or one that is not on the branch asked for.</summary>
/// <param name="argument">The part of the identifier that could not be resolved.</param>
/// <param name="reason">The reason, in the graph's own words.</param>
public sealed class RevisionNotFoundException(string argument, string reason)
    : RevisionException($"Can't locate revision identified by '{argument}'")
{
    /// <summary>The part of the identifier that could not be resolved.</summary>
    public string Argument { get; } = argument;

    /// <inheritdoc/>
    public override string Reason { get; } = reason;
}

/// <summary>The revision graph has several heads, but the caller asked for exactly one.</summary>
public sealed class MultipleHeadsException : RevisionException
{
    /// <summary>Says which argument is ambiguous.</summary>
    /// <param name="argument">The identifier as typed.</param>
    /// <param name="heads">The ids it could mean.</param>
    public MultipleHeadsException(string argument, IReadOnlyList<string> heads)
        : this(
            argument,
            heads,
            $"Multiple head revisions are present for given argument '{argument}'; please specify a specific target revision, "
            + $"'<branchname>@{argument}' to narrow to a specific head, or 'heads' for all heads")
    {
    }

    internal MultipleHeadsException(string argument, IReadOnlyList<string> heads, string message)
        : base(message)
    {
        Argument = argument;
        Heads = heads;
        Hint = $"name one of {string.Join(", ", heads)}";
    }

    /// <summary>The identifier as typed.</summary>
    public string Argument { get; }

    /// <summary>The ids it could mean.</summary>
    public IReadOnlyList<string> Heads { get; }

    /// <inheritdoc/>
    public override string Reason => $"Multiple heads are present for given argument '{Argument}'; {string.Join(", ", Heads)}";
}

/// <summary>A relative step has more than one way to go.</summary>
/// <param name="at">The id where the paths part, or null for the base or the heads.</param>
/// <param name="choices">The ids it could go to.</param>
public sealed class AmbiguousWalkException(string? at, IReadOnlyList<string> choices) : RevisionException("Ambiguous walk")
{
    /// <summary>The id where the paths part; null before the first revision.</summary>
    public string? At { get; } = at;

    /// <summary>The ids it could go to.</summary>
    public IReadOnlyList<string> Choices { get; } = choices;
}

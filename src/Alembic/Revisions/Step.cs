namespace Alembic.Revisions;

/// <summary>The action of a step on its revision.</summary>
public enum StepKind
{
    /// <summary>Runs the revision's upgrade.</summary>
    Upgrade,

    /// <summary>Runs the revision's downgrade.</summary>
    Downgrade,

    /// <summary>Changes version rows only.</summary>
    Stamp,
}

/// <summary>
/// One step of a plan: a revision to run, or version rows to change. <see cref="HeadChange"/> says what it does to the rows.
/// </summary>
public sealed class Step
{
    private readonly string name;

    private Step(StepKind kind, bool isUpgrade, RevisionNode? node, IReadOnlyList<string> from, IReadOnlyList<string> to)
    {
        Kind = kind;
        IsUpgrade = isUpgrade;
        Node = node;
        From = from;
        To = to;
        name = kind switch { StepKind.Upgrade => "upgrade", StepKind.Downgrade => "downgrade", _ => "stamp_revision" };
    }

    /// <summary>Tells whether a revision is run, and in which direction.</summary>
    public StepKind Kind { get; }

    /// <summary>The revision to run; null for a stamp.</summary>
    public Revision? Revision => Node?.Revision;

    /// <summary>The ids before the step: for an upgrade what the revision follows, without dependencies.</summary>
    public IReadOnlyList<string> From { get; }

    /// <summary>The ids after the step: for a downgrade what the revision follows, without dependencies.</summary>
    public IReadOnlyList<string> To { get; }

    /// <summary>The ids on the newer side of the step.</summary>
    public IReadOnlyList<string> UpIds => IsUpgrade ? To : From;

    /// <summary>The ids on the older side of the step, including the dependencies that only the revision itself declares.</summary>
    public IReadOnlyList<string> DownIds => Node is not null ? Ids(Node.NormalizedDown) : IsUpgrade ? From : To;

    /// <summary>Tells whether the step leads to newer revisions; this holds for a stamp too.</summary>
    public bool IsUpgrade { get; }

    /// <summary>Tells whether only version rows change.</summary>
    public bool IsStamp => Kind == StepKind.Stamp;

    /// <summary>The step without the message, such as "upgrade a -> b", as an offline script shows it.</summary>
    public string Text => $"{name} {string.Join(", ", From)} -> {string.Join(", ", To)}";

    /// <summary>The log line, such as "Running upgrade a -> b, add account".</summary>
    public string LogText => Revision is { Message: { Length: > 0 } message } ? $"Running {Text}, {message}" : $"Running {Text}";

    /// <inheritdoc/>
    public override string ToString() => Text;

    internal RevisionNode? Node { get; }

    /// <summary>Tells whether a stamp starts or ends a branch rather than moving along one.</summary>
    internal bool IsBranchMove { get; private init; }

    internal static Step Upgrade(RevisionNode node) => new(StepKind.Upgrade, true, node, Ids(node.Down), [node.Id]);

    internal static Step Downgrade(RevisionNode node) => new(StepKind.Downgrade, false, node, [node.Id], Ids(node.Down));

    internal static Step Stamp(IReadOnlyList<string> from, IReadOnlyList<string> to, bool isUpgrade, bool isBranchMove) =>
        new(StepKind.Stamp, isUpgrade, null, from, to) { IsBranchMove = isBranchMove };

    private static string[] Ids(IEnumerable<RevisionNode> nodes) => [.. nodes.Select(n => n.Id)];
}

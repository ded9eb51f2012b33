using Alembic.Operations;

namespace Alembic;

/// <summary>
/// A revision file to be written, which <see cref="EnvironmentOptions.ProcessRevisionDirectives"/> can change, leave out or split.
/// </summary>
/// <param name="Message">Its message, or null.</param>
/// <param name="Upgrade">The operations of its upgrade.</param>
public sealed record RevisionDirective(string? Message, IReadOnlyList<Operation> Upgrade)
{
    /// <summary>The operations of its downgrade; null for the upgrade's, each reversed, the last one first.</summary>
    public IReadOnlyList<Operation>? Downgrade { get; init; }

    /// <summary>Its identifier; null for the command line's or a random one.</summary>
    public string? RevisionId { get; init; }

    /// <summary>The revision that it follows; null for the command line's, or for the directive before it if there is one.</summary>
    public string? Head { get; init; }

    /// <summary>
    /// Tells whether it may follow a revision that is not a head, and so start a branch there; null for the command line's choice.
    /// </summary>
    public bool? Splice { get; init; }

    /// <summary>Revisions of other branches that must run before it; null for the command line's.</summary>
    public IReadOnlyList<string>? DependsOn { get; init; }

    /// <summary>Its phase in a change without downtime; null for none.</summary>
    public Phase? Phase { get; init; }

    /// <summary>A name for the branch, or null.</summary>
    public string? BranchLabel { get; init; }

    /// <summary>The version location of its file, or null.</summary>
    public string? VersionPath { get; init; }

    /// <summary>Namespaces that its operations need besides those given to <see cref="CodeWriter.Using"/>.</summary>
    public IReadOnlyList<string> Usings { get; init; } = [];

    /// <summary>
    /// Replaces each operation of a kind, including those in batches. A given downgrade is rewritten too; without one, it follows from
    /// the new upgrade.
    /// </summary>
    /// <typeparam name="TOperation">The kind, for example <see cref="CreateTable"/>; <see cref="Operation"/> for all.</typeparam>
    /// <param name="rewrite">Returns what replaces the operation: none, one or several.</param>
    public RevisionDirective Rewrite<TOperation>(Func<TOperation, IEnumerable<Operation>> rewrite)
        where TOperation : Operation =>
        this with { Upgrade = Rewritten(Upgrade, rewrite), Downgrade = Downgrade is null ? null : Rewritten(Downgrade, rewrite) };

    /// <inheritdoc cref="Rewrite{TOperation}(Func{TOperation, IEnumerable{Operation}})"/>
    /// <param name="rewrite">Returns what replaces the operation; null for nothing.</param>
    public RevisionDirective Rewrite<TOperation>(Func<TOperation, Operation?> rewrite)
        where TOperation : Operation => Rewrite<TOperation>(operation => rewrite(operation) is { } one ? [one] : []);

    private static IReadOnlyList<Operation> Rewritten<TOperation>(IEnumerable<Operation> operations,
        Func<TOperation, IEnumerable<Operation>> rewrite) =>
        [.. operations.Select(o => Within(o, rewrite)).OfType<Operation>().SelectMany(o => o is TOperation one ? rewrite(one) : [o])];

    // An empty batch is dropped. An unchanged batch stays the same object: its remark is found by reference.
    private static Operation? Within<TOperation>(Operation operation, Func<TOperation, IEnumerable<Operation>> rewrite)
    {
        if (operation is not BatchAlterTable batch)
            return operation;
        var inner = Rewritten(batch.Operations, rewrite);
        return inner.Count == 0 ? null : inner.SequenceEqual(batch.Operations, ReferenceEqualityComparer.Instance) ? batch
            : batch with { Operations = inner };
    }
}

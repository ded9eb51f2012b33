using Alembic.Operations;

namespace Alembic;

/// <summary>
/// A revision file that is about to be written, for <see cref="EnvironmentOptions.ProcessRevisionDirectives"/> to change, leave out or
/// divide.
/// </summary>
/// <param name="Message">Its message, or null.</param>
/// <param name="Upgrade">The operations of its upgrade.</param>
public sealed record RevisionDirective(string? Message, IReadOnlyList<Operation> Upgrade)
{
    /// <summary>The operations of its downgrade; null for the upgrade's, each reversed, the last one first.</summary>
    public IReadOnlyList<Operation>? Downgrade { get; init; }

    /// <summary>Its identifier; null for the command line's or a random one.</summary>
    public string? RevisionId { get; init; }

    /// <summary>The revision that it follows; null for the command line's, and for the directive before it where there is one.</summary>
    public string? Head { get; init; }

    /// <summary>
    /// Tells whether it may follow a revision that is no head, and so begin a branch there; null for what the command line says.
    /// </summary>
    public bool? Splice { get; init; }

    /// <summary>Revisions of other branches that must be there before it; null for the command line's.</summary>
    public IReadOnlyList<string>? DependsOn { get; init; }

    /// <summary>A name for the branch, or null.</summary>
    public string? BranchLabel { get; init; }

    /// <summary>The version location that it is written to, or null.</summary>
    public string? VersionPath { get; init; }

    /// <summary>Namespaces that its operations need besides those that <see cref="CodeWriter.Using"/> was told of.</summary>
    public IReadOnlyList<string> Usings { get; init; } = [];

    /// <summary>
    /// Replaces each operation of a kind, those within batches too. A downgrade that is not given follows from the new upgrade; one that is
    /// given is rewritten as well.
    /// </summary>
    /// <typeparam name="TOperation">The kind, for example <see cref="CreateTable"/>; <see cref="Operation"/> for all.</typeparam>
    /// <param name="rewrite">Gives what takes the operation's place: nothing, one or several.</param>
    public RevisionDirective Rewrite<TOperation>(Func<TOperation, IEnumerable<Operation>> rewrite)
        where TOperation : Operation =>
        this with { Upgrade = Rewritten(Upgrade, rewrite), Downgrade = Downgrade is null ? null : Rewritten(Downgrade, rewrite) };

    /// <inheritdoc cref="Rewrite{TOperation}(Func{TOperation, IEnumerable{Operation}})"/>
    /// <param name="rewrite">Gives what takes the operation's place; null for nothing.</param>
    public RevisionDirective Rewrite<TOperation>(Func<TOperation, Operation?> rewrite)
        where TOperation : Operation => Rewrite<TOperation>(operation => rewrite(operation) is { } one ? [one] : []);

    private static IReadOnlyList<Operation> Rewritten<TOperation>(IEnumerable<Operation> operations,
        Func<TOperation, IEnumerable<Operation>> rewrite) =>
        [.. operations.Select(o => Within(o, rewrite)).OfType<Operation>().SelectMany(o => o is TOperation one ? rewrite(one) : [o])];

    // A batch of which nothing is left is none. One in which nothing changes stays the same object: its remark is known by it.
    private static Operation? Within<TOperation>(Operation operation, Func<TOperation, IEnumerable<Operation>> rewrite)
    {
        if (operation is not BatchAlterTable batch)
            return operation;
        var inner = Rewritten(batch.Operations, rewrite);
        return inner.Count == 0 ? null : inner.SequenceEqual(batch.Operations, ReferenceEqualityComparer.Instance) ? batch
            : batch with { Operations = inner };
    }
}

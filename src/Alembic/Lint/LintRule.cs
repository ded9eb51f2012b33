using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Lint;

/// <summary>How much a finding matters.</summary>
internal enum LintSeverity
{
    /// <summary>The rule is not checked.</summary>
    Off,

    /// <summary>The finding is reported.</summary>
    Warning,

    /// <summary>The finding is reported, and the command fails.</summary>
    Error,
}

/// <summary>Something that a migration should not do, or should do differently.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Severity">How much it matters, unless the project says otherwise.</param>
/// <param name="Title">What the rule finds, in a few words.</param>
/// <param name="Check">Finds it.</param>
internal sealed record LintRule(
    string Code, LintSeverity Severity, string Title, Func<LintedMigration, IEnumerable<LintProblem>> Check)
{
    /// <summary>Creates a rule that checks each operation of one kind in an upgrade.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="severity">How much it matters.</param>
    /// <param name="title">What the rule finds.</param>
    /// <param name="check">Tells what is wrong with the operation; null for nothing.</param>
    public static LintRule Of<TOperation>(
        string code, LintSeverity severity, string title, Func<TOperation, OperationContext, LintProblem?> check)
        where TOperation : Operation => new(code, severity, title, migration => migration.Upgrade.Operations
            .Where(o => o.Operation is TOperation)
            .Select(o => check((TOperation)o.Operation, new OperationContext(migration, o)) is { } problem
                ? problem with { At = problem.At ?? o }
                : null)
            .OfType<LintProblem>());
}

/// <summary>What a rule has found.</summary>
/// <param name="Text">What goes wrong, and when: a sentence.</param>
/// <param name="Safe">What to write instead; empty if there is nothing to suggest.</param>
internal sealed record LintProblem(string Text, params IReadOnlyList<SafeStep> Safe)
{
    /// <summary>The operation; null for the migration as a whole.</summary>
    public LintedOperation? At { get; init; }
}

/// <summary>A step of the safe way: an operation, or something else to do.</summary>
/// <param name="Operation">The operation; null for none.</param>
/// <param name="Note">A comment above it for its reader, or null.</param>
/// <param name="IsOutside">Whether it must be in an autocommit block.</param>
internal sealed record SafeStep(Operation? Operation, string? Note = null, bool IsOutside = false)
{
    /// <summary>A new column next to one whose type is to change.</summary>
    public static SafeStep[] InNewColumn(AlterColumn alter, SqlType type) =>
    [
        new(new AddColumn(alter.Table, new Column(alter.Column + "_new", type), alter.Schema)),
        new(null, "the application writes both; op.Backfill fills the rest; a later release drops the old column"),
    ];

    /// <summary>A column without a computed value or a numbering by the database.</summary>
    /// <param name="add">The column that has one.</param>
    /// <param name="who">What gives new rows their values instead.</param>
    public static SafeStep PlainColumn(AddColumn add, string who = "the application") => new(
        add with { Column = add.Column with { Computed = null, Identity = null, Autoincrement = null, Nullable = true } },
        $"a plain column, which {who} fills for new rows, and op.Backfill for the others");

    /// <summary>Writes the step as C# of a migration.</summary>
    public IEnumerable<string> Lines()
    {
        if (Note is not null)
            yield return $"// {Note}";
        if (Operation is null)
            yield break;
        var text = new CodeWriter().Write(Operation);
        var call = string.Join(' ', text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Replace("( ", "(", StringComparison.Ordinal).Replace("[ ", "[", StringComparison.Ordinal);
        yield return IsOutside ? $"op.AutocommitBlock(() => {call});" : $"{call};";
    }
}

using Alembic.Operations;
using Alembic.Revisions;

namespace Alembic.Migrations;

/// <summary>The effect that a plan would have on a database, found without running it.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Steps">Its steps, each with its operations.</param>
public sealed record MigrationPreview(MigrationPlan Plan, IReadOnlyList<PreviewedStep> Steps);

/// <summary>The effect that one step of a plan would have.</summary>
/// <param name="Step">The step.</param>
/// <param name="Operations">Its operations, in their order.</param>
public sealed record PreviewedStep(Step Step, IReadOnlyList<PreviewedOperation> Operations)
{
    /// <summary>
    /// The reason why the rest of the migration cannot be foreseen, in one line: its C# queries the database, or fails. Null if all
    /// operations are known.
    /// </summary>
    public string? Unforeseen { get; init; }
}

/// <summary>The effect that one operation would have.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Sql">Its statements, without their terminators.</param>
public sealed record PreviewedOperation(Operation Operation, IReadOnlyList<string> Sql)
{
    /// <summary>Tells whether it runs in the migration's transaction; if not, each of its statements takes effect at once.</summary>
    public bool IsInTransaction { get; init; }

    /// <summary>The table that is rebuilt, with its rows copied; null for none.</summary>
    public string? RebuiltTable { get; init; }

    /// <summary>The number of rows that this table has now; null if it does not exist yet.</summary>
    public long? RebuiltRows { get; init; }

    /// <summary>The tables, columns or rows that are lost, with their data; empty for none.</summary>
    public IReadOnlyList<string> Lost { get; init; } = [];

    /// <summary>The call of the operation in a migration, on one line.</summary>
    public string Text => OneLine(Operation);

    private static string OneLine(Operation operation)
    {
        try
        {
            return string.Join(' ',
                new CodeWriter().Write(operation).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                .Replace("( ", "(", StringComparison.Ordinal).Replace("[ ", "[", StringComparison.Ordinal);
        }
        catch (NotSupportedException)
        {
            // A project's own operation may have no C# form.
            return operation.GetType().Name;
        }
    }
}

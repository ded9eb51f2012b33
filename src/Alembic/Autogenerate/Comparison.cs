using Microsoft.Extensions.Logging;

namespace Alembic.Autogenerate;

/// <summary>The result of a comparison: the changes from the database to the model, and back.</summary>
/// <param name="Upgrade">The changes that turn the database into what the model says, in an order in which they can run.</param>
/// <param name="Log">The differences found, in the order of the comparisons.</param>
public sealed record Comparison(IReadOnlyList<PlannedOperation> Upgrade, IReadOnlyList<LogEvent> Log)
{
    /// <summary>The renames that were requested and are not possible.</summary>
    public IReadOnlyList<MistakenRename> MistakenRenames { get; init; } = [];

    /// <summary>The values for existing rows that were given and are not usable.</summary>
    public IReadOnlyList<MistakenFill> MistakenFills { get; init; } = [];

    /// <summary>A note about the whole, as the text of a comment at the top, perhaps of several lines; or null.</summary>
    public string? Heading { get; init; }

    /// <summary>The statement that each migration of these changes must begin with, up and down; or null.</summary>
    internal string? Preparation { get; init; }

    /// <summary>Tells whether model and database are the same.</summary>
    public bool IsEmpty => Upgrade.Count == 0;

    /// <summary>The operations of the upgrade.</summary>
    public IReadOnlyList<Operation> UpgradeOperations => [.. Upgrade.Select(p => p.Operation)];

    /// <summary>The operations that undo the upgrade: each one reversed, the last one first.</summary>
    public IReadOnlyList<Operation> DowngradeOperations => [.. Upgrade.Reverse().SelectMany(p => p.Operation.Reversal)];

    /// <summary>The differences as the log reports them, a line each: <c>Detected added column 'account.note'</c>.</summary>
    public IReadOnlyList<string> Lines => [.. Log.Select(line => line.Message).Where(IsDifference)];

    /// <summary>
    /// The differences in Alembic's notation, as <c>check</c> lists them: <c>('add_column', None, 'account', Column('note', TEXT))</c>.
    /// </summary>
    public IReadOnlyList<string> Descriptions => [.. UpgradeOperations.Where(o => o.Back is not []).SelectMany(Description.Of)];

    // For server defaults, Alembic names the dialect that detected them.
    private static bool IsDifference(string message) =>
        message.StartsWith("Detected ", StringComparison.Ordinal) || message.Contains(" detected ", StringComparison.Ordinal);
}

/// <summary>An operation of a comparison.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Remark">A remark for the reader, as the text of a comment above it, perhaps of several lines; or null.</param>
public sealed record PlannedOperation(Operation Operation, string? Remark = null);

/// <summary>A line for the log.</summary>
/// <param name="Category">The logger, for example <c>alembic.autogenerate.compare.tables</c>.</param>
/// <param name="Level">Its level.</param>
/// <param name="Message">The text.</param>
public sealed record LogEvent(string Category, LogLevel Level, string Message);

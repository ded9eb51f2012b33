using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>The options of a comparison: what it looks at, and how its operations are put.</summary>
public sealed record ComparisonOptions
{
    /// <summary>Tells whether types are compared.</summary>
    public bool CompareType { get; init; } = true;

    /// <summary>Tells whether server defaults are compared.</summary>
    public bool CompareServerDefault { get; init; } = true;

    /// <summary>Tells whether comments are compared, where the database keeps any.</summary>
    public bool CompareComments { get; init; } = true;

    /// <summary>Says of a column whether its type has changed; null for the usual comparison.</summary>
    public Func<ColumnComparison, bool?> IsTypeChanged { get; init; } = _ => null;

    /// <summary>Says of a column whether its server default has changed; null for the usual comparison.</summary>
    public Func<ColumnComparison, bool?> IsServerDefaultChanged { get; init; } = _ => null;

    /// <summary>The kinds of difference that are not compared of things that model and database both have.</summary>
    public IReadOnlyCollection<ComparisonKind> SkipComparisons { get => field ?? []; init; }

    /// <summary>Takes or leaves what model and database have; what it leaves does not exist for the comparison.</summary>
    public Func<SchemaObject, bool> IncludeObject { get; init; } = _ => true;

    /// <summary>Takes or leaves what the database has, by its name alone.</summary>
    public Func<SchemaObject, bool> IncludeName { get; init; } = _ => true;

    /// <summary>The known changes of names; a thing that nobody says was renamed is dropped and added.</summary>
    public IReadOnlyList<Rename> Renames { get; init; } = [];

    /// <summary>
    /// Asks somebody which of the candidates has the new name now; gives one of them, or null for none. Null where there is nobody to ask.
    /// </summary>
    public Func<RenameQuestion, string?>? AskRename { get; init; }

    /// <summary>The values that existing rows get in columns that are added, or become NOT NULL; they go before what the model
    /// says.</summary>
    public IReadOnlyList<Fill> Fills { get; init; } = [];

    /// <summary>
    /// Asks somebody what existing rows get in a column that is NOT NULL; gives a text for <see cref="Fill.ValueOf"/>, null for no answer.
    /// What is no value of the column's type is asked again. Null where there is nobody to ask.
    /// </summary>
    public Func<FillQuestion, string?>? AskFill { get; init; }

    /// <summary>
    /// The rows that the migrations have put in with <c>op.InsertData</c>: those that the model no longer has are deleted. Default: none.
    /// </summary>
    public IReadOnlyList<TableRows> InsertedRows { get; init; } = [];

    /// <summary>Tells whether the alterations of a table are put into one batch.</summary>
    public bool RenderAsBatch { get; init; }

    /// <summary>The table that holds the current revisions: it is never compared.</summary>
    public string VersionTable { get; init; } = "alembic_version";

    /// <summary>The table that holds an unfinished migration: it is never compared either.</summary>
    public string JournalTable { get; init; } = "alembic_journal";

    /// <summary>The table that the lock of a cluster is kept in: it is never compared either.</summary>
    public string LockTable { get; init; } = "alembic_lock";

    /// <summary>The table of what was run, if any is kept: it is never compared either.</summary>
    public string? HistoryTable { get; init; }

    /// <summary>The schema of them, or null for the connection's own.</summary>
    public string? VersionTableSchema { get; init; }

    internal bool Skips(ComparisonKind? kind) => SkipComparisons.Count > 0 && kind is { } some && SkipComparisons.Contains(some);

    /// <summary>The options as a database has its tables, which leave out its own schema.</summary>
    internal ComparisonOptions Without(Func<string?, bool> isOwnSchema) => this with
    {
        VersionTableSchema = isOwnSchema(VersionTableSchema) ? null : VersionTableSchema,
        Renames = [.. Renames.Select(r => isOwnSchema(r.Schema) ? r with { Schema = null } : r)],
        Fills = [.. Fills.Select(f => isOwnSchema(f.Schema) ? f with { Schema = null } : f)],
    };
}

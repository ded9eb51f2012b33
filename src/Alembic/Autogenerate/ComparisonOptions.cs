using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>The options of a comparison: what it compares, and how it writes its operations.</summary>
public sealed record ComparisonOptions
{
    /// <summary>Tells whether types are compared.</summary>
    public bool CompareType { get; init; } = true;

    /// <summary>Tells whether server defaults are compared.</summary>
    public bool CompareServerDefault { get; init; } = true;

    /// <summary>Tells whether comments are compared, if the database has comments.</summary>
    public bool CompareComments { get; init; } = true;

    /// <summary>Tells whether the type of a column has changed; null for the usual comparison.</summary>
    public Func<ColumnComparison, bool?> IsTypeChanged { get; init; } = _ => null;

    /// <summary>Tells whether the server default of a column has changed; null for the usual comparison.</summary>
    public Func<ColumnComparison, bool?> IsServerDefaultChanged { get; init; } = _ => null;

    /// <summary>The kinds of difference that are not compared if model and database both have the object.</summary>
    public IReadOnlyCollection<ComparisonKind> SkipComparisons { get => field ?? []; init; }

    /// <summary>
    /// Includes or excludes an object of the model or the database; an excluded one does not exist for the comparison.
    /// </summary>
    public Func<SchemaObject, bool> IncludeObject { get; init; } = _ => true;

    /// <summary>Includes or excludes an object of the database, by its name alone.</summary>
    public Func<SchemaObject, bool> IncludeName { get; init; } = _ => true;

    /// <summary>The known renames; anything else that has a new name is dropped and added.</summary>
    public IReadOnlyList<Rename> Renames { get; init; } = [];

    /// <summary>
    /// Asks the user which of the candidates has the new name now; returns one of them, or null for none. Null if there is no one to
    /// ask.
    /// </summary>
    public Func<RenameQuestion, string?>? AskRename { get; init; }

    /// <summary>
    /// The values that existing rows get in columns that are added or become NOT NULL. They take precedence over the model's.
    /// </summary>
    public IReadOnlyList<Fill> Fills { get; init; } = [];

    /// <summary>
    /// Asks the user what existing rows get in a column that is NOT NULL; returns a text for <see cref="Fill.ValueOf"/>, or null for
    /// no answer. Asks again if the text is not a value of the column's type. Null if there is no one to ask.
    /// </summary>
    public Func<FillQuestion, string?>? AskFill { get; init; }

    /// <summary>
    /// The rows that migrations have inserted with <c>op.InsertData</c>; rows that the model no longer has are deleted. Default: none.
    /// </summary>
    public IReadOnlyList<TableRows> InsertedRows { get; init; } = [];

    /// <summary>
    /// Tells whether renamed columns are copied and dropped later, because old and new code of an application run meanwhile.
    /// </summary>
    public bool ZeroDowntime { get; init; }

    /// <summary>Tells whether the alterations of a table become one batch.</summary>
    public bool RenderAsBatch { get; init; }

    /// <summary>The table of the current revisions, which is never compared.</summary>
    public string VersionTable { get; init; } = "alembic_version";

    /// <summary>The table of an unfinished migration, which is never compared either.</summary>
    public string JournalTable { get; init; } = "alembic_journal";

    /// <summary>The table of a cluster's lock, which is never compared either.</summary>
    public string LockTable { get; init; } = "alembic_lock";

    /// <summary>The table of the history, if one is kept; it is never compared either.</summary>
    public string? HistoryTable { get; init; }

    /// <summary>The schema of these tables, or null for the connection's own.</summary>
    public string? VersionTableSchema { get; init; }

    internal bool Skips(ComparisonKind? kind) => SkipComparisons.Count > 0 && kind is { } some && SkipComparisons.Contains(some);

    /// <summary>The options with names as the database has them: without its own schema.</summary>
    internal ComparisonOptions Without(Func<string?, bool> isOwnSchema) => this with
    {
        VersionTableSchema = isOwnSchema(VersionTableSchema) ? null : VersionTableSchema,
        Renames = [.. Renames.Select(r => isOwnSchema(r.Schema) ? r with { Schema = null } : r)],
        Fills = [.. Fills.Select(f => isOwnSchema(f.Schema) ? f with { Schema = null } : f)],
    };
}

using System.Data.Common;
using Alembic.Operations;
using Alembic.Revisions;

namespace Alembic;

/// <summary>
/// The options of runs and comparisons; <see cref="MigrationEnvironment.Configure"/> changes the defaults.
/// </summary>
public sealed class EnvironmentOptions
{
    private bool? _transactionPerMigration;

    /// <summary>
    /// The database's name in a run over several, or null; see <see cref="MigrationRunner.Run(string, string, string)"/>.
    /// </summary>
    public string? EngineName { get; init; }

    /// <summary>Tells whether autogenerate compares types. Default: true.</summary>
    public bool CompareType { get; set; } = true;

    /// <summary>Tells whether autogenerate compares server defaults. Default: true.</summary>
    public bool CompareServerDefault { get; set; } = true;

    /// <summary>
    /// Decides whether the type of a column that exists on both sides has changed; null for the usual comparison. Not called if
    /// <see cref="CompareType"/> is false; may be called more than once.
    /// </summary>
    public Func<ColumnComparison, bool?> IsTypeChanged { get; set; } = _ => null;

    /// <summary>
    /// Decides whether the server default of a column that exists on both sides has changed; null for the usual comparison. Not called
    /// if <see cref="CompareServerDefault"/> is false; may be called more than once.
    /// </summary>
    public Func<ColumnComparison, bool?> IsServerDefaultChanged { get; set; } = _ => null;

    /// <summary>
    /// The kinds of difference that autogenerate skips in objects that exist in both model and database:
    /// <c>[ComparisonKind.CheckConstraint]</c>. Default: none.
    /// </summary>
    public IReadOnlyCollection<ComparisonKind> SkipComparisons { get => field ?? []; set; }

    /// <summary>
    /// The project's own comparisons: each compares model and database and adds operations for the differences, for example of views that
    /// only the project knows.
    /// </summary>
    public IReadOnlyList<Action<SchemaComparison>> Comparers { get; set; } = [];

    /// <summary>Tells whether autogenerate compares comments, if the database has them. Default: true.</summary>
    public bool CompareComments { get; set; } = true;

    /// <summary>Tells whether autogenerate writes changes of a table as a batch. Default: false; SQLite does not need it.</summary>
    public bool RenderAsBatch { get; set; }

    /// <summary>Tells whether autogenerate reads all schemas, not just the connection's own. Default: false.</summary>
    public bool IncludeSchemas { get; set; }

    /// <summary>Selects the names of the database that autogenerate reads. Default: all.</summary>
    public Func<SchemaObject, bool> IncludeName { get; set; } = _ => true;

    /// <summary>Selects the objects of model and database that autogenerate compares. Default: all.</summary>
    public Func<SchemaObject, bool> IncludeObject { get; set; } = _ => true;

    /// <summary>
    /// Rewrites the revision before it is written. Gets one directive with what autogenerate found, and returns the directives to write,
    /// one file each; an empty list writes nothing. Called by <c>revision --autogenerate</c>, by <c>check</c>, and with
    /// <c>revision_environment</c> by any <c>revision</c>.
    /// </summary>
    public Func<IReadOnlyList<RevisionDirective>, IReadOnlyList<RevisionDirective>> ProcessRevisionDirectives { get; set; } =
        directives => directives;

    /// <summary>
    /// Writes custom C# for a type, a server default, a column, a constraint or an index in a revision; null for the usual C#.
    /// <see cref="CodeWriter.Using"/> adds the <c>using</c> that it needs, <see cref="CodeWriter.Value"/> gives the usual C#.
    /// </summary>
    public Func<object, CodeWriter, string?> RenderItem { get; set; } = (_, _) => null;

    /// <summary>
    /// Variables for the project's <c>script.cs.scriban</c>: text, numbers, true, false, or lists of text. They are available if the
    /// environment runs: for <c>revision --autogenerate</c>, and with <c>revision_environment</c> for any new revision.
    /// </summary>
    public IDictionary<string, object> TemplateVariables { get; } = new Dictionary<string, object>();

    /// <summary>
    /// Called with each connection after it is opened and before its first statement, for example to set a role or a search path. Also
    /// called with an application's own connection.
    /// </summary>
    public Action<DbConnection> OnConnected { get; set; } = _ => { };

    /// <summary>Called after each step, inside its transaction.</summary>
    public Action<VersionApply> OnVersionApply { get; set; } = _ => { };

    /// <summary>The table that holds the applied revisions. Default: "alembic_version".</summary>
    public string VersionTable { get; set; } = "alembic_version";

    /// <summary>
    /// The schema of Alembic's own tables, resolved when the run begins: a migration may change what a name without a schema means.
    /// </summary>
    internal string? TableSchema { get => field ?? VersionTableSchema; set; }

    /// <summary>The same options, for another database.</summary>
    internal EnvironmentOptions Copy() => (EnvironmentOptions)MemberwiseClone();

    internal string JournalTable => VersionTable == "alembic_version" ? "alembic_journal" : NameBeside.Of(VersionTable, "_journal");

    /// <summary>The name of the version table's primary key.</summary>
    internal string VersionKey => NameBeside.Of(VersionTable, "_pkc");

    internal string HistoryTable => VersionTable == "alembic_version" ? "alembic_history" : NameBeside.Of(VersionTable, "_history");

    internal string LockTable => MigrationLock.TableBeside(VersionTable);

    internal bool IsOwnTable(string name) => name == VersionTable || name == JournalTable || name == HistoryTable || name == LockTable;

    /// <summary>
    /// Tells whether each step is recorded in a table next to the version table, <c>alembic_history</c>. Default: <c>history_table</c> of
    /// the configuration.
    /// </summary>
    public bool KeepsHistory { get; set; }

    /// <summary>The schema of the version table, or null for the connection's own.</summary>
    public string? VersionTableSchema { get; set; }

    /// <summary>Tells whether the version table has a primary key. Default: true.</summary>
    public bool VersionTablePrimaryKey { get; set; } = true;

    /// <summary>
    /// Tells whether each migration has its own transaction (the default), instead of one for the whole run. A script is one transaction
    /// unless this is set.
    /// </summary>
    public bool TransactionPerMigration
    {
        get => _transactionPerMigration ?? true;
        set => _transactionPerMigration = value;
    }

    internal bool ScriptsTransactionPerMigration => _transactionPerMigration ?? false;

    /// <summary>Tells whether DDL can be rolled back; null for the known behaviour of the database.</summary>
    public bool? TransactionalDdl { get; set; }

    /// <summary>Tells whether a script writes parameters as literals. Default: true.</summary>
    public bool LiteralBinds { get; set; } = true;

    /// <summary>
    /// The dialect of a script, whatever the URL says, and of a connection string; null for the one in the configuration.
    /// </summary>
    public string? DialectName { get; set; }

    /// <summary>The revision that a script starts from; overrides the command line. Null: the one from the command line.</summary>
    public string? StartingRevision { get; set; }

    /// <summary>The text between the batches of a script for SQL Server. Default: "GO".</summary>
    public string MssqlBatchSeparator { get; set; } = "GO";
}

/// <summary>A step that was run: the argument of <see cref="EnvironmentOptions.OnVersionApply"/>.</summary>
/// <param name="IsUpgrade">Whether it is an upgrade.</param>
/// <param name="IsStamp">Whether only the version table was changed.</param>
/// <param name="UpRevisionIds">The upper revisions.</param>
/// <param name="DownRevisionIds">The lower revisions.</param>
/// <param name="Heads">What the version table holds now.</param>
public sealed record VersionApply(
    bool IsUpgrade, bool IsStamp, IReadOnlyList<string> UpRevisionIds, IReadOnlyList<string> DownRevisionIds, IReadOnlyList<string> Heads)
{
    /// <summary>The revision that was run; null for a stamp.</summary>
    public Revision? Revision { get; init; }

    /// <summary>The open connection that the step ran on; null for a script.</summary>
    public DbConnection? Connection { get; init; }

    /// <summary>The transaction that the step will be committed with; null for a script.</summary>
    public DbTransaction? Transaction { get; init; }
}

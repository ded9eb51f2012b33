using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Alembic.Operations;
using Alembic.Revisions;

namespace Alembic;

/// <summary>
/// The options of runs and comparisons; <see cref="MigrationEnvironment.Configure"/> sets what is to be different.
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
    /// Says of a column that both sides have whether its type has changed; null for the usual comparison. Not asked where
    /// <see cref="CompareType"/> is false; it may be asked more than once.
    /// </summary>
    public Func<ColumnComparison, bool?> IsTypeChanged { get; set; } = _ => null;

    /// <summary>
    /// Says of a column that both sides have whether its server default has changed; null for the usual comparison. Not asked where
    /// <see cref="CompareServerDefault"/> is false; it may be asked more than once.
    /// </summary>
    public Func<ColumnComparison, bool?> IsServerDefaultChanged { get; set; } = _ => null;

    /// <summary>
    /// The kinds of difference that autogenerate does not compare of things that model and database both have:
    /// <c>[ComparisonKind.CheckConstraint]</c>. Default: nothing.
    /// </summary>
    public IReadOnlyCollection<ComparisonKind> SkipComparisons { get => field ?? []; set; }

    /// <summary>
    /// Comparisons of the project's own: each looks at model and database and adds the operations for what is different, such as views that
    /// only the project knows of.
    /// </summary>
    public IReadOnlyList<Action<SchemaComparison>> Comparers { get; set; } = [];

    /// <summary>Tells whether autogenerate compares comments, where the database keeps them. Default: true.</summary>
    public bool CompareComments { get; set; } = true;

    /// <summary>Tells whether autogenerate writes changes of a table as a batch. Default: false; SQLite does not need it.</summary>
    public bool RenderAsBatch { get; set; }

    /// <summary>Tells whether autogenerate looks at all schemas, not just the connection's own. Default: false.</summary>
    public bool IncludeSchemas { get; set; }

    /// <summary>Selects the names of the database that autogenerate looks at. Default: all.</summary>
    public Func<SchemaObject, bool> IncludeName { get; set; } = _ => true;

    /// <summary>Selects the objects of model and database that autogenerate compares. Default: all.</summary>
    public Func<SchemaObject, bool> IncludeObject { get; set; } = _ => true;

    /// <summary>
    /// Rewrites the revision that is about to be written: it gets one directive with what autogenerate found, and gives those to write,
    /// each a file of its own; none writes none. Called by <c>revision --autogenerate</c>, by <c>check</c>, and with
    /// <c>revision_environment</c> by any <c>revision</c>.
    /// </summary>
    public Func<IReadOnlyList<RevisionDirective>, IReadOnlyList<RevisionDirective>> ProcessRevisionDirectives { get; set; } =
        directives => directives;

    /// <summary>
    /// Writes the C# of a type, a server default, a column, a constraint or an index in a revision in another way than usual; null for the
    /// usual one. <see cref="CodeWriter.Using"/> adds the <c>using</c> that it needs, <see cref="CodeWriter.Value"/> gives the usual C#.
    /// </summary>
    public Func<object, CodeWriter, string?> RenderItem { get; set; } = (_, _) => null;

    /// <summary>
    /// Variables for the project's <c>script.cs.scriban</c>: text, numbers, true, false, or lists of text. They are there where the
    /// environment is run: for <c>revision --autogenerate</c>, and with <c>revision_environment</c> for any new revision.
    /// </summary>
    public IDictionary<string, object> TemplateVariables { get; } = new Dictionary<string, object>();

    /// <summary>
    /// Called with each connection that is opened, before anything else is done on it: to set a role or a search path, for example. An
    /// application's own connection is given to it as well.
    /// </summary>
    public Action<DbConnection> OnConnected { get; set; } = _ => { };

    /// <summary>Called after each step, inside its transaction.</summary>
    public Action<VersionApply> OnVersionApply { get; set; } = _ => { };

    /// <summary>The table that the applied revisions stand in. Default: "alembic_version".</summary>
    public string VersionTable { get; set; } = "alembic_version";

    /// <summary>
    /// The schema that the tables of our own stand in, found when the run begins: a migration may change what a name without a schema
    /// means.
    /// </summary>
    internal string? TableSchema { get => field ?? VersionTableSchema; set; }

    /// <summary>The same options, for another database.</summary>
    internal EnvironmentOptions Copy() => (EnvironmentOptions)MemberwiseClone();

    internal string JournalTable => VersionTable == "alembic_version" ? "alembic_journal" : Beside("_journal");

    /// <summary>The name of the version table's primary key.</summary>
    internal string VersionKey => Beside("_pkc");

    internal string HistoryTable => VersionTable == "alembic_version" ? "alembic_history" : Beside("_history");

    internal string LockTable => MigrationLock.TableBeside(VersionTable);

    internal bool IsOwnTable(string name) => name == VersionTable || name == JournalTable || name == HistoryTable || name == LockTable;

    /// <summary>
    /// Tells whether each step is noted in a table beside that one, <c>alembic_history</c>. Default: <c>history_table</c> of the
    /// configuration.
    /// </summary>
    public bool KeepsHistory { get; set; }

    /// <summary>The schema of that table, or null for the connection's own.</summary>
    public string? VersionTableSchema { get; set; }

    /// <summary>Tells whether that table has a primary key. Default: true.</summary>
    public bool VersionTablePrimaryKey { get; set; } = true;

    /// <summary>
    /// Tells whether each migration has a transaction of its own (the default), not one the whole run. A script is one transaction unless
    /// this is set.
    /// </summary>
    public bool TransactionPerMigration
    {
        get => _transactionPerMigration ?? true;
        set => _transactionPerMigration = value;
    }

    internal bool ScriptsTransactionPerMigration => _transactionPerMigration ?? false;

    /// <summary>Tells whether DDL can be rolled back; null for what the database is known to do.</summary>
    public bool? TransactionalDdl { get; set; }

    /// <summary>Tells whether a script writes parameters as literals. Default: true.</summary>
    public bool LiteralBinds { get; set; } = true;

    /// <summary>
    /// The dialect that a script is written for whatever the URL says, and that of a connection string; or null for what the configuration
    /// says.
    /// </summary>
    public string? DialectName { get; set; }

    /// <summary>The revision that a script starts from; it wins over the command line. Null: what that says.</summary>
    public string? StartingRevision { get; set; }

    /// <summary>The text between the batches of a script for SQL Server. Default: "GO".</summary>
    public string MssqlBatchSeparator { get; set; } = "GO";

    // No database keeps fewer bytes of a name than PostgreSQL; where the whole would be longer, a digest stands for what was given.
    private string Beside(string ending) => Encoding.UTF8.GetByteCount(VersionTable + ending) <= 63
        ? VersionTable + ending
        : $"alembic_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(VersionTable)).AsSpan(0, 8))}{ending}";
}

/// <summary>A step that was made: what <see cref="EnvironmentOptions.OnVersionApply"/> is told.</summary>
/// <param name="IsUpgrade">Whether it went up.</param>
/// <param name="IsStamp">Whether only the version table was changed.</param>
/// <param name="UpRevisionIds">The upper revisions.</param>
/// <param name="DownRevisionIds">The lower revisions.</param>
/// <param name="Heads">What the version table holds now.</param>
public sealed record VersionApply(
    bool IsUpgrade, bool IsStamp, IReadOnlyList<string> UpRevisionIds, IReadOnlyList<string> DownRevisionIds, IReadOnlyList<string> Heads)
{
    /// <summary>The revision that was run; null for a stamp.</summary>
    public Revision? Revision { get; init; }

    /// <summary>The open connection that the step was made on; null where a script is written.</summary>
    public DbConnection? Connection { get; init; }

    /// <summary>The transaction that the step will be committed with; null where a script is written.</summary>
    public DbTransaction? Transaction { get; init; }
}

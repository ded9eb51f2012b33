using Alembic.Autogenerate;
using Alembic.Operations;
using Alembic.Revisions;
using Alembic.Schema;
using Microsoft.Extensions.Logging;

namespace Alembic.Migrations;

/// <summary>
/// Tells where a database stands, plans its way to other revisions, and carries plans out or writes them as scripts. One connection is
/// opened when it is first needed, and closed by <see cref="Dispose"/>.
/// </summary>
public sealed class Migrator : IDisposable
{
    private readonly MigrationSet _migrations;
    private readonly MigratorOptions _options;
    private readonly IReadOnlyList<string>? _start;
    private readonly Database? _replica;
    private readonly ILogger _log;
    private OpenDatabase? _open;

    /// <summary>Creates a migrator of a database.</summary>
    /// <param name="database">The database; it is not connected to yet.</param>
    /// <param name="migrations">The migrations.</param>
    /// <param name="options">How it works; null for the defaults.</param>
    public Migrator(Database database, MigrationSet migrations, MigratorOptions? options = null)
        : this(database.Dialect, migrations, null, options) => Database = database;

    private Migrator(
        Dialect dialect, MigrationSet migrations, IReadOnlyList<string>? start, MigratorOptions? options, Database? replica = null)
    {
        (Dialect, _migrations, _start, _options, _replica) =
            (dialect, migrations, start, (options ?? new MigratorOptions()).ForOneDatabase(), replica);
        _log = _options.Logging.CreateLogger(LogText.Category);
    }

    /// <summary>Creates a migrator that only plans and writes scripts, with no database at hand.</summary>
    /// <param name="dialect">The dialect of the scripts.</param>
    /// <param name="migrations">The migrations.</param>
    /// <param name="start">The revisions that the scripts start from.</param>
    /// <param name="options">How it works; null for the defaults.</param>
    /// <param name="replica">What <see cref="Database.Replica"/> gives: SQLite's scripts need it to rebuild tables; or null.</param>
    public static Migrator ForScripts(
        Dialect dialect, MigrationSet migrations, IReadOnlyList<string> start, MigratorOptions? options = null, Database? replica = null) =>
        new(dialect, migrations, start, options, replica);

    /// <summary>The database; null where there are only scripts.</summary>
    public Database? Database { get; }

    /// <summary>The dialect.</summary>
    public Dialect Dialect { get; }

    /// <summary>Tells whether there are only scripts.</summary>
    public bool IsOffline => Database is null;

    /// <summary>The options of runs and comparisons.</summary>
    public EnvironmentOptions Environment => _options.Environment;

    /// <summary>The graph of the revisions.</summary>
    public RevisionMap Map => _migrations.Map;

    /// <summary>Tells where the database stands. Changes nothing, and takes no lock.</summary>
    public MigrationStatus Status()
    {
        var open = Open();
        var rows = open.Rows() ?? [];
        List<string> unknown = [.. rows.Where(id => Map.Find(id) is null)];
        return new()
        {
            Database = open.Database.DisplayUrl,
            Applied = rows,
            Heads = [.. Map.Heads.Select(h => h.Id)],
            Pending = unknown.Count > 0 ? [] : [.. Map.Upgrade("heads", rows).Select(s => s.Revision!)],
            Unknown = unknown,
            Unfinished = open.Unfinished(),
            LockHolder = open.LockHolder(),
            Findings = Findings(open, rows) ?? [],
        };
    }

    /// <summary>Reads the newest revisions that are applied, in the database's order; for scripts, what they start from.</summary>
    public IReadOnlyList<string> Revisions()
    {
        var rows = Found() ?? [];
        _open?.ReportRun();
        return rows;
    }

    /// <summary>Plans the way up to a revision.</summary>
    /// <param name="target">A revision, <c>head</c>, <c>heads</c>, <c>+2</c>.</param>
    /// <param name="mayBeAhead">Whether a database that is ahead of all migrations has nothing to do; else that is an error.</param>
    /// <exception cref="RevisionException">There is no such revision or no such way.</exception>
    public MigrationPlan PlanUpgrade(string target, bool mayBeAhead = false)
    {
        if (mayBeAhead && Found() is { } rows && _open!.RunLog?.Unknown(rows) is { IsAhead: true } newer)
        {
            _log.Inform($"Nothing to do: {newer.Text}");
            return new(rows, _ => []) { IsAhead = true };
        }
        return Plan(found => Map.Upgrade(target, found), mayBeAhead);
    }

    /// <summary>Plans the way down to a revision.</summary>
    /// <param name="target">A revision, <c>base</c>, <c>-1</c>.</param>
    /// <exception cref="RevisionException">There is no such revision or no such way.</exception>
    public MigrationPlan PlanDowngrade(string target) => Plan(rows => Map.Downgrade(target, rows));

    /// <summary>Plans to change the version table without running anything.</summary>
    /// <param name="targets">Revisions, <c>head</c>, <c>heads</c> or <c>base</c>.</param>
    /// <param name="purge">Whether to delete what the version table holds first.</param>
    /// <exception cref="RevisionException">There is no such revision.</exception>
    public MigrationPlan PlanStamp(IReadOnlyList<string> targets, bool purge = false) =>
        Plan(rows => Map.Stamp(targets, rows), purges: purge);

    /// <summary>Plans nothing but the version table, which is created where it is missing.</summary>
    public MigrationPlan PlanVersionTable() => new(Found(), _ => []) { CreatesVersionTable = true };

    /// <summary>Finds out what a plan would do, without doing it: the database is only read, and no lock is taken.</summary>
    /// <param name="plan">The plan.</param>
    public MigrationPreview Preview(MigrationPlan plan)
    {
        var open = Open();
        using var run = new PreviewRun(Dialect, _options, open.Database.Replica(withTables: open.Exists), open.Count);
        return new(plan, run.Of(_migrations, plan.Steps));
    }

    /// <summary>
    /// Carries a plan out, with the migration lock held. If other runs have changed the database since, the plan is made again, and never
    /// longer.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="MigrationException">Not all was done; its report says what was. With any other exception nothing was.</exception>
    public MigrationReport Apply(MigrationPlan plan, ApplyOptions? options = null)
    {
        try
        {
            return OnlineRun.Carry(Open(), _migrations, plan, _options, options ?? new ApplyOptions(), _log);
        }
        catch
        {
            // Whatever it holds ends with the connection.
            Dispose();
            throw;
        }
    }

    /// <summary>
    /// Carries a plan out and takes it back: a SQLite database on a copy, PostgreSQL and SQL Server in one transaction, which holds its
    /// locks until then. What commits by itself, <see cref="Op.AutocommitBlock"/>, is left out and named, but on a copy.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="NoDryRunException">Each change of a table commits.</exception>
    /// <exception cref="MigrationException">A migration fails.</exception>
    public DryRunReport DryRun(MigrationPlan plan, ApplyOptions? options = null) =>
        Migrations.DryRun.Of(Open(), _migrations, plan, _options, options ?? new ApplyOptions(), _log);

    /// <summary>Writes a plan as a script, all of it or nothing.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="writer">Takes the script.</param>
    /// <param name="isGuarded">Whether the script changes nothing where it is run on a database that is not where the plan starts.</param>
    /// <param name="isIdempotent">Whether the script does what is missing on each database that is not behind the plan's start; only for an
    /// upgrade.</param>
    /// <exception cref="UnscriptableException">The database has no condition around one of the statements.</exception>
    public void Script(MigrationPlan plan, TextWriter writer, bool isGuarded = false, bool isIdempotent = false) =>
        ScriptRun.Write(Dialect, _migrations, plan, _options, writer, isGuarded, isIdempotent, _replica);

    /// <summary>Compares a model with the database.</summary>
    /// <param name="model">The model.</param>
    /// <param name="configure">Changes how it is compared; null for the environment's options.</param>
    /// <exception cref="NotAtHeadsException">The database is not at the heads.</exception>
    public Comparison Compare(MetaData model, Func<ComparisonOptions, ComparisonOptions>? configure = null) =>
        Compare(() => model, configure);

    /// <summary>Compares a model with the database.</summary>
    /// <param name="model">Gives the model, once it is certain that the database is at the heads.</param>
    /// <param name="configure">Changes how it is compared; null for the environment's options.</param>
    /// <exception cref="NotAtHeadsException">The database is not at the heads.</exception>
    public Comparison Compare(Func<MetaData> model, Func<ComparisonOptions, ComparisonOptions>? configure = null)
    {
        if (!Map.Resolve(Revisions()).Select(r => r.Id).ToHashSet().SetEquals(Map.RealHeads.Select(r => r.Id)))
        {
            throw new NotAtHeadsException("Target database is not up to date.")
            {
                Hint = "dotnet alembic upgrade head; or, if the database has those changes already, dotnet alembic stamp head",
            };
        }
        return Autogeneration.Compare(Open().Session, model(), Environment, configure, _options.Logging);
    }

    /// <summary>Finds what makes an empty database what this one is.</summary>
    public Comparison Baseline() => Autogeneration.Baseline(OpenAndReport().Session, Environment, _options.Logging);

    /// <summary>Looks for applied migrations that were edited, deleted or passed over.</summary>
    /// <returns>What there is; null where there is no history yet, or none is kept.</returns>
    public IReadOnlyList<RunLogFinding>? Verify() => Found() is { } rows ? Findings(_open!, rows) : null;

    /// <summary>Accepts applied migrations as they are now, with the migration lock held.</summary>
    /// <param name="revisions">The revisions; "all" for all.</param>
    /// <returns>What is a finding no more.</returns>
    /// <exception cref="AlembicException">There is nothing to accept of one of them.</exception>
    public IReadOnlyList<RunLogFinding> Accept(IReadOnlyList<string> revisions)
    {
        var open = OpenAndReport();
        var log = (open.Exists ? open.RunLog : null) ?? throw RunLog.NothingToAccept(revisions[0]);
        return open.WithLock(Wait(), () => log.Accept(open.Rows() ?? [], revisions));
    }

    /// <summary>Says of a migration that was broken off what the database cannot tell, with the migration lock held.</summary>
    /// <param name="repair">What became of it.</param>
    /// <returns>The migration.</returns>
    /// <exception cref="AlembicException">There is none, or none of that kind.</exception>
    public UnfinishedMigration Repair(Repair repair)
    {
        var open = Open();
        return open.Exists ? open.Settle(repair, Wait()) : throw JournalTable.NothingToRepair();
    }

    /// <summary>Tells who holds the migration lock; null for nobody.</summary>
    public LockHolder? LockHolder() => OpenAndReport().LockHolder();

    /// <summary>Ends the connection that holds the migration lock; what it has not committed is rolled back.</summary>
    /// <param name="holder">The holder, as <see cref="LockHolder"/> gave it.</param>
    public void BreakLock(LockHolder holder) => Open().BreakLock(holder);

    /// <summary>Closes the connection.</summary>
    public void Dispose() => Interlocked.Exchange(ref _open, null)?.Dispose();

    /// <summary>The connection, for what else is to be read; null where there is no database yet.</summary>
    internal IMigrationSession? Session => OpenAndReport() is { Exists: true } open ? open.Session : null;

    internal MigrationPlan Plan(Func<IReadOnlyList<string>, IReadOnlyList<Step>> steps, bool mayBeAhead = false, bool purges = false)
    {
        var found = Found();
        return new(purges ? [] : found, rows => Explained(steps, rows, mayBeAhead)) { Purges = purges };
    }

    private IReadOnlyList<Step> Explained(Func<IReadOnlyList<string>, IReadOnlyList<Step>> steps, IReadOnlyList<string> rows,
        bool mayBeAhead)
    {
        try
        {
            return steps(rows);
        }
        catch (RevisionNotFoundException exception) when (!IsOffline && rows.Contains(exception.Argument))
        {
            var unknown = _open!.RunLog?.Unknown(rows);
            // Somebody came first who has newer files.
            if (unknown is { IsAhead: true } && mayBeAhead)
                return [];
            throw UnknownRevisions.Explain(exception, unknown);
        }
    }

    private IReadOnlyList<RunLogFinding>? Findings(OpenDatabase open, IReadOnlyList<string> rows) =>
        open.Exists && open.RunLog?.Read() is { } entries ? new RunLogState(Map, rows, entries).Findings : null;

    private IReadOnlyList<string>? Found()
    {
        if (_start is null)
            return OpenAndReport().Rows();
        Announce();
        return _start;
    }

    private OpenDatabase OpenAndReport()
    {
        var open = Open();
        open.Report();
        return open;
    }

    private OpenDatabase Open()
    {
        if (_open is not null)
            return _open;
        if (Environment.StartingRevision is not null)
            throw new AlembicException("Can't specify current_rev to context when using a database connection");
        Announce();
        return _open = new OpenDatabase(Database ?? throw new OfflineException("This command"), Map, _options, _log);
    }

    private void Announce()
    {
        if (Environment.EngineName is { } name)
            _log.Inform($"Migrating database {name}");
        _log.Debug($"Context impl {Dialect.ImplementationName}.");
        if (IsOffline)
            _log.Inform("Generating static SQL");
        var isTransactional = Environment.TransactionalDdl ?? Dialect.HasTransactionalDdl;
        _log.Debug(isTransactional ? "Will assume transactional DDL." : "Will assume non-transactional DDL.");
    }

    private LockWait Wait() => new(_options.LockTimeout, _log.Warn, _options.Clock, _options.Cancelled);
}

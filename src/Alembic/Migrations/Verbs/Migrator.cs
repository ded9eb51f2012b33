using Alembic.Autogenerate;
using Alembic.Operations;
using Alembic.Revisions;
using Alembic.Schema;
using Microsoft.Extensions.Logging;

namespace Alembic.Migrations;

/// <summary>
/// Reads the state of a database, plans the steps to other revisions, and runs plans or writes them as scripts. Opens one connection when
/// it is first needed; <see cref="Dispose"/> closes it.
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

    /// <summary>Creates a migrator that only plans and writes scripts, without a database.</summary>
    /// <param name="dialect">The dialect of the scripts.</param>
    /// <param name="migrations">The migrations.</param>
    /// <param name="start">The revisions that the scripts start from.</param>
    /// <param name="options">How it works; null for the defaults.</param>
    /// <param name="replica">The result of <see cref="Database.Replica"/>, which SQLite's scripts need to rebuild tables; or null.</param>
    public static Migrator ForScripts(
        Dialect dialect, MigrationSet migrations, IReadOnlyList<string> start, MigratorOptions? options = null, Database? replica = null) =>
        new(dialect, migrations, start, options, replica);

    /// <summary>The database; null for scripts only.</summary>
    public Database? Database { get; }

    /// <summary>The dialect.</summary>
    public Dialect Dialect { get; }

    /// <summary>Tells whether it only writes scripts, without a database.</summary>
    public bool IsOffline => Database is null;

    /// <summary>The options of runs and comparisons.</summary>
    public EnvironmentOptions Environment => _options.Environment;

    /// <summary>The graph of the revisions.</summary>
    public RevisionMap Map => _migrations.Map;

    /// <summary>Reads the state of the database. Changes nothing, and takes no lock.</summary>
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

    /// <summary>Reads the newest applied revisions, in the database's order; for scripts, the revisions they start from.</summary>
    public IReadOnlyList<string> Revisions()
    {
        var rows = Found() ?? [];
        _open?.ReportRun();
        return rows;
    }

    /// <summary>Plans an upgrade to a revision.</summary>
    /// <param name="target">A revision, <c>head</c>, <c>heads</c>, <c>+2</c>.</param>
    /// <param name="mayBeAhead">Whether a database that is ahead of all migrations gets an empty plan; if false, that is an error.</param>
    /// <param name="phase"><see cref="Phase.Expand"/> to stop before the first revision that contracts; null for all.</param>
    /// <exception cref="RevisionException">The revision does not exist or cannot be reached.</exception>
    public MigrationPlan PlanUpgrade(string target, bool mayBeAhead = false, Phase? phase = null)
    {
        if (mayBeAhead && Found() is { } rows && _open!.RunLog?.Unknown(rows) is { IsAhead: true } newer)
        {
            _log.Inform($"Nothing to do: {newer.Text}");
            return new(rows, _ => []) { IsAhead = true };
        }
        var plan = Plan(found => Map.Upgrade(target, found), mayBeAhead);
        return phase == Phase.Expand ? plan.BeforeContracting() : plan;
    }

    /// <summary>Plans a downgrade to a revision.</summary>
    /// <param name="target">A revision, <c>base</c>, <c>-1</c>.</param>
    /// <exception cref="RevisionException">The revision does not exist or cannot be reached.</exception>
    public MigrationPlan PlanDowngrade(string target) => Plan(rows => Map.Downgrade(target, rows));

    /// <summary>Plans a change of the version table without running any migration.</summary>
    /// <param name="targets">Revisions, <c>head</c>, <c>heads</c> or <c>base</c>.</param>
    /// <param name="purge">Whether to delete the version table's rows first.</param>
    /// <exception cref="RevisionException">A revision does not exist.</exception>
    public MigrationPlan PlanStamp(IReadOnlyList<string> targets, bool purge = false) =>
        Plan(rows => Map.Stamp(targets, rows), purges: purge);

    /// <summary>Plans only the creation of the version table, if it is missing.</summary>
    public MigrationPlan PlanVersionTable() => new(Found(), _ => []) { CreatesVersionTable = true };

    /// <summary>Finds what a plan would do, without running it: only reads the database, and takes no lock.</summary>
    /// <param name="plan">The plan.</param>
    public MigrationPreview Preview(MigrationPlan plan)
    {
        var open = Open();
        using var run = new PreviewRun(Dialect, _options, open.Database.Replica(withTables: open.Exists), open.Count);
        return new(plan, run.Of(_migrations, plan.Steps));
    }

    /// <summary>
    /// Runs a plan, with the migration lock held. If other runs have changed the database since, plans again, but never does more than was
    /// planned.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">The options for applying it; null for the defaults.</param>
    /// <returns>The steps that were done.</returns>
    /// <exception cref="MigrationException">Some steps were not done; its report lists those that were. After any other exception, none
    /// were done.</exception>
    public MigrationReport Apply(MigrationPlan plan, ApplyOptions? options = null)
    {
        try
        {
            return OnlineRun.Carry(Open(), _migrations, plan, _options, options ?? new ApplyOptions(), _log);
        }
        catch
        {
            // Closing the connection releases everything that it holds.
            Dispose();
            throw;
        }
    }

    /// <summary>
    /// Runs a plan without keeping the result: SQLite on a copy, PostgreSQL and SQL Server in one transaction that is rolled back. The
    /// transaction holds its locks until then. It leaves out and reports each <see cref="Op.AutocommitBlock"/>, which a copy runs.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">The options for applying it; null for the defaults.</param>
    /// <exception cref="NoDryRunException">Each change of a table commits.</exception>
    /// <exception cref="MigrationException">A migration fails.</exception>
    public DryRunReport DryRun(MigrationPlan plan, ApplyOptions? options = null) =>
        Migrations.DryRun.Of(Open(), _migrations, plan, _options, options ?? new ApplyOptions(), _log);

    /// <summary>Writes a plan as a script, completely or not at all.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="writer">Takes the script.</param>
    /// <param name="isGuarded">Whether the script changes nothing on a database that is not at the plan's start.</param>
    /// <param name="isIdempotent">Whether the script runs only the missing steps, on any database that is not behind the plan's start; only
    /// for an upgrade.</param>
    /// <exception cref="UnscriptableException">The database cannot run one of the statements conditionally.</exception>
    public void Script(MigrationPlan plan, TextWriter writer, bool isGuarded = false, bool isIdempotent = false) =>
        ScriptRun.Write(Dialect, _migrations, plan, _options, writer, isGuarded, isIdempotent, _replica);

    /// <summary>Compares a model with the database.</summary>
    /// <param name="model">The model.</param>
    /// <param name="configure">Changes the options; null for the environment's.</param>
    /// <exception cref="NotAtHeadsException">The database is not at the heads.</exception>
    public Comparison Compare(MetaData model, Func<ComparisonOptions, ComparisonOptions>? configure = null) =>
        Compare(() => model, configure);

    /// <summary>Compares a model with the database.</summary>
    /// <param name="model">Gives the model, once it is certain that the database is at the heads.</param>
    /// <param name="configure">Changes the options; null for the environment's.</param>
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

    /// <summary>Finds the operations that turn an empty database into this one.</summary>
    public Comparison Baseline() => Autogeneration.Baseline(OpenAndReport().Session, Environment, _options.Logging);

    /// <summary>Finds applied migrations that were edited, deleted or skipped.</summary>
    /// <returns>The findings; null if there is no history yet, or none is kept.</returns>
    public IReadOnlyList<RunLogFinding>? Verify() => Found() is { } rows ? Findings(_open!, rows) : null;

    /// <summary>Accepts applied migrations as they are now, with the migration lock held.</summary>
    /// <param name="revisions">The revisions; "all" for all.</param>
    /// <returns>The findings that are thereby settled.</returns>
    /// <exception cref="AlembicException">One of them has nothing to accept.</exception>
    public IReadOnlyList<RunLogFinding> Accept(IReadOnlyList<string> revisions)
    {
        var open = OpenAndReport();
        var log = (open.Exists ? open.RunLog : null) ?? throw RunLog.NothingToAccept(revisions[0]);
        return open.WithLock(Wait(), () => log.Accept(open.Rows() ?? [], revisions));
    }

    /// <summary>Settles an interrupted migration with an answer that the database cannot give, with the migration lock held.</summary>
    /// <param name="repair">The answer.</param>
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

    /// <summary>The connection, for other reads; null if the database does not exist yet.</summary>
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
            // Another run with newer files came first.
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

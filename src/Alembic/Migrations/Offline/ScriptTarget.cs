using Alembic.Operations;
using Alembic.Revisions;

namespace Alembic.Migrations;

/// <summary>Writes steps into a script.</summary>
/// <param name="session">The script.</param>
/// <param name="dialect">Its dialect.</param>
/// <param name="migratorOptions">The environment's options, and what migrations see of the command.</param>
/// <param name="longestId">The length of the longest revision id.</param>
/// <param name="isGuarded">Whether it runs only on a database that is at its start. The version table may then exist.</param>
/// <param name="isIdempotent">Whether each step runs only if it is the next one.</param>
internal sealed class ScriptTarget(ScriptSession session, Dialect dialect, MigratorOptions migratorOptions, int longestId, bool isGuarded,
    bool isIdempotent = false)
    : IStepTarget, IStepObserver
{
    private readonly EnvironmentOptions _options = migratorOptions.Environment;
    private readonly VersionTable _versions = new(dialect, migratorOptions.Environment);
    private RevisionNode? _node;

    public Op Op { get; } = new(dialect, new OperationCompiler(dialect, session, session), session)
    {
        EngineName = migratorOptions.Environment.EngineName,
        Context = migratorOptions.Context,
    };

    public IMigrationSession? Session => null;

    public CancellationToken Cancelled => CancellationToken.None;

    public bool HasUnitPerMigration => _options.ScriptsTransactionPerMigration;

    public Progress InUnit(Progress at, Func<Progress, bool, Progress> unit)
    {
        var hasTransaction = at.Left.Count > 0 || !HasUnitPerMigration;
        if (hasTransaction)
            session.Begin();
        var done = unit(at, true);
        if (hasTransaction)
            session.Commit();
        return done;
    }

    public void Begin(Progress at, bool isNew)
    {
        if (at is { Left.Count: 0, Rows.Count: 0 })
            CreateVersionTable();
    }

    public void Starting(Step step, IReadOnlyList<string> rows)
    {
        if (rows.Count == 0 && step.IsUpgrade && !isIdempotent)
            CreateVersionTable();
        session.BeginUnit();
        session.Comment("Running " + step.Text);
        if (isIdempotent)
            session.When(_versions.IsNext(_node = step.Node!));
    }

    public void Check()
    {
    }

    public void Apply(IReadOnlyList<RowChange> changes)
    {
        foreach (var statement in _node is null ? changes.Select(_versions.Script) : _versions.Script(_node))
            session.Accept(statement);
        session.EndWhen();
        session.EndUnit();
    }

    public Exception WithoutRowValues(Exception exception) => exception;

    public string? StateAfter(Step step, IReadOnlyList<string> rows, string first) => null;

    private void CreateVersionTable()
    {
        foreach (var statement in _versions.Create(longestId, isGuarded))
            session.Accept(statement);
    }
}

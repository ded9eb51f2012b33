using System.Data.Common;
using System.Diagnostics;
using Alembic.Operations;

namespace Alembic.Lint;

/// <summary>An operation of a migration, and where it is.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Line">The line in the migration's file; null if it is not known.</param>
/// <param name="IsInTransaction">Whether it runs in the migration's transaction.</param>
internal sealed record LintedOperation(Operation Operation, int? Line, bool IsInTransaction)
{
    /// <summary>The user's SQL that it was read from; null if it was given as an operation.</summary>
    public Execute? Text { get; init; }

    /// <summary>Gets an operation as rules see it: a batch one by one, and SQL preceded by the operations that it was read as.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="dialect">The database's dialect.</param>
    /// <param name="lineOf">Gets the line of an operation; null if it is not known.</param>
    /// <param name="isInTransaction">Whether it runs in the migration's transaction.</param>
    public static IEnumerable<LintedOperation> Of(
        Operation operation, Dialect dialect, Func<Operation, int?> lineOf, bool isInTransaction)
    {
        foreach (var each in operation is BatchAlterTable batch ? batch.Operations : [operation])
        {
            var line = lineOf(each);
            if (each is Execute execute)
            {
                foreach (var read in SqlOperations.Of(execute.Text, dialect))
                    yield return new(read, line, isInTransaction) { Text = execute };
            }
            yield return new(each, line, isInTransaction);
        }
    }
}

/// <summary>What a direction of a migration does, as far as it is known without a database.</summary>
/// <param name="Operations">Its operations, including those of batches and of SQL.</param>
/// <param name="Backfills">What it fills batch by batch.</param>
/// <param name="Unforeseen">Why the rest cannot be known; null if everything is known.</param>
internal sealed record LintedDirection(
    IReadOnlyList<LintedOperation> Operations, IReadOnlyList<LintedBackfill> Backfills, string? Unforeseen);

/// <summary>A table that a migration fills batch by batch.</summary>
/// <param name="Table">The table.</param>
/// <param name="Before">How many operations of the migration come before it.</param>
internal sealed record LintedBackfill(string Table, int Before);

/// <summary>A migration as rules see it: run for one dialect against a recorder.</summary>
internal sealed record LintedMigration(Dialect Dialect, LintedDirection Upgrade, LintedDirection Downgrade)
{
    /// <summary>The migrations that come before it, the first one first.</summary>
    public IReadOnlyList<LintedMigration> Earlier { get; init; } = [];

    /// <summary>Records both directions.</summary>
    /// <param name="dialect">The dialect.</param>
    /// <param name="upgrade">Runs the upgrade.</param>
    /// <param name="downgrade">Runs the downgrade.</param>
    /// <param name="file">The migration's file, or null.</param>
    /// <param name="context">What the migration sees of a command.</param>
    public static LintedMigration Of(
        Dialect dialect, Action<Op> upgrade, Action<Op> downgrade, string? file = null, EnvironmentContext? context = null)
    {
        return new(dialect, Recorded(upgrade), Recorded(downgrade));

        LintedDirection Recorded(Action<Op> run) => new Recorder(file, dialect).Run(run, context ?? EnvironmentContext.Empty);
    }

    private sealed class Recorder(string? file, Dialect dialect) : IOperationSink, IMigrationSession
    {
        private readonly List<LintedOperation> _operations = [];
        private readonly List<LintedBackfill> _backfills = [];
        private readonly Dictionary<Operation, int?> _lines = new(ReferenceEqualityComparer.Instance);
        private bool _isInTransaction = true;

        public bool IsOffline => true;

        public DbConnection Connection => throw new OfflineException("op.Connection");

        public DbTransaction Transaction => throw new OfflineException("op.Transaction");

#pragma warning disable CA1031 // If a migration's own code throws, the rest cannot be foreseen.
        public LintedDirection Run(Action<Op> run, EnvironmentContext context)
        {
            string? unforeseen = null;
            try
            {
                run(new Op(dialect, this, this) { Context = context });
            }
            catch (OfflineException exception)
            {
                unforeseen = $"{exception.What} asks the database while it runs";
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                unforeseen = exception.Message.ReplaceLineEndings(" ");
            }
            return new(_operations, _backfills, unforeseen);
        }
#pragma warning restore CA1031

        public void Accept(Operation operation)
        {
            var line = Line();
            _operations.AddRange(LintedOperation.Of(operation, dialect, each => _lines.GetValueOrDefault(each, line), _isInTransaction));
        }

        void IMigrationSession.Collected(Operation operation) => _lines[operation] = Line();

        public IReadOnlyList<IReadOnlyDictionary<string, object?>> Query(Statement statement) => throw new OfflineException("op.Query");

        public void Autocommit(Action block)
        {
            _isInTransaction = false;
            block();
            _isInTransaction = true;
        }

        public long Backfill(Backfill backfill)
        {
            _backfills.Add(new(backfill.Table, _operations.Count));
            return 0;
        }

        public void BeforeCommit(string name, Func<Action> guard)
        {
        }

        private int? Line() => file is null
            ? null
            : new StackTrace(fNeedFileInfo: true).GetFrames()
                .FirstOrDefault(f => string.Equals(f.GetFileName(), file, StringComparison.OrdinalIgnoreCase))?.GetFileLineNumber();
    }
}

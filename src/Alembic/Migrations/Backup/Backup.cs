using System.Data.Common;
using Alembic.Operations;
using Alembic.Revisions;

namespace Alembic.Migrations;

/// <summary>The backup of a database, taken once in a run before the first change that may lose rows.</summary>
/// <param name="database">The database.</param>
/// <param name="options">Where the backup goes; null for no backup.</param>
/// <param name="isOwn">Whether a table is Alembic's own. If only those have rows, no backup is taken.</param>
internal sealed class Backup(Database database, BackupOptions? options, Func<string, bool> isOwn) : IStepObserver
{
    private bool _isDone = options is null || database.File is null || !database.Exists();
    private IReadOnlyList<string> _rows = [];

    // The backup was not possible in the middle of a migration, and must be taken before that migration starts again.
    private bool _isDue;

    public void Begin(Progress at, bool isNew)
    {
        if (!isNew)
            return;
        _rows = at.Rows;
        if (_isDue || options is { IsFirst: true })
            Take(isAtStart: true);
    }

    public void Starting(Step step, IReadOnlyList<string> rows)
    {
        if (step.Kind == StepKind.Downgrade)
            BeforeLoss();
    }

    /// <summary>Copies what is committed, unless the backup is already taken.</summary>
    /// <exception cref="BackupIsLateException">The migration's work so far blocks readers: the backup must be taken before it.</exception>
    public void BeforeLoss() => Take(isAtStart: false);

    private void Take(bool isAtStart)
    {
        if (_isDone)
            return;
        var file = options!.FileFor(database.File!, _rows.Count == 0 ? "base" : string.Join("+", _rows));
        try
        {
            if (database.BackUp(file, isOwn))
                options.Saved(file);
        }
        catch (DbException exception) when (database.IsBusy(exception) && !isAtStart)
        {
            _isDue = true;
            throw new BackupIsLateException();
        }
        _isDone = true;
        _isDue = false;
    }
}

/// <summary>A session that takes the backup before a change that may lose rows.</summary>
internal sealed class BackedUpSession(IMigrationSession session, Backup backup) : SessionDecorator(session)
{
    public override void BeforeLoss() => backup.BeforeLoss();
}

/// <summary>Not an error: the migration starts again after the backup.</summary>
internal sealed class BackupIsLateException() : AlembicException("The database has to be copied before this migration begins");

using System.Data.Common;
using Alembic.Operations;
using Alembic.Revisions;

namespace Alembic.Migrations;

/// <summary>The copy of a database that is made once in a run, before the first change that may cost rows.</summary>
/// <param name="database">What is copied.</param>
/// <param name="options">Where the copy goes; null for no copy.</param>
/// <param name="isOwn">Whether a table is Alembic's own, for the rows of which no copy is made.</param>
internal sealed class Backup(Database database, BackupOptions? options, Func<string, bool> isOwn) : IStepObserver
{
    private bool _isDone = options is null || database.File is null || !database.Exists();
    private IReadOnlyList<string> _rows = [];

    // It could not be made in the middle of a migration and is to be made before that begins again.
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

    /// <summary>Copies what is committed, unless that was done before.</summary>
    /// <exception cref="BackupIsLateException">What the migration has done so far keeps others from reading: the copy has to come before
    /// it.</exception>
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

/// <summary>A session that makes the copy before something may cost rows.</summary>
internal sealed class BackedUpSession(IMigrationSession session, Backup backup) : SessionDecorator(session)
{
    public override void BeforeLoss() => backup.BeforeLoss();
}

/// <summary>Not an error: a migration is to begin again after the database was copied.</summary>
internal sealed class BackupIsLateException() : AlembicException("The database has to be copied before this migration begins");

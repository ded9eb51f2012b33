using System.Data.Common;

namespace Alembic.Migrations;

/// <summary>The copy of a database that is made once in a run, before the first change that may cost rows.</summary>
/// <param name="database">What is copied.</param>
/// <param name="fileFor">From the database's file and its revision to the copy's file; null for no copy.</param>
/// <param name="isOwn">Whether a table is Alembic's own, for the rows of which no copy is made.</param>
/// <param name="saved">Takes the copy's file.</param>
internal sealed class Backup(Database database, Func<string, string, string>? fileFor, Func<string, bool> isOwn, Action<string> saved)
{
    private bool _isDone = fileFor is null || database is { BackUp: null } or { File: null } || !database.Exists();

    /// <summary>Whether it could not be made in the middle of a migration and is to be made before that begins again.</summary>
    public bool IsDue { get; private set; }

    /// <summary>Copies what is committed, unless that was done before.</summary>
    /// <param name="rows">The revisions that are committed.</param>
    /// <param name="isAtStart">Whether nothing is changed yet in the open transaction.</param>
    /// <exception cref="BackupIsLateException">What the migration has done so far keeps others from reading: the copy has to come before it.</exception>
    public void Take(IReadOnlyList<string> rows, bool isAtStart)
    {
        if (_isDone)
            return;
        var file = fileFor!(database.File!, rows.Count == 0 ? "base" : string.Join("+", rows));
        try
        {
            if (database.BackUp!(file, isOwn))
                saved(file);
        }
        catch (DbException exception) when (database.IsBusy(exception) && !isAtStart)
        {
            IsDue = true;
            throw new BackupIsLateException();
        }
        _isDone = true;
        IsDue = false;
    }
}

/// <summary>Not an error: a migration is to begin again after the database was copied.</summary>
internal sealed class BackupIsLateException() : AlembicException("The database has to be copied before this migration begins");

namespace Alembic.Migrations;

/// <summary>
/// A run was cancelled, for example by Ctrl-C. The work of the running migration is rolled back, or recorded so that it can resume.
/// </summary>
public sealed class MigrationCancelledException : MigrationException
{
    internal MigrationCancelledException(string what, string state, Exception? cause = null)
        : base($"Cancelled {what}", cause) => Hint = state;
}

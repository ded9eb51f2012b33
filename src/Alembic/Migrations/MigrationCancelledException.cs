namespace Alembic.Migrations;

/// <summary>
/// A run was asked to stop, as by Ctrl-C, and has. What the migration at work had done is taken back, or noted to go on from.
/// </summary>
public sealed class MigrationCancelledException : MigrationException
{
    internal MigrationCancelledException(string what, string state, Exception? cause = null)
        : base($"Cancelled {what}", cause) => Hint = state;
}

namespace Alembic.Migrations;

/// <summary>A database that needs changes is read-only. Nothing was changed.</summary>
public sealed class ReadOnlyDatabaseException : MigrationException
{
    internal ReadOnlyDatabaseException(string url, string why)
        : base($"{url} is read-only: {why}") => Hint = "nothing was changed; run the command where the database can be written";
}

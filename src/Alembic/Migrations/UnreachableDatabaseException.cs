namespace Alembic.Migrations;

/// <summary>No connection to the database can be opened.</summary>
/// <param name="message">What went wrong.</param>
/// <param name="cause">The driver's error.</param>
public sealed class UnreachableDatabaseException(string message, Exception cause) : AlembicException(message, cause);

namespace Alembic.Migrations;

/// <summary>The database is not at all heads, and the command needs it to be.</summary>
/// <param name="message">What went wrong.</param>
public sealed class NotAtHeadsException(string message) : AlembicException(message);

namespace Alembic.Migrations;

/// <summary>The database has not all of the heads, and what was asked for needs them.</summary>
/// <param name="message">What went wrong.</param>
public sealed class NotAtHeadsException(string message) : AlembicException(message);

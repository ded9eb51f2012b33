namespace Alembic.Migrations;

/// <summary>The URL, connection string or path of a database cannot be used. The message shows no password.</summary>
/// <param name="message">The reason.</param>
public sealed class ConnectionException(string message) : AlembicException(message);

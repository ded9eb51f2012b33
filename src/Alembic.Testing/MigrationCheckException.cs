namespace Alembic.Testing;

/// <summary>A check of <see cref="MigrationChecks"/> failed.</summary>
/// <param name="message">What is wrong, with the revision's id.</param>
public sealed class MigrationCheckException(string message) : AlembicException(message);

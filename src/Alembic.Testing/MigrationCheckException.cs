namespace Alembic.Testing;

/// <summary>A check of <see cref="MigrationChecks"/> does not hold.</summary>
/// <param name="message">What is wrong, by the revision's id.</param>
public sealed class MigrationCheckException(string message) : AlembicException(message);

namespace Alembic.Tool;

/// <summary>The command line cannot be understood.</summary>
internal sealed class UsageException(string message) : AlembicException(message);

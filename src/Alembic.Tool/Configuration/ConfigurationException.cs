namespace Alembic.Tool.Configuration;

/// <summary>
/// The configuration file, or what was set in its place, can't be used as it stands. No message holds a value from the file.
/// </summary>
internal class ConfigurationException(string message, Exception? innerException = null) : AlembicException(message, innerException);

namespace Alembic.Tool.Configuration;

/// <summary>The configuration file, or a value that replaces one of it, cannot be used. No message holds a value from the file.</summary>
internal class ConfigurationException(string message, Exception? innerException = null) : AlembicException(message, innerException);

using Alembic.Tool.Configuration;

namespace Alembic.Tool.Scripts;

/// <summary>The folder that script_location names.</summary>
internal sealed record ScriptFolder(string Path)
{
    public string EnvironmentFile => System.IO.Path.Combine(Path, "env.cs");

    public string ScriptTemplate => System.IO.Path.Combine(Path, "script.cs.scriban");

    public static ScriptFolder Open(Settings settings) => Directory.Exists(settings.ScriptDirectory)
        ? new ScriptFolder(settings.ScriptDirectory)
        : throw new ConfigurationException(
            $"Path doesn't exist: {settings.ScriptLocation}.  Please use the 'init' command to create a new scripts folder.")
        {
            Hint = $"dotnet alembic init {settings.ScriptLocation}",
        };
}

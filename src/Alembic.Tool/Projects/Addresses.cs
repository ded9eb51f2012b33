using Alembic.Databases;
using Alembic.Migrations;
using Alembic.Operations;
using Alembic.Tool.Configuration;
using Alembic.Tool.Connections;
using Alembic.Tool.Output;

namespace Alembic.Tool;

/// <summary>
/// Finds the database that env.cs or the ini file means: by a URL, a connection string, or the name of one among the application's.
/// Whatever secrets are in there are hidden from then on.
/// </summary>
internal sealed class Addresses(Settings settings, Terminal terminal, Secrets secrets, Action<string> say)
{
    public Database Connect(string text, EnvironmentOptions options)
    {
        var database = Connector.Connect(Address(text, options));
        if (AppSettings.NameIn(text) is { } name)
            say($"Connection string {name} of environment {new AppSettings(settings, terminal.Environment).Environment}: "
                + $"{database.DisplayUrl}");
        return database;
    }

    /// <summary>The dialect of a script, with nothing to connect to.</summary>
    public Dialect DialectOf(string text, EnvironmentOptions options)
    {
        if (options.DialectName is { } name)
            return Dialects.Named(name);
        return DialectName(options) is { } dialect && AppSettings.NameIn(text) is not null
            ? Connector.DialectOf(new DatabaseAddress(text, dialect, ""))
            : Connector.DialectOf(Address(text, options));
    }

    /// <summary>
    /// Learns the secrets of the configuration, before the user's code runs, which may say in an error what it read there.
    /// </summary>
    public void LearnSecrets()
    {
        foreach (var key in new[] { "sqlalchemy.url", "connection_string" })
        {
            secrets.LearnAddress(settings.Ini.Raw(settings.Section, key));
            try
            {
                secrets.LearnAddress(settings.Ini.Value(settings.Section, key));
            }
            catch (InterpolationException)
            {
                // Told when it is needed, if it is.
            }
        }
    }

    private DatabaseAddress Address(string text, EnvironmentOptions options)
    {
        if (settings.Ini.Raw(settings.Section, "connection_string") is not null && settings.Url == text)
        {
            throw new ConfigurationException(
                $"{settings.Ini.Path}, section [{settings.Section}]: both 'sqlalchemy.url' and 'connection_string' are set")
            {
                Hint = "remove one of them",
            };
        }
        secrets.LearnAddress(text);
        if (AppSettings.NameIn(text) is not { } name)
            return new DatabaseAddress(text, DialectName(options), settings.Folder);
        // A file's path in there starts where the application does.
        var application = new AppSettings(settings, terminal.Environment);
        var found = application.ConnectionString(name);
        secrets.LearnAddress(found);
        return new DatabaseAddress(found, DialectName(options), application.Folder);
    }

    private string? DialectName(EnvironmentOptions options) =>
        options.DialectName ?? (options.EngineName is { } engine ? settings.Ini.Value(engine, "dialect") : null) ?? settings.Dialect;
}

using Alembic.Databases;
using Alembic.Migrations;
using Alembic.Operations;
using Alembic.Tool.Configuration;
using Alembic.Tool.Connections;
using Alembic.Tool.Output;

namespace Alembic.Tool;

/// <summary>
/// Finds the database of env.cs or the ini file: by a URL, a connection string, or the name of one of the application's. Hides the
/// secrets in them from then on.
/// </summary>
internal sealed class Addresses(Project project, Secrets secrets, Action<string> say)
{
    private readonly Settings _settings = project.Settings;

    private AppSettings Application => new(_settings, project.Terminal.Environment);

    public Database Connect(string text, EnvironmentOptions options)
    {
        var address = Address(text, options);
        RefuseOthers(Connector.DialectOf(address));
        var database = Connector.Connect(address);
        if (AppSettings.NameIn(text) is { } name)
            say($"Connection string {name} of environment {Application.Environment}: "
                + $"{database.DisplayUrl}");
        return database;
    }

    /// <summary>Gets the dialect of a script. Connects to nothing.</summary>
    public Dialect DialectOf(string text, EnvironmentOptions options)
    {
        if (options.DialectName is { } name)
            return Dialects.Named(name);
        var found = DialectName(options) is { } dialect && AppSettings.NameIn(text) is not null
            ? Connector.DialectOf(new DatabaseAddress(text, dialect, ""))
            : Connector.DialectOf(Address(text, options));
        // Some scripts also need a database.
        RefuseOthers(found);
        return found;
    }

    /// <summary>
    /// Learns the secrets of the configuration. It has to come before the user's code, whose errors may show what it read there.
    /// </summary>
    public void LearnSecrets()
    {
        secrets.LearnAddress(project.Url);
        foreach (var key in new[] { "sqlalchemy.url", "connection_string" })
        {
            var raw = _settings.Ini.Raw(_settings.Section, key);
            try
            {
                secrets.LearnAddress(_settings.Ini.Value(_settings.Section, key));
            }
            catch (InterpolationException)
            {
                // The error is told when the value is needed, if it is. It may name a variable.
                raw = raw is null ? null : Interpolation.WithoutVariables(raw);
            }
            secrets.LearnAddress(raw);
        }
    }

    private void RefuseOthers(Dialect dialect)
    {
        if (project.Bundle is { } bundle && !bundle.Contents.Drivers.Contains(Connector.DriverOf(dialect)))
        {
            throw new ConnectionException($"this bundle is not for {dialect.Name}")
            {
                Hint = $"dotnet alembic bundle --dialect {dialect.Name}, in the project, writes one for it",
            };
        }
    }

    private DatabaseAddress Address(string text, EnvironmentOptions options)
    {
        if (_settings.Ini.Raw(_settings.Section, "connection_string") is not null && _settings.Url == text)
        {
            throw new ConfigurationException(
                $"{_settings.Ini.Path}, section [{_settings.Section}]: both 'sqlalchemy.url' and 'connection_string' are set")
            {
                Hint = "remove one of them",
            };
        }
        secrets.LearnAddress(text);
        if (AppSettings.NameIn(text) is not { } name)
            return new DatabaseAddress(text, DialectName(options), _settings.Folder);
        // A relative path in it starts at the application's folder.
        var application = Application;
        var found = application.ConnectionString(name);
        secrets.LearnAddress(found);
        return new DatabaseAddress(found, DialectName(options), application.Folder);
    }

    private string? DialectName(EnvironmentOptions options) =>
        options.DialectName ?? (options.EngineName is { } engine ? _settings.Ini.Value(engine, "dialect") : null) ?? _settings.Dialect;
}

using System.Xml;
using Microsoft.Extensions.Configuration;

namespace Alembic.Tool.Configuration;

/// <summary>
/// The connection strings of a .NET application, read from the application's own sources: appsettings.json,
/// appsettings.{Environment}.json, in Development its user secrets, and environment variables. The last one counts.
/// </summary>
internal sealed class AppSettings(Settings settings, Func<string, string?> environment)
{
    private const string Development = "Development";
    private const string Production = "Production";
    private static readonly string[] Variables = ["ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT"];

    /// <summary>The folder of the files, and of the project whose user secrets are read.</summary>
    public string Folder => settings.AppsettingsDir;

    /// <summary>As dotnet-ef does: a machine is a developer's unless it says otherwise. A bundle's machine is not.</summary>
    public string Environment => Variables.Select(environment).FirstOrDefault(name => !string.IsNullOrEmpty(name))
        ?? (settings.IsBundled ? Production : Development);

    /// <summary>Gets the name in "Name=ConnectionStrings:Default"; null if the text is not just a name.</summary>
    public static string? NameIn(string connectionString) =>
        connectionString.Trim().TrimEnd(';').Split('=') is [var keyword, var name]
        && keyword.Trim().Equals("name", StringComparison.OrdinalIgnoreCase) && name.Trim() is { Length: > 0 } found ? found : null;

    /// <summary>Gets the value of a name: a full one ("ConnectionStrings:Default") or that of a connection string ("Default").</summary>
    public string ConnectionString(string name)
    {
        var files = new[] { "appsettings.json", $"appsettings.{Environment}.json" };
        var secrets = Environment == Development ? settings.UserSecretsId ?? ProjectsSecrets() : null;
        using var values = (ConfigurationRoot)Read(files, secrets);
        var key = name.Contains(':', StringComparison.Ordinal) ? name : $"ConnectionStrings:{name}";
        return new[] { values[name], values[key] }.FirstOrDefault(text => !string.IsNullOrWhiteSpace(text))
            ?? throw new ConfigurationException(
                $"There is no '{key}' in {string.Join(", ", files)} of {Folder}, "
                    + $"{(secrets is null ? "" : $"the user secrets {secrets}, ")}or the environment")
            {
                Hint =
                    $"export {key.Replace(":", "__", StringComparison.Ordinal)}=..., or set appsettings_dir in {settings.Ini.Path} "
                        + "to the folder of the application",
            };
    }

    private IConfigurationRoot Read(string[] files, string? secrets)
    {
        try
        {
            var builder = new ConfigurationBuilder();
            foreach (var file in files)
                builder.AddJsonFile(Path.Combine(Folder, file), optional: true, reloadOnChange: false);
            if (secrets is not null)
                builder.AddUserSecrets(secrets, reloadOnChange: false);
            return builder.AddEnvironmentVariables().Build();
        }
        // The reader's own message quotes the text that it could not read.
        catch (InvalidDataException exception)
        {
            throw new ConfigurationException($"A settings file is not valid JSON: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException
            or ArgumentException)
        {
            throw new ConfigurationException(
                $"The settings of the application in {Folder} can't be read: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }

    // As "dotnet user-secrets" does. With several projects, none is chosen.
    private string? ProjectsSecrets()
    {
        if (!Directory.Exists(Folder) || Directory.GetFiles(Folder, "*.csproj") is not [var project])
            return null;
        try
        {
            using var reader = XmlReader.Create(project, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            return reader.ReadToFollowing("UserSecretsId") && reader.ReadElementContentAsString().Trim() is { Length: > 0 } id ? id : null;
        }
        catch (Exception exception) when (exception is XmlException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"Can't read the UserSecretsId of {project}: it is not a project file", exception)
            {
                Hint = "write 'user_secrets_id = ...' into the ini file",
            };
        }
    }
}

using Alembic.Tool.Configuration;
using Alembic.Tool.Tests.Scripts;

namespace Alembic.Tool.Tests.Configuration;

[TestClass]
public sealed class AppSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string> _environment = [];
    private readonly string _secrets = $"alembic-tests-{Guid.NewGuid():N}";

    public void Dispose()
    {
        _folder.Dispose();
        if (Directory.Exists(SecretsFolder))
            Directory.Delete(SecretsFolder, recursive: true);
    }

    [TestMethod]
    [DataRow("Name=ConnectionStrings:Default", "ConnectionStrings:Default")]
    [DataRow(" name = Default ;", "Default")]
    [DataRow("Name=", null)]
    [DataRow("Host=db", null)]
    [DataRow("Name=x;Host=db", null)]
    [DataRow("sqlite:///Name", null)]
    public void A_name_is_told_from_a_connection_string(string text, string? name) => Assert.AreEqual(name, AppSettings.NameIn(text));

    [TestMethod]
    [DataRow("ConnectionStrings:Default")]
    [DataRow("Default")]
    [DataRow("Deploy:Database")]
    public void A_name_may_be_short_or_full(string name)
    {
        _folder.Write("appsettings.json",
            """{ "ConnectionStrings": { "Default": "found" }, "Deploy": { "Database": "found" } } // comments are fine""");
        Assert.AreEqual("found", Read().ConnectionString(name));
    }

    [TestMethod]
    public void The_last_of_the_sources_counts()
    {
        _folder.Write("appsettings.json", Json("1"));
        Assert.AreEqual("1", Read().ConnectionString("Default"));
        _folder.Write("appsettings.Production.json", Json("never"));
        _folder.Write("appsettings.Development.json", Json("2"));
        Assert.AreEqual("2", Read().ConnectionString("Default"));
        _folder.Write("App.csproj",
            $"<Project Sdk=\"x\"><PropertyGroup><UserSecretsId>{_secrets}</UserSecretsId></PropertyGroup></Project>");
        Directory.CreateDirectory(SecretsFolder);
        File.WriteAllText(Path.Combine(SecretsFolder, "secrets.json"), """{ "ConnectionStrings:Default": "3" }""");
        Assert.AreEqual("3", Read().ConnectionString("Default"));
    }

    [TestMethod]
    public void An_environment_variable_wins_over_every_file()
    {
        // Its name is nobody else's: the variables are those of the process.
        var name = $"Test{Guid.NewGuid():N}";
        _folder.Write("appsettings.json", $$"""{ "ConnectionStrings": { "{{name}}": "file" } }""");
        Environment.SetEnvironmentVariable($"ConnectionStrings__{name}", "variable");
        Assert.AreEqual("variable", Read().ConnectionString(name));
    }

    [TestMethod]
    [DataRow(null, null, "Development")]
    [DataRow("", "Staging", "Staging")]
    [DataRow("Production", "Staging", "Production")]
    public void The_environment_is_ASPNETCORE_ENVIRONMENT_then_DOTNET_ENVIRONMENT_then_Development(string? web, string? host,
        string expected)
    {
        (_environment["ASPNETCORE_ENVIRONMENT"], _environment["DOTNET_ENVIRONMENT"]) = (web!, host!);
        Assert.AreEqual(expected, Read().Environment);
    }

    [TestMethod]
    public void User_secrets_are_for_development_and_the_ini_file_may_name_them()
    {
        _folder.Write("One.csproj", "<Project><PropertyGroup><UserSecretsId>other</UserSecretsId></PropertyGroup></Project>");
        _folder.Write("Two.csproj", "<Project />");
        Directory.CreateDirectory(SecretsFolder);
        File.WriteAllText(Path.Combine(SecretsFolder, "secrets.json"), Json("secret"));
        Assert.AreEqual("secret", Read($"user_secrets_id = {_secrets}").ConnectionString("Default"));
        Assert.DoesNotContain("other", Assert.ThrowsExactly<ConfigurationException>(() => Read().ConnectionString("Default")).Message);
        _environment["DOTNET_ENVIRONMENT"] = "Production";
        Assert.ThrowsExactly<ConfigurationException>(() => Read($"user_secrets_id = {_secrets}").ConnectionString("Default"));
    }

    [TestMethod]
    public void A_name_that_is_nowhere_is_told_with_the_places_and_the_way_out()
    {
        var error = Assert.ThrowsExactly<ConfigurationException>(() => Read($"user_secrets_id = {_secrets}").ConnectionString("Default"));
        Assert.AreEqual(
            $"There is no 'ConnectionStrings:Default' in appsettings.json, appsettings.Development.json of {_folder.Path}, the user "
                + $"secrets {_secrets}, or the environment", error.Message);
        Assert.StartsWith("export ConnectionStrings__Default=..., or set appsettings_dir in ", error.Hint!);
    }

    [TestMethod]
    [DataRow("appsettings.json", "{ \"ConnectionStrings\": { \"Default\": topsecret } }")]
    [DataRow("appsettings.json", "topsecret")]
    [DataRow("App.csproj", "topsecret")]
    [DataRow("App.csproj", "<Project><PropertyGroup><UserSecretsId>a/../topsecret</UserSecretsId></PropertyGroup></Project>")]
    public void A_file_that_can_not_be_read_is_named_and_not_quoted(string file, string text)
    {
        _folder.Write(file, text);
        var error = Assert.ThrowsExactly<ConfigurationException>(() => Read().ConnectionString("Default"));
        Assert.DoesNotContain("topsecret", error.ToString());
        Assert.Contains(Path.GetFileName(_folder.Path), error.Message);
    }

    [TestMethod]
    public void The_application_is_beside_the_ini_file_then_in_the_working_directory_unless_it_is_said()
    {
        Directory.CreateDirectory(_folder.At("work"));
        Assert.AreEqual(Slashes(_folder.Path), Slashes(Read().Folder));
        _folder.Write("work/appsettings.json", "{}");
        Assert.AreEqual(Slashes(_folder.At("work")), Slashes(Read().Folder));
        _folder.Write("App.csproj", "<Project />");
        Assert.AreEqual(Slashes(_folder.Path), Slashes(Read().Folder));
        Assert.AreEqual(Slashes(_folder.At("app")), Slashes(Read("appsettings_dir = %(here)s/app").Folder));
    }

    private string SecretsFolder => Path.Combine(
        OperatingSystem.IsWindows()
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "Microsoft", "UserSecrets")
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".microsoft", "usersecrets"),
        _secrets);

    private static string Slashes(string path) => path.Replace('\\', '/');

    private static string Json(string value) => $$"""{ "ConnectionStrings": { "Default": "{{value}}" } }""";

    private AppSettings Read(string keys = "") =>
        new(new Settings(IniFile.Parse($"[alembic]\n{keys}", _folder.At("alembic.ini"), _ => null), "alembic", _folder.At("work")),
            name => _environment.GetValueOrDefault(name));
}

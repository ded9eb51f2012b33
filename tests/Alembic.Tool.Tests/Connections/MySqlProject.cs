using Alembic.Tests.Databases.MySql;
using Alembic.Tool.Tests.Commands;
using MySqlConnector;

namespace Alembic.Tool.Tests.Connections;

/// <summary>A project whose database is one of its own on MariaDB or MySQL.</summary>
internal sealed class MySqlProject : IDisposable
{
    private readonly string _connectionString;

    /// <param name="kind">The server: <c>mariadb</c> or <c>mysql</c>.</param>
    /// <param name="suffix">What follows the database's name in the URL.</param>
    public MySqlProject(string kind, string suffix = "")
    {
        _connectionString = MySqlServer.Of(kind).NewDatabase();
        var login = Uri.EscapeDataString(Settings.UserID)
            + (Settings.Password.Length > 0 ? ":" + Uri.EscapeDataString(Settings.Password) : "");
        var url = $"mysql+pymysql://{login}@{Settings.Server}:{Settings.Port}/{Settings.Database}{suffix}?charset=utf8mb4";
        Project.Write("alembic.ini",
            "[alembic]\nscript_location = %(here)s/alembic\nsqlalchemy.url = "
                + $"{url.Replace("%", "%%", StringComparison.Ordinal)}\n{string.Join('\n', Logging)}");
    }

    public MySqlConnectionStringBuilder Settings => new(_connectionString);

    public Project Project { get; } = new();

    private IEnumerable<string> Logging => File.ReadAllLines(Project.Path("alembic.ini")).SkipWhile(line => line != "[loggers]");

    public string Row(string sql)
    {
        using var connection = Open();
        using var command = new MySqlCommand(sql, connection);
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture)!;
    }

    public void Execute(string sql)
    {
        using var connection = Open();
        using var command = new MySqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        Project.Dispose();
        MySqlServer.Drop(_connectionString);
    }

    private MySqlConnection Open()
    {
        var connection = new MySqlConnection(_connectionString);
        connection.Open();
        return connection;
    }
}

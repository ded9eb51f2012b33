using Alembic.Tests.Databases.MySql;
using Alembic.Tool.Tests.Commands;
using MySqlConnector;

namespace Alembic.Tool.Tests.Connections;

/// <summary>A project whose database is a MariaDB database of its own.</summary>
internal sealed class MariaDbProject : IDisposable
{
    private readonly string _connectionString = MySqlServer.MariaDb.NewDatabase();

    public MariaDbProject(string suffix = "")
    {
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

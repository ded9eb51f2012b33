using Alembic.Tests.Databases.PostgreSql;
using Alembic.Tool.Tests.Commands;
using Npgsql;

namespace Alembic.Tool.Tests.Connections;

/// <summary>A project whose database is a PostgreSQL database of its own.</summary>
internal sealed class PostgreSqlProject : IDisposable
{
    public PostgreSqlProject(string suffix = "")
    {
        var builder = new UriBuilder(Url);
        builder.Password = builder.Password.Length > 0 ? builder.Password : "topsecret";
        var url = builder.Uri.AbsoluteUri + suffix;
        Project.Write("alembic.ini",
            "[alembic]\nscript_location = %(here)s/alembic\nsqlalchemy.url = "
                + $"{url.Replace("%", "%%", StringComparison.Ordinal)}\n{string.Join('\n', Logging)}");
    }

    public string Url { get; } = PostgreSqlServer.NewDatabase();

    public Project Project { get; } = new();

    private IEnumerable<string> Logging => File.ReadAllLines(Project.Path("alembic.ini")).SkipWhile(line => line != "[loggers]");

    public string Row(string sql)
    {
        using var connection = Open();
        using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture)!;
    }

    public void Execute(string sql)
    {
        using var connection = Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a statement on a connection that stays open.</summary>
    public IDisposable Hold(string sql)
    {
        var connection = Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
        return connection;
    }

    public void Dispose()
    {
        Project.Dispose();
        PostgreSqlServer.Drop(Url);
    }

    private NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection(PostgreSqlServer.ConnectionString(Url));
        connection.Open();
        return connection;
    }
}

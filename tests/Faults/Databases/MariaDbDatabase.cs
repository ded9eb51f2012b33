using System.Data.Common;
using Alembic.Tests.Databases.MySql;
using MySqlConnector;

namespace Faults.Databases;

/// <param name="url">A database that is there; without it, a new one on the tests' own server.</param>
internal sealed class MariaDbDatabase(string? url = null) : LiveDatabase
{
    private readonly MySqlConnectionStringBuilder _settings =
        new(url is null ? MySqlServer.MariaDb.NewDatabase() : MySqlServer.ConnectionString(new Uri(url)));

    public override string Url =>
        $"mariadb://{_settings.UserID}{(_settings.Password.Length > 0 ? ":" + Uri.EscapeDataString(_settings.Password) : "")}@"
        + $"{_settings.Server}:{_settings.Port}/{_settings.Database}";

    protected override string Schema =>
        """
        SELECT table_name, column_name, column_type, is_nullable FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name NOT LIKE 'alembic%'
        UNION ALL SELECT table_name, index_name, column_name, '' FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name NOT LIKE 'alembic%'
        UNION ALL SELECT table_name, constraint_name, check_clause, '' FROM information_schema.check_constraints WHERE constraint_schema = DATABASE() AND table_name NOT LIKE 'alembic%' ORDER BY 1, 2, 3
        """;

    public override DbConnection Open()
    {
        var connection = new MySqlConnection(_settings.ConnectionString);
        connection.Open();
        return connection;
    }

    public override LiveDatabase Copy()
    {
        var copy = new MariaDbDatabase();
        foreach (var table in Rows("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()").Split('\n'))
            copy.Execute(
                $"CREATE TABLE {table} LIKE {_settings.Database}.{table}; INSERT INTO {table} SELECT * FROM {_settings.Database}.{table}");
        return copy;
    }

    public override void Dispose()
    {
        if (url is null)
            MySqlServer.Drop(_settings.ConnectionString);
    }
}

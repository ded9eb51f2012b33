using System.Data.Common;
using Alembic.Tests.Databases.MySql;
using MySqlConnector;

namespace Faults.Databases;

/// <param name="server">MariaDB or MySQL.</param>
/// <param name="url">A database that is there; without it, a new one on that server.</param>
internal sealed class MySqlDatabase(MySqlServer server, string? url = null) : LiveDatabase
{
    private readonly MySqlConnectionStringBuilder _settings =
        new(url is null ? server.NewDatabase() : MySqlServer.ConnectionString(new Uri(url)));

    public MySqlServer Server => server;

    public override string Url =>
        $"{(server.IsMariaDb ? "mariadb" : "mysql")}://{_settings.UserID}{(_settings.Password.Length > 0 ? ":" + Uri.EscapeDataString(_settings.Password) : "")}@"
        + $"{_settings.Server}:{_settings.Port}/{_settings.Database}";

    protected override string Schema =>
        """
        SELECT table_name, column_name, column_type, is_nullable FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name NOT LIKE 'alembic%'
        UNION ALL SELECT table_name, index_name, column_name, '' FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name NOT LIKE 'alembic%'
        UNION ALL SELECT t.table_name, c.constraint_name, c.check_clause, '' FROM information_schema.check_constraints c
          JOIN information_schema.table_constraints t USING (constraint_schema, constraint_name)
          WHERE constraint_schema = DATABASE() AND t.table_name NOT LIKE 'alembic%' ORDER BY 1, 2, 3
        """;

    public override DbConnection Open()
    {
        var connection = new MySqlConnection(_settings.ConnectionString);
        connection.Open();
        Servers.Use(MySqlServer.NameOf(connection));
        return connection;
    }

    public override LiveDatabase Copy()
    {
        var copy = new MySqlDatabase(server);
        foreach (var table in Rows("SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()").Split('\n'))
        {
            // On MySQL, checks get other names by LIKE.
            var create = server.IsMariaDb
                ? $"CREATE TABLE {table} LIKE {_settings.Database}.{table}"
                : Rows($"SHOW CREATE TABLE {table}").Split('|', 2)[1];
            copy.Execute($"{create}; INSERT INTO {table} SELECT * FROM {_settings.Database}.{table}");
        }
        return copy;
    }

    public override void Dispose()
    {
        if (url is null)
            MySqlServer.Drop(_settings.ConnectionString);
    }
}

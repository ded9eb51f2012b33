using System.Data.Common;
using Alembic.Tests.Databases.PostgreSql;
using Npgsql;

namespace Faults.Databases;

/// <param name="url">A database that is there; without it, a new one on the tests' own server.</param>
internal class PostgreSqlDatabase(string? url = null) : LiveDatabase
{
    private readonly string _url = url ?? PostgreSqlServer.NewDatabase();

    public override string Url => _url;

    protected override string Schema =>
        """
        SELECT table_name, column_name, data_type || coalesce(character_maximum_length, 0), is_nullable FROM information_schema.columns
          WHERE table_schema = 'public' AND table_name NOT LIKE 'alembic%'
        UNION ALL SELECT tablename, indexname, indexdef, '' FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE 'alembic%'
        UNION ALL SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), '' FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text NOT LIKE 'alembic%'
        UNION ALL SELECT 'invalid', indexrelid::regclass::text, '', '' FROM pg_index WHERE NOT indisvalid ORDER BY 1, 2, 3
        """;

    public override DbConnection Open()
    {
        var connection = new NpgsqlConnection(PostgreSqlServer.ConnectionString(_url));
        connection.Open();
        Servers.Use(PostgreSqlServer.NameOf(connection));
        return connection;
    }

    public override LiveDatabase Copy()
    {
        var copy = new PostgreSqlDatabase();
        var (mine, its) = (new Uri(_url).AbsolutePath[1..], new Uri(copy._url).AbsolutePath[1..]);
        using var connection = new NpgsqlConnection(
            PostgreSqlServer.ConnectionString(new UriBuilder(_url) { Path = "postgres" }.Uri.AbsoluteUri));
        connection.Open();
        foreach (var sql in new[] { $"DROP DATABASE {its}", $"CREATE DATABASE {its} TEMPLATE {mine}" })
        {
            using var command = new NpgsqlCommand(sql, connection);
            command.ExecuteNonQuery();
        }
        return copy;
    }

    public override void Dispose()
    {
        if (url is null)
            PostgreSqlServer.Drop(_url);
    }
}

/// <summary>The same through a pooler in transaction mode, where blocks outside of a transaction are refused.</summary>
internal sealed class PooledDatabase : PostgreSqlDatabase
{
    public override string Url => PgBouncer.UrlOf(base.Url);

    public override string Head => "r3";
}

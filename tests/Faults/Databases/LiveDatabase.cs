using System.Data.Common;
using System.Globalization;
using Alembic.Tests.Databases.MySql;
using Journeys;

namespace Faults.Databases;

/// <summary>A database of its own for a test, and all that is to be seen in it.</summary>
internal abstract class LiveDatabase : IDisposable
{
    public static IReadOnlyDictionary<string, Func<LiveDatabase>> Kinds { get; } = new Dictionary<string, Func<LiveDatabase>>
    {
        ["SQLite"] = () => new SqliteFile("delete"),
        ["SQLite (WAL)"] = () => new SqliteFile("wal"),
        ["PostgreSQL"] = () => new PostgreSqlDatabase(),
        ["pgbouncer"] = () => new PooledDatabase(),
        ["MariaDB"] = () => new MySqlDatabase(MySqlServer.MariaDb),
        ["MySQL"] = () => new MySqlDatabase(MySqlServer.MySql),
    };

    /// <summary>The URL that the tool is given.</summary>
    public abstract string Url { get; }

    /// <summary>Whether the statements that change its schema commit, so that no transaction takes back what a migration did before.</summary>
    public bool CommitsDdl => this is MySqlDatabase;

    /// <summary>The last revision that can be migrated to here.</summary>
    public virtual string Head => "r4";

    /// <summary>A query for the schema, the tool's own tables left out.</summary>
    protected abstract string Schema { get; }

    public abstract DbConnection Open();

    /// <summary>Another database with the same in it.</summary>
    public abstract LiveDatabase Copy();

    public abstract void Dispose();

    /// <summary>A database of this kind that is at a revision.</summary>
    public LiveDatabase At(string revision)
    {
        Deployer.Run(Url, ["upgrade", revision]).Ok();
        return this;
    }

    /// <summary>All that a user sees: schema, rows, revision.</summary>
    public string Snapshot() =>
        string.Join('\n',
            new[]
            {
                Schema, "SELECT version_num FROM alembic_version", "SELECT id, n FROM counter", "SELECT what FROM log ORDER BY what",
                "SELECT * FROM item ORDER BY id"
            }.Select(Rows));

    public string Rows(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        List<string> rows = [];
        using var reader = command.ExecuteReader();
        while (reader.Read())
            rows.Add(string.Join('|',
                Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        return string.Join('\n', rows);
    }

    public void Execute(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

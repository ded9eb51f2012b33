using System.Data.Common;
using Alembic.Databases.Sqlite;
using Alembic.Migrations;
using Microsoft.Data.Sqlite;

namespace Alembic.Sqlite;

/// <summary>A database in memory that goes through a script as it is written.</summary>
/// <param name="texts">What it begins with: the texts of tables, indexes, triggers and views, in an order that works. Null for an empty
/// one.</param>
internal sealed class SqliteReplica(IReadOnlyList<string>? texts) : Database(new SqliteDialect(), "sqlite:///:memory:")
{
    public override bool IsReplicaWithTables => texts is not null;

    public override bool IsBusy(DbException exception) => false;

    public override IDisposable? ReadStoredTexts(DbConnection connection) => new StoredStrings((SqliteConnection)connection);

    protected override DbConnection Connect()
    {
        var connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
        connection.Open();
        // What a script attaches is a file of another machine.
        SQLitePCL.raw.sqlite3_limit(connection.Handle, SQLitePCL.raw.SQLITE_LIMIT_ATTACHED, 0);
        using var reading = ReadStoredTexts(connection);
        foreach (var text in texts ?? [])
        {
            using var command = connection.CreateCommand();
            command.CommandText = text;
            command.ExecuteNonQuery();
        }
        return connection;
    }

    /// <summary>Reads what a replica begins with from a database that is there.</summary>
    public static SqliteReplica Of(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
            + "ORDER BY CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 WHEN 'view' THEN 2 ELSE 3 END, rowid";
        using var reader = command.ExecuteReader();
        List<string> texts = [];
        while (reader.Read())
            texts.Add(reader.GetString(0));
        return new(texts);
    }
}

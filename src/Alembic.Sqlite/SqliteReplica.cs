using System.Data.Common;
using Alembic.Databases.Sqlite;
using Alembic.Migrations;
using Microsoft.Data.Sqlite;

namespace Alembic.Sqlite;

/// <summary>A database in memory that runs the statements of a script as they are written.</summary>
/// <param name="texts">Its initial objects: the texts of tables, indexes, triggers and views, in an order that works. Null for an empty
/// database.</param>
internal sealed class SqliteReplica(IReadOnlyList<string>? texts) : Database(new SqliteDialect(), "sqlite:///:memory:")
{
    public override bool IsReplicaWithTables => texts is not null;

    public override bool IsBusy(DbException exception) => false;

    public override IDisposable? ReadStoredTexts(DbConnection connection) => new StoredStrings((SqliteConnection)connection);

    protected override DbConnection Connect()
    {
        var connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
        connection.Open();
        // A script attaches a file of another machine.
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

    /// <summary>Creates a replica with the objects of an existing database.</summary>
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

using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.Sqlite;

/// <summary>Reads the structure of a database from the texts that it stores: one query, whatever the number of tables.</summary>
internal static class SqliteInspector
{
    // Shadow tables hold the data of virtual tables; nobody migrates them.
    private const string Query =
        """
        SELECT type, name, tbl_name, sql FROM sqlite_schema
        WHERE type IN ('table', 'index') AND sql IS NOT NULL
          AND tbl_name NOT IN (SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('shadow', 'virtual'))
        ORDER BY rowid
        """;

    /// <summary>Gets the tables of the connection's main database, without those of SQLite itself and of virtual tables.</summary>
    /// <param name="session">The database.</param>
    public static MetaData Inspect(IMigrationSession session) =>
        Read(session.Query(new Statement(Query))
            .Select(row => new StoredObject((string)row["type"]!, (string)row["name"]!, (string)row["tbl_name"]!, (string)row["sql"]!)));

    internal static MetaData Read(IEnumerable<StoredObject> objects)
    {
        var all = objects.Where(o => !o.TableName.StartsWith("sqlite_", StringComparison.OrdinalIgnoreCase)).ToList();
        var tables = all.Where(o => o.Type == "table").Select(o => CreateTableStatement.Parse(o.Sql)).Where(t => t.Module is null).ToList();
        var indexes = all.Where(o => o.Type == "index")
            .ToLookup(o => o.TableName, o => CreateIndexStatement.Parse(o.Sql), DdlName.Comparer);
        var reader = new SqliteTableReader(tables.ToDictionary(t => t.Name, DdlName.Comparer));
        return new MetaData([.. tables.Select(t => reader.Read(t, indexes[t.Name]))]);
    }
}

/// <summary>A row of sqlite_schema.</summary>
internal sealed record StoredObject(string Type, string Name, string TableName, string Sql);

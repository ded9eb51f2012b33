using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.MySql;

/// <summary>Reads the structure of a database from information_schema: five queries, whatever the number of tables.</summary>
internal static class MySqlInspector
{
    /// <param name="session">The database.</param>
    /// <param name="allSchemas">Whether all schemas are read.</param>
    /// <param name="schema">The schema to read instead of the connection's own; its tables do not mention it.</param>
    public static MetaData Inspect(IMigrationSession session, bool allSchemas, string? schema = null)
    {
        IReadOnlyList<IReadOnlyDictionary<string, object?>> Query(string sql) => session.Query(new Statement(sql));
        var isMariaDb = MySqlDialect.IsMariaDb(session);
        var own = schema ?? (string?)Query("SELECT DATABASE() AS name")[0]["name"];
        var reader = new MySqlTableReader(isMariaDb, own)
        {
            Columns = ByTable(Query($"SELECT * FROM information_schema.COLUMNS WHERE {In("TABLE_SCHEMA")} ORDER BY ORDINAL_POSITION")),
            Indexes =
                ByTable(Query($"SELECT * FROM information_schema.STATISTICS WHERE {In("TABLE_SCHEMA")} ORDER BY INDEX_NAME, SEQ_IN_INDEX")),
            // If one schema is read, each view is compared with it separately: MariaDB would merge a comparison of the two views, and
            // open the tables of all databases.
            ForeignKeys = ByTable(Query(
                $"""
                SELECT k.TABLE_SCHEMA, k.TABLE_NAME, k.CONSTRAINT_NAME, k.COLUMN_NAME, k.REFERENCED_TABLE_SCHEMA, k.REFERENCED_TABLE_NAME,
                  k.REFERENCED_COLUMN_NAME,
                       r.DELETE_RULE, r.UPDATE_RULE
                FROM information_schema.KEY_COLUMN_USAGE k
                JOIN information_schema.REFERENTIAL_CONSTRAINTS r
                  ON {(allSchemas ? "r.CONSTRAINT_SCHEMA = k.CONSTRAINT_SCHEMA AND " : "")}r.CONSTRAINT_NAME = k.CONSTRAINT_NAME
                    AND r.TABLE_NAME = k.TABLE_NAME
                WHERE k.REFERENCED_TABLE_NAME IS NOT NULL AND {In("k.TABLE_SCHEMA")} AND {In("r.CONSTRAINT_SCHEMA")}
                ORDER BY k.CONSTRAINT_NAME, k.ORDINAL_POSITION
                """)),
            Checks = ByTable(Query(ChecksQuery(isMariaDb))),
        };
        return new MetaData([.. Query(
            $"""
            SELECT t.TABLE_SCHEMA, t.TABLE_NAME, t.TABLE_COMMENT, t.TABLE_COLLATION, t.CREATE_OPTIONS,
                   IF(t.ENGINE = 'InnoDB' AND @@default_storage_engine = 'InnoDB', NULL, t.ENGINE) AS OWN_ENGINE,
                     NULLIF(t.TABLE_COLLATION, s.DEFAULT_COLLATION_NAME) AS OWN_COLLATION
            FROM information_schema.TABLES t JOIN information_schema.SCHEMATA s ON s.SCHEMA_NAME = t.TABLE_SCHEMA
            WHERE t.TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED') AND {In("t.TABLE_SCHEMA")} ORDER BY t.TABLE_SCHEMA, t.TABLE_NAME
            """).Select(reader.Read)]);

        string In(string column) =>
            allSchemas
            ? $"{column} NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys')"
            : $"{column} = {(schema is null ? "DATABASE()" : $"'{schema}'")}";

        // MySQL before 8.0.16 keeps no checks and has no such table.
        string ChecksQuery(bool mariaDb) => mariaDb
            ? "SELECT CONSTRAINT_SCHEMA AS TABLE_SCHEMA, TABLE_NAME, CONSTRAINT_NAME, CHECK_CLAUSE, LEVEL FROM "
                + $"information_schema.CHECK_CONSTRAINTS WHERE {In("CONSTRAINT_SCHEMA")} ORDER BY CONSTRAINT_NAME"
            : Query(
                "SELECT 1 FROM information_schema.TABLES "
                    + "WHERE TABLE_SCHEMA = 'information_schema' AND TABLE_NAME = 'CHECK_CONSTRAINTS'").Count == 0
                ? "SELECT NULL AS TABLE_SCHEMA, NULL AS TABLE_NAME FROM DUAL WHERE FALSE"
                : $"""
                SELECT t.TABLE_SCHEMA, t.TABLE_NAME, c.CONSTRAINT_NAME, c.CHECK_CLAUSE, 'Table' AS LEVEL, t.ENFORCED
                FROM information_schema.CHECK_CONSTRAINTS c
                JOIN information_schema.TABLE_CONSTRAINTS t ON t.CONSTRAINT_SCHEMA = c.CONSTRAINT_SCHEMA
                  AND t.CONSTRAINT_NAME = c.CONSTRAINT_NAME AND t.CONSTRAINT_TYPE = 'CHECK'
                WHERE {In("t.TABLE_SCHEMA")} ORDER BY c.CONSTRAINT_NAME
                """;
    }

    private static ILookup<(string, string), IReadOnlyDictionary<string, object?>> ByTable(
        IEnumerable<IReadOnlyDictionary<string, object?>> rows) =>
        rows.ToLookup(row => ((string)row["TABLE_SCHEMA"]!, (string)row["TABLE_NAME"]!));
}

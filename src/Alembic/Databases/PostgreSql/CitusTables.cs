using Alembic.Operations;

namespace Alembic.Databases.PostgreSql;

/// <summary>Finds the tables that Citus keeps on other servers, by its view <c>citus_tables</c> (since Citus 10).</summary>
internal static class CitusTables
{
    private const string Query =
        """
        SELECT t.citus_table_type AS type, t.distribution_column AS key, c.relname::text AS name, n.nspname::text AS schema_name,
            n.nspname = current_schema() AS is_here
        FROM citus_tables t JOIN pg_class c ON c.oid = t.table_name JOIN pg_namespace n ON n.oid = c.relnamespace ORDER BY 4, 3
        """;

    /// <summary>The statements that distribute the tables again, to run after the tables are created.</summary>
    /// <param name="session">The database.</param>
    /// <param name="allSchemas">Whether tables of all schemas are meant.</param>
    public static IEnumerable<UnmappedObject> Read(IMigrationSession session, bool allSchemas)
    {
        if (session.Query(new Statement("SELECT to_regclass('citus_tables') IS NOT NULL AS is_there"))[0]["is_there"] is not true)
            return [];
        var dialect = new PostgreSqlDialect();
        return from row in session.Query(new Statement(Query))
               let isHere = row["is_here"] is true
               where isHere || allSchemas
               let name = (string)row["name"]!
               let schema = isHere ? null : (string)row["schema_name"]!
               let table = dialect.Literal(dialect.Quote(schema, name))
               let distribute = (string)row["type"]! switch
               {
                   "distributed" => $"SELECT create_distributed_table({table}, {dialect.Literal((string)row["key"]!)})",
                   "reference" => $"SELECT create_reference_table({table})",
                   _ => null,
               }
               where distribute is not null
               select new UnmappedObject("distributed table", name, schema)
               {
                   Instead = [new Execute(distribute) { Undo = new Execute($"SELECT undistribute_table({table})") }],
               };
    }
}

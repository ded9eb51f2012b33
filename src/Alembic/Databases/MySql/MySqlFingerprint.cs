using Alembic.Operations;

namespace Alembic.Databases.MySql;

/// <summary>What the catalogue says of a database, without what changes with its rows.</summary>
internal static class MySqlFingerprint
{
    // What others do in other databases of the server meanwhile says nothing about the statement; what it does there itself does, and it names them.
    private const string Schemas = "SELECT schema_name AS name FROM information_schema.schemata WHERE schema_name = DATABASE() OR "
        + "(LOCATE(schema_name, @statement) > 0 AND schema_name NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys')) ORDER BY 1";

    // One by one: only for a name that is equal to a constant the server does not open all tables of all its databases.
    public static IEnumerable<Statement> Queries(IMigrationSession session, string statement) =>
        from schema in session.Query(new Statement(Schemas) { Parameters = new Dictionary<string, object?> { ["statement"] = statement } })
        from text in Texts
        select new Statement(text) { Parameters = new Dictionary<string, object?> { ["schema"] = schema["name"] } };

    private static readonly string[] Texts =
    [
        "SELECT schema_name, default_character_set_name, default_collation_name FROM information_schema.schemata WHERE schema_name = @schema",
        "SELECT table_schema, table_name, table_type, engine, table_collation, create_options, table_comment FROM information_schema.tables WHERE table_schema = @schema ORDER BY 1, 2",
        "SELECT table_schema, table_name, ordinal_position, column_name, column_default, is_nullable, column_type, collation_name, extra, column_comment, generation_expression "
            + "FROM information_schema.columns WHERE table_schema = @schema ORDER BY 1, 2, 3",
        "SELECT table_schema, table_name, index_name, seq_in_index, non_unique, column_name, collation, sub_part, index_type, index_comment "
            + "FROM information_schema.statistics WHERE table_schema = @schema ORDER BY 1, 2, 3, 4",
        "SELECT constraint_schema, table_name, constraint_name, constraint_type FROM information_schema.table_constraints WHERE table_schema = @schema ORDER BY 1, 2, 3, 4",
        "SELECT constraint_schema, constraint_name, table_name, referenced_table_name, update_rule, delete_rule "
            + "FROM information_schema.referential_constraints WHERE constraint_schema = @schema ORDER BY 1, 2, 3",
        "SELECT constraint_schema, constraint_name, check_clause FROM information_schema.check_constraints WHERE constraint_schema = @schema ORDER BY 1, 2, 3",
        "SELECT table_schema, table_name, view_definition FROM information_schema.views WHERE table_schema = @schema ORDER BY 1, 2",
        "SELECT trigger_schema, trigger_name, event_object_table, event_manipulation, action_timing, action_statement FROM information_schema.triggers WHERE event_object_schema = @schema ORDER BY 1, 2",
        "SELECT routine_schema, specific_name, routine_type, routine_definition FROM information_schema.routines WHERE routine_schema = @schema ORDER BY 1, 2, 3",
    ];
}

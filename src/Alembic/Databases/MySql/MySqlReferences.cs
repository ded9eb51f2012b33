using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.MySql;

/// <summary>Refuses foreign keys to columns that are not a key before they are sent: since 8.4, MySQL refuses them by default.</summary>
internal static class MySqlReferences
{
    private const string Keys =
        """
        SELECT GROUP_CONCAT(COLUMN_NAME ORDER BY SEQ_IN_INDEX SEPARATOR '\n') AS names FROM information_schema.STATISTICS
        WHERE TABLE_SCHEMA = COALESCE(@schema, DATABASE()) AND TABLE_NAME = @name
        GROUP BY INDEX_NAME HAVING MAX(NON_UNIQUE) = 0 AND COUNT(SUB_PART) = 0 AND COUNT(COLUMN_NAME) = COUNT(*)
        """;

    public static void Check(MySqlDialect dialect, Operation operation, IMigrationSession session)
    {
        var (table, created) = operation switch
        {
            CreateTable o => (o.Table.Schema, o.Table),
            AddColumn o => (o.Schema, new Table(o.Table, [o.Column])),
            CreateConstraint o => (o.Schema, new Table(o.Table, [o.Constraint])),
            _ => (null, null),
        };
        foreach (var key in created?.ForeignKeys ?? [])
        {
            var schema = key.ReferentSchema ?? table;
            var isOwn = operation is CreateTable && key.ReferentTable == created!.Name && schema == table;
            if ((isOwn ? Declared(created!) : Existing(dialect, session, schema, key.ReferentTable))?.Contains(Columns(key.ReferentColumns))
                != false || !IsRestricted(session))
                continue;
            var names = string.Join("', '", key.ReferentColumns);
            throw new AlembicException(
                $"Foreign key '{key.Name}' of '{created!.Name}': '{names}' of '{key.ReferentTable}' is not a key, and a foreign key of "
                    + "MySQL must point to one")
            {
                Hint = $"op.CreateUniqueConstraint(…, \"{key.ReferentTable}\", …) first; or, with the rights for it, "
                    + "op.Execute(\"SET SESSION restrict_fk_on_non_standard_key = OFF\") before it",
            };
        }
    }

    private static HashSet<string> Declared(Table table) => Set(
        [.. table.PrimaryKey is { } key ? [Columns(key.Columns)] : Array.Empty<string>(), .. table.Uniques.Select(u => Columns(u.Columns)),
            .. table.Indexes.Where(i => i.Unique && i.Columns.All(c => c.Column is not null))
                .Select(i => Columns(i.Columns.Select(c => c.Column!)))]);

    // The server reports a missing table.
    private static HashSet<string>? Existing(MySqlDialect dialect, IMigrationSession session, string? schema, string name) =>
        !dialect.HasTable(session, schema, name) ? null : Set(session.Query(new Statement(Keys)
        {
            Parameters = Parameter.Of(("schema", schema), ("name", name)),
        }).Select(row => (string)row["names"]!));

    private static bool IsRestricted(IMigrationSession session) => session.Query(
        new Statement("SHOW SESSION VARIABLES LIKE 'restrict_fk_on_non_standard_key'")) is [var row] && row["Value"] is "ON";

    private static HashSet<string> Set(IEnumerable<string> keys) => new(keys, StringComparer.OrdinalIgnoreCase);

    private static string Columns(IEnumerable<string> names) => string.Join('\n', names);
}

using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.MySql;

/// <summary>
/// Stops a script before a MODIFY or CHANGE that would remove something from a column that the migration does not mention.
/// </summary>
internal static class MySqlModifyGuard
{
    // A column of the primary key stays NOT NULL, whatever is given. COLUMN_KEY also says PRI for some others.
    private const string PrimaryKey = """
        SELECT 1 FROM information_schema.STATISTICS s
        WHERE s.TABLE_SCHEMA = c.TABLE_SCHEMA AND s.TABLE_NAME = c.TABLE_NAME AND s.COLUMN_NAME = c.COLUMN_NAME AND s.INDEX_NAME = 'PRIMARY'
        """;

    public static IEnumerable<Statement> Of(MySqlDialect dialect, AlterColumn alter, string type)
    {
        var schema = alter.Schema is null ? "DATABASE()" : dialect.Literal(alter.Schema);
        var refusal = $"The script would remove from {alter.Table}.{alter.Column}: ";
        var srid = type.Contains("SRID", StringComparison.OrdinalIgnoreCase) ? "" : ", IF(c.SRS_ID IS NOT NULL, 'its SRID', NULL)";
        var from = $"""
            FROM (SELECT CONCAT_WS(', ',
              {string.Join(",\n  ", Losses(alter, type).Select(l => $"IF({l.Condition}, {dialect.Literal(l.What)}, NULL)"))}
              /*!80003 {srid} */
              /*M!100510 , (SELECT 'its CHECK' FROM information_schema.CHECK_CONSTRAINTS k
                WHERE k.CONSTRAINT_SCHEMA = c.TABLE_SCHEMA AND k.TABLE_NAME = c.TABLE_NAME AND k.CONSTRAINT_NAME = c.COLUMN_NAME
                AND k.LEVEL = 'Column' AND k.CHECK_CLAUSE NOT LIKE 'json_valid(%') */) AS lost
            FROM information_schema.COLUMNS c
            WHERE c.TABLE_SCHEMA = {schema} AND c.TABLE_NAME = {dialect.Literal(alter.Table)}
              AND c.COLUMN_NAME = {dialect.Literal(alter.Column)}) losses
            WHERE lost <> ''
            """;
        return MySqlDialect.RefuseIf(dialect, $"CONCAT({dialect.Literal(refusal)}, lost)", from.ReplaceLineEndings("\n"))
            .Select(text => new Statement(text));
    }

    // What the alteration mentions, it changes or repeats.
    private static IEnumerable<(string Condition, string What)> Losses(AlterColumn alter, string type)
    {
        if (alter.ExistingComputed is null)
            yield return ("c.GENERATION_EXPRESSION <> ''", "its expression");
        if ((alter.Nullable ?? alter.ExistingNullable) is null)
            yield return ($"c.IS_NULLABLE = 'NO' AND COALESCE(c.GENERATION_EXPRESSION, '') = '' AND NOT EXISTS ({PrimaryKey})", "NOT NULL");
        if (alter.ServerDefault is null && alter.ExistingServerDefault is null or { Kind: ServerDefaultKind.None })
            yield return ("c.COLUMN_DEFAULT <> 'NULL'", "its DEFAULT");
        if (alter.ServerDefault is null && !MySqlDefaults.HasOnUpdate(alter.ExistingServerDefault))
            yield return ("c.EXTRA LIKE '%on update%'", "ON UPDATE");
        if (alter.Autoincrement is null)
            yield return ("c.EXTRA LIKE '%auto_increment%'", "AUTO_INCREMENT");
        if (alter.Comment is null && string.IsNullOrEmpty(alter.ExistingComment))
            yield return ("c.COLUMN_COMMENT <> ''", "its comment");
        if (alter.Collation is null && string.IsNullOrEmpty(alter.ExistingCollation) && MySqlColumnText.IsText(type)
            && !NamesCharacters(type))
        {
            const string Collation =
                "SELECT t.TABLE_COLLATION FROM information_schema.TABLES t WHERE t.TABLE_SCHEMA = c.TABLE_SCHEMA AND t.TABLE_NAME = "
                    + "c.TABLE_NAME";
            yield return ($"c.COLLATION_NAME <> ({Collation})", "its collation");
        }
        yield return ("c.EXTRA LIKE '%INVISIBLE%'", "INVISIBLE");
        yield return ("c.EXTRA LIKE '%WITHOUT SYSTEM VERSIONING%'", "WITHOUT SYSTEM VERSIONING");
        if (!type.Contains("COMPRESSED", StringComparison.OrdinalIgnoreCase))
            yield return ("c.COLUMN_TYPE LIKE '%COMPRESSED%'", "COMPRESSED");
    }

    private static bool NamesCharacters(string type) =>
        type.Contains("COLLATE", StringComparison.OrdinalIgnoreCase) || type.Contains("CHARACTER SET", StringComparison.OrdinalIgnoreCase)
        || type.Contains("CHARSET", StringComparison.OrdinalIgnoreCase);
}

namespace Alembic.Databases.Sqlite;

/// <summary>SQLite's keywords, grouped as in its grammar (parse.y).</summary>
internal static class DdlKeywords
{
    // Never a bare name. CROSS, LEFT and the other words of joins are not here: a column may be called so.
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _reserved = Set("""
        ADD ALL ALTER AND AS AUTOINCREMENT BETWEEN CASE CHECK COLLATE COMMIT CONSTRAINT CREATE DEFAULT DEFERRABLE DELETE DISTINCT DROP ELSE
        ESCAPE EXCEPT EXISTS FOREIGN FROM GROUP HAVING IN INDEX INSERT INTERSECT INTO IS ISNULL JOIN LIMIT NOT NOTHING NOTNULL NULL ON OR
        ORDER PRIMARY REFERENCES RETURNING SELECT SET TABLE THEN TO TRANSACTION UNION UNIQUE UPDATE USING VALUES WHEN WHERE
        """);

    // A bare name wherever the grammar does not expect the keyword.
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _fallback = Set("""
        ABORT ACTION AFTER ALWAYS ANALYZE ASC ATTACH BEFORE BEGIN BY CASCADE CAST COLUMN CONFLICT CROSS CURRENT CURRENT_DATE CURRENT_TIME
        CURRENT_TIMESTAMP DATABASE DEFERRED DESC DETACH DO EACH END EXCLUDE EXCLUSIVE EXPLAIN FAIL FILTER FIRST FOLLOWING FOR FULL GENERATED
        GLOB GROUPS IF IGNORE IMMEDIATE INDEXED INITIALLY INNER INSTEAD KEY LAST LEFT LIKE MATCH MATERIALIZED NATURAL NO NULLS OF OFFSET
        OTHERS OUTER OVER PARTITION PLAN PRAGMA PRECEDING QUERY RAISE RANGE RECURSIVE REGEXP REINDEX RELEASE RENAME REPLACE RESTRICT RIGHT
        ROLLBACK ROW ROWS SAVEPOINT TEMP TEMPORARY TIES TRIGGER UNBOUNDED VACUUM VIEW VIRTUAL WINDOW WITH WITHIN WITHOUT
        """);

    public static bool IsReserved(ReadOnlySpan<char> word) => _reserved.Contains(word);

    public static bool IsFallback(ReadOnlySpan<char> word) => _fallback.Contains(word);

    public static bool Contains(ReadOnlySpan<char> word) => IsReserved(word) || IsFallback(word);

    private static HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(string words) => words
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        .ToHashSet(StringComparer.OrdinalIgnoreCase)
        .GetAlternateLookup<ReadOnlySpan<char>>();
}

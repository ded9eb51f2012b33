using Alembic.Operations;

namespace Alembic.Databases.Sqlite;

internal static class SqliteStatementWords
{
    public static StatementWords Words { get; } = new()
    {
        Reads = StatementWords.Set("SELECT VALUES EXPLAIN"),
        Data = StatementWords.Set("INSERT UPDATE DELETE REPLACE WITH"),
        Session = StatementWords.Set("PRAGMA ATTACH DETACH"),
        Repeatable = StatementWords.Set("ANALYZE VACUUM REINDEX"),
        Objects = StatementWords.Set("TABLE INDEX VIEW TRIGGER"),
        LastResults = StatementWords.Set("last_insert_rowid changes total_changes"),
    };
}

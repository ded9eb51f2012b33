using Alembic.Operations;

namespace Alembic.Databases.MySql;

internal static class MySqlStatementWords
{
    public static StatementWords Words { get; } = new()
    {
        Reads = StatementWords.Set("SELECT VALUES TABLE SHOW EXPLAIN DESCRIBE DESC HELP"),
        Data = StatementWords.Set("INSERT UPDATE DELETE REPLACE WITH DO LOAD"),
        Session = StatementWords.Set("SET USE PREPARE DEALLOCATE"),
        Repeatable = StatementWords.Set("GRANT REVOKE ANALYZE OPTIMIZE CHECK REPAIR CHECKSUM FLUSH CACHE KILL COMMIT UNLOCK"),
        Objects = StatementWords.Set(
            "TABLE INDEX VIEW TRIGGER FUNCTION PROCEDURE EVENT SEQUENCE SCHEMA DATABASE PACKAGE USER ROLE SERVER TABLESPACE UNDO LOGFILE "
                + "RESOURCE SPATIAL"),
        TableChanges = StatementWords.Set(
            "ADD DROP MODIFY CHANGE ALTER RENAME COMMENT ENGINE AUTO_INCREMENT CONVERT DEFAULT CHARACTER CHARSET COLLATE ROW_FORMAT "
                + "KEY_BLOCK_SIZE FORCE ENABLE DISABLE ORDER "
            + "ALGORITHM LOCK STATS_PERSISTENT CHECKSUM AVG_ROW_LENGTH MAX_ROWS MIN_ROWS"),
        LastResults = StatementWords.Set("LAST_INSERT_ID ROW_COUNT FOUND_ROWS LASTVAL"),
        CommitSetting = "autocommit",
    };
}

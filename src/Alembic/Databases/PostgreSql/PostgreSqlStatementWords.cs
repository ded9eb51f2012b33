using Alembic.Operations;

namespace Alembic.Databases.PostgreSql;

internal static class PostgreSqlStatementWords
{
    public static StatementWords Words { get; } = new()
    {
        Reads = StatementWords.Set("SELECT VALUES TABLE SHOW EXPLAIN FETCH"),
        Data = StatementWords.Set("INSERT UPDATE DELETE MERGE WITH COPY"),
        Session = StatementWords.Set("SET RESET PREPARE DEALLOCATE LISTEN UNLISTEN LOAD DISCARD"),
        Repeatable = StatementWords.Set("GRANT REVOKE COMMENT ANALYZE VACUUM REINDEX CLUSTER REFRESH CHECKPOINT SECURITY REASSIGN NOTIFY"),
        // Not STATISTICS: they may be created without a name, and then running it again creates other ones.
        Objects = StatementWords.Set(
            "TABLE INDEX VIEW TRIGGER FUNCTION PROCEDURE ROUTINE SEQUENCE SCHEMA DATABASE TYPE DOMAIN EXTENSION AGGREGATE CAST COLLATION "
                + "CONVERSION POLICY RULE PUBLICATION "
            + "SUBSCRIPTION OPERATOR LANGUAGE ROLE USER GROUP SERVER TEXT FOREIGN ACCESS TABLESPACE TRANSFORM EVENT OWNED"),
        TableChanges = StatementWords.Set(
            "ADD DROP ALTER RENAME VALIDATE OWNER SET RESET ENABLE DISABLE FORCE NO CLUSTER REPLICA ATTACH DETACH INHERIT"),
        LastResults = StatementWords.Set("currval lastval"),
        SettingFunction = "set_config",
    };
}

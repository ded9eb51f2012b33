using Alembic.Databases.PostgreSql;
using Alembic.Operations;

namespace Alembic.Tests.Operations;

[TestClass]
public sealed class TransactionEndTests
{
    [TestMethod]
    [DataRow("COMMIT", "COMMIT")]
    [DataRow("commit; ALTER TYPE kind ADD VALUE 'b'; begin", "COMMIT")]
    [DataRow("INSERT INTO t VALUES ('a;'); /* ; */ rollback;", "ROLLBACK")]
    [DataRow("END TRANSACTION", "END")]
    [DataRow("ROLLBACK AND CHAIN", "ROLLBACK")]
    [DataRow("abort work", "ABORT")]
    [DataRow("PREPARE TRANSACTION 'x'", "PREPARE")]
    [DataRow("SAVEPOINT a; ROLLBACK TO SAVEPOINT a; RELEASE a", null)]
    [DataRow("INSERT INTO t VALUES ('; COMMIT;')", null)]
    [DataRow("DO $$ BEGIN PERFORM 1; COMMIT; END $$", null)]
    [DataRow("CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END", null)]
    [DataRow("SELECT 1 AS \"end\"; SELECT commit FROM t", null)]
    [DataRow("-- COMMIT\nSELECT 1", null)]
    [DataRow("PREPARE commits AS SELECT 1", null)]
    [DataRow("", null)]
    public void A_statement_that_ends_the_transaction_is_found(string sql, string? word) =>
        Assert.AreEqual(word, TransactionEnd.In(sql, new PostgreSqlDialect().Quotes));
}

using Alembic.Operations;

namespace Alembic.Databases.PostgreSql;

// What the journal needs to know.
public sealed partial class PostgreSqlDialect
{
    internal override StatementWords Words => PostgreSqlStatementWords.Words;

    internal override string? Fingerprint(IMigrationSession session, string statement) =>
        DigestOf(session, PostgreSqlFingerprint.Queries(QuotedText.Bare(statement, Quotes)));
}

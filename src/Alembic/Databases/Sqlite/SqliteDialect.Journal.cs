using System.Globalization;
using Alembic.Operations;

namespace Alembic.Databases.Sqlite;

// What the journal needs to know.
public sealed partial class SqliteDialect
{
    private const string Changes = "SELECT total_changes() + (SELECT schema_version FROM pragma_schema_version) AS writes";

    internal override StatementWords Words => SqliteStatementWords.Words;

    internal override string? Fingerprint(IMigrationSession session, string statement) =>
        DigestOf(session, "SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2");

    internal override decimal? Writes(IMigrationSession session) =>
        Convert.ToDecimal(session.Query(new Statement(Changes))[0]["writes"], CultureInfo.InvariantCulture);
}

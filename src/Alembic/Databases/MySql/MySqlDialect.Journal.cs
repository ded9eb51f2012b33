using System.Globalization;
using Alembic.Operations;

namespace Alembic.Databases.MySql;

// What the journal needs to know.
public sealed partial class MySqlDialect
{
    private static readonly IReadOnlySet<string> ReadingCommands = StatementWords.Set(
        "admin_commands begin change_db commit help_command kill prepare_sql dealloc_sql release_savepoint rollback "
            + "rollback_to_savepoint savepoint select set_option "
        + "stmt_close stmt_execute stmt_fetch stmt_prepare stmt_reprepare stmt_reset stmt_send_long_data");

    internal override StatementWords Words => MySqlStatementWords.Words;

    internal override string? Fingerprint(IMigrationSession session, string statement) =>
        DigestOf(MySqlFingerprint.Rows(session, statement, this));

    internal override IReadOnlySet<string> WithoutTransactions(IMigrationSession session) => MySqlTransactionless.Names(session, this);

    internal override decimal? Writes(IMigrationSession session) => session.Query(new Statement("SHOW SESSION STATUS LIKE 'Com\\_%'"))
        .Select(row => (Name: $"{row["Variable_name"]}"["Com_".Length..],
            Count: Convert.ToDecimal(row["Value"], CultureInfo.InvariantCulture)))
        .Where(command => !ReadingCommands.Contains(command.Name) && !command.Name.StartsWith("show_", StringComparison.OrdinalIgnoreCase))
        .Sum(command => command.Count);
}

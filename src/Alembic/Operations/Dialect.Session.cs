using System.Security.Cryptography;
using System.Text;
using Alembic.Schema;

namespace Alembic.Operations;

/// <content>Queries of a dialect to the database.</content>
public abstract partial class Dialect
{
    /// <summary>The statement that runs the checks which are deferred to the commit; null if there are none.</summary>
    internal virtual string? CheckDeferred => null;

    /// <summary>Creates the lock that excludes other runs during a migration.</summary>
    internal abstract MigrationLock Lock(LockScope scope);

    /// <summary>
    /// Gets a digest of the schema: if it changes, the statement was executed. Null if the dialect has none.
    /// </summary>
    /// <param name="session">The database.</param>
    /// <param name="statement">The statement. On a server with several databases, the digest covers those that it may change.</param>
    internal virtual string? Fingerprint(IMigrationSession session, string statement) => null;

    /// <summary>The meaning of words in statements.</summary>
    internal virtual StatementWords Words { get; } = new();

    /// <summary>
    /// Gets the tables whose rows cannot be rolled back, and the objects that write to them: views, tables with triggers, routines.
    /// </summary>
    /// <param name="session">The database.</param>
    internal virtual IReadOnlySet<string> WithoutTransactions(IMigrationSession session) => StatementWords.Set("");

    /// <summary>Gets a number that changes if the connection wrote something; null if the database has none.</summary>
    /// <param name="session">The database.</param>
    internal virtual decimal? Writes(IMigrationSession session) => null;

    /// <summary>Called before a statement that runs outside of a transaction, and before each retry.</summary>
    /// <param name="session">The database.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="isRepeatable">Whether it is retried if it gets no lock.</param>
    internal virtual void BeforeAlone(IMigrationSession session, string statement, bool isRepeatable)
    {
    }

    /// <summary>Gets a digest of the rows of some queries.</summary>
    /// <param name="session">The database.</param>
    /// <param name="queries">The queries; their order and that of their rows count.</param>
    protected static string DigestOf(IMigrationSession session, params IEnumerable<string> queries) =>
        DigestOf(session, queries.Select(text => new Statement(text)));

    /// <inheritdoc cref="DigestOf(IMigrationSession, IEnumerable{string})"/>
    protected static string DigestOf(IMigrationSession session, IEnumerable<Statement> queries)
    {
        var rows = queries.SelectMany(session.Query).Select(row => string.Join('\u001f', row.Values));
        return DigestOf(rows);
    }

    internal static string DigestOf(IEnumerable<string> rows) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001e', rows))));

    /// <summary>Tells why the database is read-only, as far as that is known without writing; null if it is not.</summary>
    /// <param name="session">The database, outside of a transaction.</param>
    internal abstract string? WhyReadOnly(IMigrationSession session);

    /// <summary>Gets the product that only speaks this database's protocol, if it lacks something; null for the database itself.</summary>
    /// <param name="session">The database, outside of a transaction.</param>
    internal virtual ForeignProduct? Product(IMigrationSession session) => null;

    /// <summary>The SQL expression for the database's current time in UTC.</summary>
    internal abstract string UtcNow { get; }

    /// <summary>Tells whether a table exists.</summary>
    /// <param name="session">The database.</param>
    /// <param name="schema">The table's schema, or null for the connection's own.</param>
    /// <param name="table">The table's name.</param>
    internal abstract bool HasTable(IMigrationSession session, string? schema, string table);

    /// <summary>The type of a column for texts of any length.</summary>
    internal virtual SqlType LongText => SqlType.Text;

    /// <summary>Gets the statement that widens a text column to any length; null if it already holds that.</summary>
    internal virtual Statement? ToLongText(IMigrationSession session, string? schema, string table, string column) => null;

    /// <summary>Returns the schema of unqualified names on this connection; null if the database has only one.</summary>
    /// <param name="session">The database.</param>
    internal abstract string? CurrentSchema(IMigrationSession session);

    /// <summary>Writes a statement that creates a schema if it is missing; null if a schema is a database or a file.</summary>
    /// <param name="schema">The schema.</param>
    internal abstract string? EnsureSchemaText(string schema);

    /// <summary>Saves the session settings that the user's SQL may change.</summary>
    /// <param name="session">The database.</param>
    /// <returns>An action that restores them, or null if there are none.</returns>
    internal virtual Action? KeepState(IMigrationSession session) => null;

    /// <summary>Returns how many characters a text column holds; null for any number.</summary>
    /// <param name="session">The database.</param>
    /// <param name="schema">The table's schema, or null for the connection's own.</param>
    /// <param name="table">The table.</param>
    /// <param name="column">The column.</param>
    internal int? TextLength(IMigrationSession session, string? schema, string table, string column)
    {
        if ((schema ?? CurrentSchema(session)) is not { } home)
            return null;
        var query = new Statement(
            "SELECT CHARACTER_MAXIMUM_LENGTH AS length FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = @home AND TABLE_NAME = "
                + "@table AND COLUMN_NAME = @column")
        {
            Parameters = Parameter.Of(("home", home), ("table", table), ("column", column)),
        };
        return session.Query(query) is [var row, ..] && row["length"] is { } length
            && Convert.ToInt64(length, null) is > 0 and < int.MaxValue and var found ? (int)found : null;
    }

    /// <summary>Reads the schema of the database, with a constant number of queries, whatever its size.</summary>
    /// <param name="session">The database.</param>
    /// <param name="allSchemas">Whether all schemas are read, not just the connection's own.</param>
    internal abstract MetaData Inspect(IMigrationSession session, bool allSchemas);

    /// <summary>Reads the objects of the database that <see cref="Inspect"/> does not return.</summary>
    /// <param name="session">The database.</param>
    /// <param name="inspected">The result of <see cref="Inspect"/>.</param>
    /// <param name="allSchemas">Whether all schemas are read.</param>
    internal abstract IReadOnlyList<UnmappedObject> UnmappedObjects(IMigrationSession session, MetaData inspected, bool allSchemas);

    /// <summary>
    /// Gets tables as the database spells them: creates them in a scratch place, reads them back and drops them. Omits tables that cannot
    /// be created.
    /// </summary>
    /// <param name="session">The database.</param>
    /// <param name="tables">Tables of different names, in no schema, without keys.</param>
    internal virtual IReadOnlyList<Table> RoundTrip(IMigrationSession session, IReadOnlyList<Table> tables) => [];

    /// <summary>
    /// Tells whether the user's SQL may delete rows, so that a backup is taken first. Used only for databases that are files.
    /// </summary>
    /// <param name="sql">One statement, or several.</param>
    internal virtual bool MayLoseRows(string sql) => true;

    /// <summary>Refuses SQL that the user wrote if the run could not continue after it.</summary>
    /// <param name="sql">One statement, or several.</param>
    internal virtual void CheckUserSql(string sql)
    {
    }

    /// <summary>Called before the user's own SQL runs.</summary>
    /// <param name="session">The session that it will run in.</param>
    internal virtual void BeforeUserSql(IMigrationSession session)
    {
    }
}

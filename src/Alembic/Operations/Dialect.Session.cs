using System.Security.Cryptography;
using System.Text;
using Alembic.Schema;

namespace Alembic.Operations;

/// <content>What a dialect asks the database itself.</content>
public abstract partial class Dialect
{
    /// <summary>The statement that checks what else would be checked when the transaction commits; null where nothing is.</summary>
    internal virtual string? CheckDeferred => null;

    /// <summary>What keeps other runs away while one migrates.</summary>
    internal abstract MigrationLock Lock(LockScope scope);

    /// <summary>
    /// A digest of the schema: another one after a statement says that it was carried out. Null where the database has no such thing.
    /// </summary>
    /// <param name="session">The database.</param>
    /// <param name="statement">The statement: of a server with several databases, those that it may change count.</param>
    internal virtual string? Fingerprint(IMigrationSession session, string statement) => null;

    /// <summary>What the words of statements mean.</summary>
    internal virtual StatementWords Words { get; } = new();

    /// <summary>
    /// The tables whose rows no transaction takes back, and what writes to them by itself: views, tables with triggers, routines.
    /// </summary>
    /// <param name="session">The database.</param>
    internal virtual IReadOnlySet<string> WithoutTransactions(IMigrationSession session) => StatementWords.Set("");

    /// <summary>A number that is another one after the connection wrote something; null where the database does not tell.</summary>
    /// <param name="session">The database.</param>
    internal virtual decimal? Writes(IMigrationSession session) => null;

    /// <summary>Called before a statement that is to run outside of a transaction, also before it is tried again.</summary>
    /// <param name="session">The database.</param>
    /// <param name="statement">The statement.</param>
    /// <param name="isRepeatable">Whether it is tried again if it gets no lock.</param>
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

    /// <summary>Why nothing can be written, as far as that can be known before it is tried; null where it can.</summary>
    /// <param name="session">The database, outside of a transaction.</param>
    internal abstract string? WhyReadOnly(IMigrationSession session);

    /// <summary>The product that only speaks this database's language, if it lacks something; null for the database itself.</summary>
    /// <param name="session">The database, outside of a transaction.</param>
    internal virtual ForeignProduct? Product(IMigrationSession session) => null;

    /// <summary>What the database's own clock says, in UTC, as an expression.</summary>
    internal abstract string UtcNow { get; }

    /// <summary>Tells whether there is a table.</summary>
    /// <param name="session">The database.</param>
    /// <param name="schema">The table's schema, or null for the connection's own.</param>
    /// <param name="table">The table's name.</param>
    internal abstract bool HasTable(IMigrationSession session, string? schema, string table);

    /// <summary>The type of a column that holds a text of any length.</summary>
    internal virtual SqlType LongText => SqlType.Text;

    /// <summary>Makes an existing column of text hold any length; null where it does.</summary>
    internal virtual Statement? ToLongText(IMigrationSession session, string? schema, string table, string column) => null;

    /// <summary>Returns the schema that a name without one means on this connection; null if the database has only one.</summary>
    /// <param name="session">The database.</param>
    internal abstract string? CurrentSchema(IMigrationSession session);

    /// <summary>Writes a statement that creates a schema unless it is there; null where a schema is a database or a file.</summary>
    /// <param name="schema">The schema.</param>
    internal abstract string? EnsureSchemaText(string schema);

    /// <summary>Remembers the settings of the session that SQL of the user may change.</summary>
    /// <param name="session">The database.</param>
    /// <returns>An action that puts them back, or null if there are none.</returns>
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

    /// <summary>What the database looks like; a constant number of queries, whatever its size.</summary>
    /// <param name="session">The database.</param>
    /// <param name="allSchemas">Whether all schemas are read, not just the connection's own.</param>
    internal abstract MetaData Inspect(IMigrationSession session, bool allSchemas);

    /// <summary>What the database has that <see cref="Inspect"/> does not tell.</summary>
    /// <param name="session">The database.</param>
    /// <param name="inspected">What <see cref="Inspect"/> told.</param>
    /// <param name="allSchemas">Whether all schemas are read.</param>
    internal abstract IReadOnlyList<UnmappedObject> UnmappedObjects(IMigrationSession session, MetaData inspected, bool allSchemas);

    /// <summary>
    /// Tables as the database spells them: made in a scratch place, read back and gone again. One that cannot be made is left out.
    /// </summary>
    /// <param name="session">The database.</param>
    /// <param name="tables">Tables of different names, in no schema, without keys.</param>
    internal virtual IReadOnlyList<Table> RoundTrip(IMigrationSession session, IReadOnlyList<Table> tables) => [];

    /// <summary>
    /// Tells whether SQL that the user wrote may delete rows, so that the database is copied before: asked only of one that is a file.
    /// </summary>
    /// <param name="sql">One statement, or several.</param>
    internal virtual bool MayLoseRows(string sql) => true;

    /// <summary>Called before SQL that the user wrote runs past the operations.</summary>
    /// <param name="session">The session that it will run in.</param>
    internal virtual void BeforeUserSql(IMigrationSession session)
    {
    }
}

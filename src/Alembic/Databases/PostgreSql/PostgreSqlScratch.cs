using System.Data.Common;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.PostgreSql;

/// <summary>
/// Tables as the server spells them. They are created as temporary ones, which nobody else sees and which end with the connection, in a
/// transaction that is rolled back.
/// </summary>
internal static class PostgreSqlScratch
{
    // Each table holds a few locks until the rollback, and the server has some thousands for everybody.
    private const int AtOnce = 500;

    public static IReadOnlyList<Table> Read(IMigrationSession session, IReadOnlyList<Table> tables, PostgreSqlDialect dialect) =>
        [.. tables.Chunk(AtOnce).SelectMany(chunk => RolledBack(session, () => CreateAndRead(session, chunk, dialect)) ?? [])];

    /// <summary>Reads something within a transaction, or a savepoint, that is rolled back; null if the database refuses.</summary>
    public static T? RolledBack<T>(IMigrationSession session, Func<T> read)
    {
        var (begin, end) = session.Transaction is null
            ? ("BEGIN", "ROLLBACK")
            : ("SAVEPOINT alembic_scratch", "ROLLBACK TO SAVEPOINT alembic_scratch; RELEASE SAVEPOINT alembic_scratch");
        session.Query(new Statement(begin));
        try
        {
            return read();
        }
        catch (DbException)
        {
            // The user may not create temporary tables.
            return default;
        }
        finally
        {
            session.Query(new Statement(end));
        }
    }

    private static IReadOnlyList<Table> CreateAndRead(IMigrationSession session, IReadOnlyList<Table> tables, PostgreSqlDialect dialect)
    {
        var enums = tables.SelectMany(t => t.Columns).Select(c => c.Type.EnumType).OfType<SqlType>().Where(t => t.Schema is null)
            .DistinctBy(t => t.Name)
            .Select(t => (t.Name!,
                (IEnumerable<string>)[
                    $"CREATE TYPE pg_temp.{dialect.Quote(t.Name!)} AS ENUM ({PostgreSqlEnums.Values(t.Values, dialect)})"]));
        Run(session, dialect, enums.Concat(tables.Select(t => (t.Name, Texts(t with { Schema = "pg_temp" }, dialect)))));
        return PostgreSqlInspector.Inspect(session, allSchemas: false).Tables;
    }

    /// <summary>
    /// Runs the statements of each thing, all or none; errors are kept in the setting <c>alembic.errors</c>, as name, character 2,
    /// message, character 1.
    /// </summary>
    public static void Run(IMigrationSession session, PostgreSqlDialect dialect,
        IEnumerable<(string Name, IEnumerable<string> Texts)> things)
    {
        // Other names are resolved as usual.
        const string First =
            "SELECT set_config('search_path', concat_ws(', ', 'pg_temp', NULLIF(current_setting('search_path'), '')), true), "
                + "set_config('alembic.errors', '', true)";
        var body = string.Concat(things.Select(t => Attempt(t.Name, t.Texts, dialect)));
        session.Query(new Statement($"{First}; DO {dialect.Literal($"BEGIN\n{body}END")}"));
    }

    private static IEnumerable<string> Texts(Table table, PostgreSqlDialect dialect) =>
        [dialect.CreateTableText(table, ifNotExists: false),
            .. table.Indexes.Select(i => dialect.CreateIndexText(new CreateIndex(table.Name, i, table.Schema)))];

    // Statements that use a missing object must not spoil the others.
    private static string Attempt(string name, IEnumerable<string> texts, PostgreSqlDialect dialect) =>
        $"BEGIN {string.Concat(texts.Select(text => $"EXECUTE {dialect.Literal(text)}; "))}EXCEPTION WHEN OTHERS THEN "
        + $"PERFORM set_config('alembic.errors', current_setting('alembic.errors') || {dialect.Literal(name)} || chr(2) || SQLERRM || "
        + "chr(1), true); END;\n";
}

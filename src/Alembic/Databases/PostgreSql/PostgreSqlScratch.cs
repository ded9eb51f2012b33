using System.Data.Common;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.PostgreSql;

/// <summary>
/// Tables as the server spells them: made as temporary ones, which nobody else sees and which end with the connection, in a transaction that is rolled back.
/// </summary>
internal static class PostgreSqlScratch
{
    // Each table holds a few locks until the rollback, and the server has some thousands for everybody.
    private const int AtOnce = 500;

    public static IReadOnlyList<Table> Read(IMigrationSession session, IReadOnlyList<Table> tables, PostgreSqlDialect dialect) =>
        [.. tables.Chunk(AtOnce).SelectMany(chunk => RolledBack(session, () => Make(session, chunk, dialect)))];

    // Without the right to make temporary tables there are none to be read.
    private static IReadOnlyList<Table> RolledBack(IMigrationSession session, Func<IReadOnlyList<Table>> read)
    {
        var (begin, end) = session.Transaction is null ? ("BEGIN", "ROLLBACK") : ("SAVEPOINT alembic_scratch", "ROLLBACK TO SAVEPOINT alembic_scratch; RELEASE SAVEPOINT alembic_scratch");
        session.Query(new Statement(begin));
        try
        {
            return read();
        }
        catch (DbException)
        {
            return [];
        }
        finally
        {
            session.Query(new Statement(end));
        }
    }

    private static IReadOnlyList<Table> Make(IMigrationSession session, IReadOnlyList<Table> tables, PostgreSqlDialect dialect)
    {
        // Everything else is looked for where it always is.
        const string First = "SELECT set_config('search_path', concat_ws(', ', 'pg_temp', NULLIF(current_setting('search_path'), '')), true)";
        var enums = tables.SelectMany(t => t.Columns).Select(c => c.Type.EnumType).OfType<SqlType>().Where(t => t.Schema is null).DistinctBy(t => t.Name)
            .Select(t => Attempt([$"CREATE TYPE pg_temp.{dialect.Quote(t.Name!)} AS ENUM ({PostgreSqlEnums.Values(t.Values, dialect)})"], dialect));
        var body = string.Concat(enums.Concat(tables.Select(t => Attempt(Texts(t with { Schema = "pg_temp" }, dialect), dialect))));
        session.Query(new Statement($"{First}; DO {dialect.Literal($"BEGIN\n{body}END")}"));
        return PostgreSqlInspector.Inspect(session, allSchemas: false).Tables;
    }

    private static IEnumerable<string> Texts(Table table, PostgreSqlDialect dialect) =>
        [dialect.CreateTableText(table, ifNotExists: false), .. table.Indexes.Select(i => dialect.CreateIndexText(new CreateIndex(table.Name, i, table.Schema)))];

    // One that uses what is not there yet must not spoil the others.
    private static string Attempt(IEnumerable<string> texts, PostgreSqlDialect dialect) =>
        $"BEGIN {string.Concat(texts.Select(text => $"EXECUTE {dialect.Literal(text)}; "))}EXCEPTION WHEN OTHERS THEN NULL; END;\n";
}

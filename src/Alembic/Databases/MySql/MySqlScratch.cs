using System.Data.Common;
using System.Globalization;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.MySql;

/// <summary>
/// Tables as the server spells them. They are created in a scratch database named after the connection, which holds a lock of that name
/// while it is in use. If a run is killed, the next one recognizes its database by the free lock, and drops it.
/// </summary>
internal static class MySqlScratch
{
    private const string Prefix = "alembic_scratch_";

    private const string InMemory = " ENGINE=MEMORY";

    private static readonly HashSet<string> InMemoryTypes =
        ["TINYINT", "SMALLINT", "MEDIUMINT", "INT", "INTEGER", "BIGINT", "BOOL", "BOOLEAN", "NUMERIC", "DECIMAL", "FLOAT", "DOUBLE", "CHAR",
            "VARCHAR", "DATE", "DATETIME", "TIMESTAMP", "TIME", "YEAR", "ENUM", "SET"];

    private const string Situation =
        """
        SELECT CONNECTION_ID() AS id, @@character_set_database AS charset, @@collation_database AS collation,
            (SELECT GROUP_CONCAT(SCHEMA_NAME) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME REGEXP '^alembic_scratch_[0-9]+$'
              AND IS_FREE_LOCK(SCHEMA_NAME) = 1) AS leftovers
        """;

    public static IReadOnlyList<Table> Read(IMigrationSession session, IReadOnlyList<Table> tables, MySqlDialect dialect)
    {
        void Run(string sql) => session.Query(new Statement(sql));
        var name = "";
        try
        {
            var now = session.Query(new Statement(Situation))[0];
            foreach (var leftover in (now["leftovers"] as string)?.Split(',') ?? [])
                Run($"DROP DATABASE IF EXISTS {leftover}");
            var scratch = Prefix + Convert.ToString(now["id"], CultureInfo.InvariantCulture);
            Run($"SELECT GET_LOCK('{scratch}', 0)");
            name = scratch;
            Run($"CREATE DATABASE {scratch} CHARACTER SET {now["charset"]} COLLATE {now["collation"]}");
            Create([.. tables.Select(t => Texts(t with { Schema = scratch }, dialect))], Run);
            return MySqlInspector.Inspect(session, allSchemas: false, scratch).Tables;
        }
        catch (DbException)
        {
            // The user may not create a database.
            return MySqlTemporaryTable.RoundTrip(session, tables, dialect);
        }
        finally
        {
            if (name.Length > 0)
                Leave(name, Run);
        }
    }

    private static void Create(IReadOnlyList<IReadOnlyList<string>> tables, Action<string> run)
    {
        bool Runs(IEnumerable<string> texts)
        {
            try
            {
                run(string.Join(";\n", texts));
                return true;
            }
            catch (DbException)
            {
                return false;
            }
        }
        // What follows a failed statement is not run, so each statement runs by itself then. Those that have already run fail too.
        if (Runs(tables.SelectMany(t => t)))
            return;
        foreach (var text in tables.SelectMany(t => t))
            if (!Runs([text]) && text.EndsWith(InMemory, StringComparison.Ordinal))
                Runs([text[..^InMemory.Length]]);
    }

    private static void Leave(string name, Action<string> run)
    {
        try
        {
            run($"DROP DATABASE IF EXISTS {name}");
        }
        catch (DbException)
        {
            // A user who may not create it may not drop it either.
        }
        finally
        {
            run($"SELECT RELEASE_LOCK('{name}')");
        }
    }

    // A column that numbers itself would have to be a key. A table without files is created and dropped in a fraction of the time, and
    // spells the same, except for the order of an index.
    private static IReadOnlyList<string> Texts(Table table, MySqlDialect dialect) =>
        [dialect.CreateTableText(table with { Items = [.. table.Items.Select(i => i is Column c ? c with { Identity = null } : i)] },
            ifNotExists: false)
            + (!table.Indexes.Any() && table.Columns.All(c => FitsInMemory(c, dialect)) ? InMemory : ""),
            .. table.Indexes.Select(i => dialect.CreateIndexText(new CreateIndex(table.Name, i, table.Schema))),
            .. table.Checks.Any() && dialect.Name == "mysql" ? [Altered(table, dialect)] : Array.Empty<string>()];

    // MySQL keeps a check as written until any change of the table: then 10 * 1024 becomes 10240.
    private static string Altered(Table table, MySqlDialect dialect) =>
        $"ALTER TABLE {dialect.Quote(table.Schema, table.Name)} COMMENT 'altered'";

    // MySQL's tables in memory accept no expression as a default, not even a literal in parentheses.
    private static bool FitsInMemory(Column column, MySqlDialect dialect) =>
        column.Computed is null && InMemoryTypes.Contains(dialect.TypeName(column.Type).Split('(', ' ')[0].ToUpperInvariant())
        && !(column.ServerDefault is { Kind: ServerDefaultKind.Sql } value && dialect.DefaultText(value).StartsWith('('));
}

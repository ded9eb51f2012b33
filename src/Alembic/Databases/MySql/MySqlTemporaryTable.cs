using System.Data.Common;
using Alembic.Operations;
using Alembic.Schema;
using Row = System.Collections.Generic.Dictionary<string, object?>;

namespace Alembic.Databases.MySql;

/// <summary>
/// A table created as a temporary one: no other session sees it, it ends no transaction, and its user does not need the right to create
/// databases. SHOW displays it, information_schema does not.
/// </summary>
internal static class MySqlTemporaryTable
{
    /// <summary>Gives what is read of a table, by its quoted name, while it exists; null if it cannot be created.</summary>
    public static T? Use<T>(Table table, MySqlDialect dialect, IMigrationSession session, Func<string, T> read)
        where T : class
    {
        var name = dialect.Quote(table.Schema, table.Name);
        var isThere = false;
        try
        {
            foreach (var statement in new CreateTable(table).Statements(dialect))
            {
                var text = statement.Text.StartsWith("CREATE TABLE", StringComparison.Ordinal)
                    ? "CREATE TEMPORARY" + statement.Text["CREATE".Length..]
                    : statement.Text;
                session.Query(statement with { Text = text });
                isThere = true;
            }
            return read(name);
        }
        catch (DbException)
        {
            return null;
        }
        finally
        {
            if (isThere)
                session.Query(new Statement($"DROP TEMPORARY TABLE {name}"));
        }
    }

    /// <summary>
    /// Tables with their columns as the server spells them. Columns that are computed or have a check are left out: SHOW prints their
    /// expressions differently from information_schema.
    /// </summary>
    public static IReadOnlyList<Table> RoundTrip(IMigrationSession session, IReadOnlyList<Table> tables, MySqlDialect dialect)
    {
        var usual = session.Query(new Statement("SELECT @@collation_database AS collation"))[0]["collation"];
        return [.. tables.Select(OfColumns).Select(t => Use(t, dialect, session, name => Read(t, name))).OfType<Table>()];

        Table Read(Table table, string name)
        {
            var text = MySqlShown.Table(name, session);
            var columns = session.Query(new Statement($"SHOW FULL COLUMNS FROM {name}"))
                .Select(row => RowOf(row, MySqlColumnText.Find(text, MySqlShown.Text(row["Field"]))!, dialect)).OfType<Row>();
            // SHOW CREATE TABLE spells defaults as SQL on both servers, information_schema only on MariaDB.
            var reader = new MySqlTableReader(isMariaDb: true, own: "")
            {
                Columns = Rows(columns), Indexes = Rows([]), ForeignKeys = Rows([]), Checks = Rows([]),
            };
            return reader.Read(
                new Row { ["TABLE_NAME"] = table.Name, ["TABLE_COLLATION"] = table.Options["mysql_collate"] ?? usual });

            ILookup<(string, string), IReadOnlyDictionary<string, object?>> Rows(IEnumerable<Row> rows) =>
                rows.ToLookup(_ => ("", table.Name), IReadOnlyDictionary<string, object?> (row) => row);
        }
    }

    private static Table OfColumns(Table table) =>
        table with { Schema = null, Items = [.. table.Columns.Select(c => c with { Identity = null })] };

    // As information_schema would give it. MySQL shows bytes as text there, which they may not be.
    private static Row? RowOf(IReadOnlyDictionary<string, object?> shown, MySqlColumnText text, MySqlDialect dialect) =>
        text.Clauses.Any(c => c.Word is "CHECK" or "AS" or "GENERATED")
            || (dialect.Name == "mysql" && text.Type.Contains("BINARY", StringComparison.OrdinalIgnoreCase))
        ? null
        : new Row
        {
            ["COLUMN_NAME"] = shown["Field"], ["COLUMN_TYPE"] = shown["Type"], ["IS_NULLABLE"] = shown["Null"],
            ["COLLATION_NAME"] = shown["Collation"], ["EXTRA"] = shown["Extra"],
            ["COLUMN_DEFAULT"] = text.Clauses.FirstOrDefault(c => c.Word == "DEFAULT").Text is { } value
                ? MySqlExpressionText.Plain(value["DEFAULT".Length..].Trim())
                : null,
        };
}

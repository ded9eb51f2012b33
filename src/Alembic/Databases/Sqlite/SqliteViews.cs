using System.Data.Common;
using Alembic.Operations;

namespace Alembic.Databases.Sqlite;

/// <summary>Views that select from what is not there. SQLite keeps them, but renames nothing while there is one.</summary>
internal static class SqliteViews
{
    /// <summary>Tells whether a view finds what it selects from.</summary>
    public static bool Works(Dialect dialect, IMigrationSession session, string? schema, string view)
    {
        try
        {
            session.Query(new Statement($"SELECT * FROM {dialect.Quote(schema, view)} LIMIT 0"));
            return true;
        }
        catch (DbException)
        {
            return false;
        }
    }

    /// <summary>The views of columns, those of views among them: they keep a column from being dropped, and lose a table.</summary>
    public static ILookup<ColumnName, ColumnUser> Users(Dialect dialect, IMigrationSession session, IReadOnlyList<ColumnName> columns)
    {
        var views = session.Query(new Statement("SELECT name, sql FROM sqlite_schema WHERE type = 'view' ORDER BY rowid"))
            .Select(row => new ViewText((string)row["name"]!, DdlIdentifiers.In((string)row["sql"]!))).ToList();
        return ViewText.Users(views, columns, (view, column) => new ColumnUser($"view {dialect.Quote(view.Name)}", StepsAside: false)
        {
            TakesAnyType = true, Breaks = column.Name == ColumnName.Any, TakesAnyName = true,
        });
    }

    /// <summary>The statements that rename; views that do not work, with their triggers, step aside and come back as they were.</summary>
    public static IEnumerable<Statement> Around(Dialect dialect, IMigrationSession session, string? schema, IEnumerable<Statement> renames)
    {
        // Without a transaction a view could be lost on the way.
        var broken = session.IsOffline || session.Transaction is null ? [] : Broken(dialect, session, schema);
        foreach (var (view, _) in broken)
            yield return new Statement($"DROP VIEW {dialect.Quote(schema, view)}");
        foreach (var rename in renames)
            yield return rename;
        foreach (var text in broken.SelectMany(b => b.Texts))
            yield return new Statement(text);
    }

    private static List<(string View, IEnumerable<string> Texts)> Broken(Dialect dialect, IMigrationSession session, string? schema)
    {
        var rows = session.Query(new Statement(
            $"SELECT type, name, tbl_name, sql FROM {dialect.Quote(schema, "sqlite_schema")} WHERE type IN ('view', 'trigger') ORDER BY "
                + "type DESC, rowid"));
        var texts = rows.ToLookup(row => (string)row["tbl_name"]!,
            row => StoredTable.Qualified((string)row["sql"]!, ((string)row["type"]!).ToUpperInvariant(), schema, dialect));
        return [.. rows.Where(row => (string)row["type"]! == "view").Select(row => (string)row["name"]!)
            .Where(view => !Works(dialect, session, schema, view)).Select(view => (view, texts[view]))];
    }
}

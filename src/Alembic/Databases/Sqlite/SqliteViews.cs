using System.Data.Common;
using Alembic.Operations;

namespace Alembic.Databases.Sqlite;

/// <summary>Finds views, and the views and triggers that name missing objects: SQLite keeps these, and fails over them later.</summary>
internal static class SqliteViews
{
    private const string Trial = "alembic_trial";
    private const string Attempt = "alembic_attempt";

    /// <summary>Tells whether everything that a view selects from exists.</summary>
    /// <param name="dialect">The dialect.</param>
    /// <param name="session">The database.</param>
    /// <param name="schema">The view's schema.</param>
    /// <param name="view">Its name.</param>
    /// <param name="hasStrings">Whether "text" is a string if no such column exists.</param>
    public static bool Works(Dialect dialect, IMigrationSession session, string? schema, string view, bool hasStrings)
    {
        try
        {
            session.Query(new Statement($"SELECT * FROM {dialect.Quote(schema, view)} LIMIT 0") { ReadsStoredTexts = hasStrings });
            return true;
        }
        catch (DbException)
        {
            return false;
        }
    }

    /// <summary>
    /// The views that use columns, also through other views: they prevent dropping a column, and break when their table is dropped.
    /// </summary>
    public static ILookup<ColumnName, ColumnUser> Users(Dialect dialect, IMigrationSession session, IReadOnlyList<ColumnName> columns)
    {
        var views = session.Query(new Statement("SELECT name, sql FROM sqlite_schema WHERE type = 'view' ORDER BY rowid"))
            .Select(row => new ViewText((string)row["name"]!, DdlIdentifiers.In((string)row["sql"]!))).ToList();
        return ViewText.Users(views, columns, (view, column) => new ColumnUser($"view {dialect.Quote(view.Name)}", StepsAside: false)
        {
            TakesAnyType = true, Breaks = column.Name == ColumnName.Any, TakesAnyName = true,
        });
    }

    /// <summary>
    /// The statements that rename. SQLite renames nothing while a view or a trigger names a missing object: these are dropped and
    /// recreated unchanged.
    /// </summary>
    /// <param name="dialect">The dialect.</param>
    /// <param name="session">The database.</param>
    /// <param name="schema">The schema of what is renamed.</param>
    /// <param name="renames">The statements that rename.</param>
    /// <param name="table">A table's old name and its new one; null if columns are renamed.</param>
    public static IEnumerable<Statement> Around(
        Dialect dialect, IMigrationSession session, string? schema, IEnumerable<Statement> renames, (string From, string To)? table = null)
    {
        IReadOnlyList<Statement> all = [.. renames.Select(rename => rename with { ReadsStoredTexts = true })];
        // Without a transaction, an interrupted run could lose a view.
        var aside = session.IsOffline || session.Transaction is null || all.Count == 0 ? [] : InTheWay(dialect, session, schema, all);
        foreach (var broken in aside)
            yield return broken.Drop;
        foreach (var rename in all)
            yield return rename;
        foreach (var (of, text) in aside.SelectMany(broken => broken.Texts))
            yield return new Statement(DdlName.Comparer.Equals(of, table?.From) ? On(dialect.Quote(table!.Value.To), text) : text);
    }

    private static string On(string table, string trigger)
    {
        var tokens = DdlTokenizer.Tokenize(trigger);
        var name = tokens.Where(t => !t.IsTrivia).SkipWhile(t => !t.Is("ON")).ElementAt(1);
        return DdlEdit.Apply(trigger, [DdlEdit.Between(tokens, name.Span, table)]);
    }

    // SQLite names only the first one, so the renames are tried and rolled back until it names none.
    private static List<Aside> InTheWay(Dialect dialect, IMigrationSession session, string? schema, IReadOnlyList<Statement> renames)
    {
        var rows = session.Query(new Statement(
            $"SELECT type, name, tbl_name, sql FROM {dialect.Quote(schema, "sqlite_schema")} WHERE type IN ('view', 'trigger') ORDER BY "
                + "type DESC, rowid"));
        var texts = rows.Select(row => (Of: (string)row["tbl_name"]!, Name: (string)row["name"]!, Type: (string)row["type"]!,
            Sql: StoredTable.Qualified((string)row["sql"]!, ((string)row["type"]!).ToUpperInvariant(), schema, dialect))).ToList();
        List<Aside> aside = [];
        if (texts.Count == 0)
            return aside;
        session.Transaction!.Save(Trial);
        try
        {
            while (Refusal(session, renames) is { } refusal
                && texts.Find(t => refusal.Contains($"error in {t.Type} {t.Name}: ", StringComparison.Ordinal)) is { Sql: not null } found)
            {
                // A view is dropped with its triggers.
                var gone = texts.Where(t => t == found || (found.Type == "view" && t.Of == found.Name)).ToList();
                aside.Add(new(new Statement($"DROP {found.Type.ToUpperInvariant()} {dialect.Quote(schema, found.Name)}"),
                    [.. gone.Select(t => (t.Of, t.Sql))]));
                texts.RemoveAll(gone.Contains);
                session.Query(aside[^1].Drop);
            }
        }
        finally
        {
            session.Transaction!.Rollback(Trial);
            session.Transaction!.Release(Trial);
        }
        return aside;
    }

    private static string? Refusal(IMigrationSession session, IReadOnlyList<Statement> renames)
    {
        session.Transaction!.Save(Attempt);
        try
        {
            foreach (var rename in renames)
                session.Query(rename);
            return null;
        }
        catch (DbException exception)
        {
            return exception.Message;
        }
        finally
        {
            session.Transaction!.Rollback(Attempt);
            session.Transaction!.Release(Attempt);
        }
    }

    private sealed record Aside(Statement Drop, IReadOnlyList<(string Of, string Sql)> Texts);
}

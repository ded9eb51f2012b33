using Alembic.Operations;

namespace Alembic.Databases.Sqlite;

/// <summary>
/// Rebuilds a table with its stored text edited: only what was asked for changes; rows, indexes, triggers, comments and odd spellings
/// stay. The steps are those of https://www.sqlite.org/lang_altertable.html#otheralter, all in the migration's one transaction.
/// </summary>
internal sealed class SqliteRebuild
{
    private static readonly string[] RowidNames = ["rowid", "_rowid_", "oid"];

    private readonly SqliteDialect _dialect;
    private readonly IMigrationSession _session;
    private readonly SqliteRows _rows;
    private readonly string? _schema;
    private readonly string _name;
    private readonly RebuiltTable _table;
    private StoredTable _stored;

    public SqliteRebuild(SqliteDialect dialect, IMigrationSession session, IReadOnlyList<Operation> operations)
    {
        (_dialect, _session, _rows) = (dialect, session, new SqliteRows(dialect, session));
        (_schema, var table) = TableOf(operations[0]);
        _stored = StoredTable.Read(dialect, session, _schema, table);
        // As the database spells it.
        _name = _stored.Statement.Name;
        _table = new RebuiltTable(dialect, _rows, _stored);
        foreach (var operation in operations)
            _table.Apply(operation);
        _table.RefuseHalf();
    }

    public IEnumerable<Statement> Statements()
    {
        var temporary = StoredTable.Leftover(_name);
        var (table, copy) = (_dialect.Quote(_schema, _name), _dialect.Quote(_schema, temporary));
        if (_session.Transaction is null)
        {
            throw new AlembicException($"Changing table '{_name}' needs a rebuild, which must not run without a transaction")
            {
                Hint = "move it out of the autocommit block",
            };
        }
        using var span = Spans.Begin(Spans.Rebuild, Spans.TableTag, _name);
        RefuseLeftover(temporary);
        RefuseCascades();
        _dialect.BeforeUserSql(_session);
        foreach (var rename in SqliteViews.Around(_dialect, _session, _schema,
            _table.Renames.Select(rename => SqliteAlter.Rename(_dialect, rename))))
            yield return rename;
        if (_table.Renames.Count > 0)
            _stored = StoredTable.Read(_dialect, _session, _schema, _name);
        _rows.RefuseNulls(table, _name, _table.Filled.Where(c => _stored.Statement.FindColumn(c) is not null));
        var notes = new SqliteNotes(_stored.Statement, _schema, _dialect, _session);
        var working = WorkingViews();

        Send(Qualified(_table.Statement.RenameTo(temporary).WithPlainStrings().Sql, "TABLE"));
        var columns = Copied();
        Send($"INSERT INTO {copy} ({_dialect.QuoteAll(columns)}) SELECT {string.Join(", ", columns.Select(Value))} FROM {table}");
        if (_rows.Count(copy) != _rows.Count(table))
            throw new AlembicException($"The rebuild of '{_name}' did not copy every row; nothing was changed");
        RefuseLoss(table, copy, columns);
        foreach (var statement in notes.Keep(_table.Statement, temporary))
            yield return statement;
        yield return new Statement($"DROP TABLE {table}");
        // Otherwise the rename would check views and triggers that name the table, which is missing at this moment.
        yield return new Statement("PRAGMA legacy_alter_table=ON");
        try
        {
            yield return new Statement($"ALTER TABLE {copy} RENAME TO {_dialect.Quote(_name)}");
        }
        finally
        {
            _session.Execute(new Statement("PRAGMA legacy_alter_table=OFF"));
        }
        foreach (var text in _table.Indexes)
            yield return new Statement(Qualified(text, "INDEX"));
        foreach (var text in _stored.Triggers)
            yield return new Statement(Qualified(text, "TRIGGER"));
        foreach (var statement in notes.Restore())
            yield return statement;
        CheckViews(working);
    }

    private void RefuseLeftover(string temporary)
    {
        if (!_dialect.HasTable(_session, _schema, temporary))
            return;
        var (left, whole) = (_rows.Count(_dialect.Quote(_schema, temporary)), _rows.Count(_dialect.Quote(_schema, _name)));
        throw new AlembicException(
            $"The table '{temporary}' exists already, with {SqliteRows.Text(left)}: a migration of '{_name}', which has "
                + $"{SqliteRows.Text(whole)}, by another tool seems to have been interrupted")
        {
            Hint = left <= whole ? $"it is a copy of a table that still exists: DROP TABLE {_dialect.Quote(_schema, temporary)}"
                : $"it holds more than '{_name}': compare the two before you drop either",
        };
    }

    // Sent from here, so that an error names the table that its reader knows.
    private void Send(string sql)
    {
        try
        {
            _session.Execute(new Statement(sql));
        }
        catch (System.Data.Common.DbException failure) when (failure.Message.Contains(StoredTable.TemporaryPrefix,
            StringComparison.Ordinal))
        {
            throw new AlembicException(failure.Message.Replace(StoredTable.TemporaryPrefix, "", StringComparison.Ordinal), failure);
        }
    }

    private string Qualified(string text, string kind) => StoredTable.Qualified(text, kind, _schema, _dialect);

    // If keys are enforced, dropping the old table would delete the rows that refer to it.
    private void RefuseCascades()
    {
        if (_session.Query(new Statement("PRAGMA foreign_keys")) is [var row] && row.Values.Single() is not 0L)
        {
            throw new AlembicException($"The table '{_name}' cannot be rebuilt while PRAGMA foreign_keys is ON")
            {
                Hint = "leave it OFF, as the connection had it: keys are checked before each commit",
            };
        }
    }

    // Generated columns compute themselves; new columns take their defaults; the rowid is kept if no column is its alias.
    private List<string> Copied()
    {
        var columns = _table.Statement.Columns
            .Where(c => c.Generated is null && _stored.Statement.FindColumn(c.Name) is not null && !_table.Dropped.Contains(c.Name))
            .Select(c => c.Name);
        return [.. RowNumber() is { } number ? columns.Prepend(number) : columns];
    }

    private string? RowNumber() => _table.Statement is { WithoutRowid: false, RowidAlias: null } && !_stored.Statement.WithoutRowid
        ? RowidNames.FirstOrDefault(name => _table.Statement.FindColumn(name) is null && _stored.Statement.FindColumn(name) is null)
        : null;

    private string Value(string column) =>
        _table.Conversions.TryGetValue(column, out var conversion) ? $"({conversion})" : _dialect.Quote(column);

    private void RefuseLoss(string table, string copy, List<string> copied)
    {
        IReadOnlyList<string>?[] keys = [RowNumber() is { } number ? [number] : null, _table.Statement.PrimaryKey?.Columns,
            _stored.Statement.PrimaryKey?.Columns];
        var key = keys.FirstOrDefault(k => k?.All(c => copied.Contains(c, DdlName.Comparer)) == true);
        foreach (var column in _table.Retyped.Where(c => copied.Contains(c, DdlName.Comparer) && !_table.Conversions.ContainsKey(c)))
        {
            var (old, altered) = (_stored.Statement.Column(column), _table.Statement.Column(column));
            if ((!_table.Statement.Strict && old.Affinity == altered.Affinity) || _rows.Count(table) == 0)
                continue;
            if (key is null)
                throw new AlembicException(
                    $"Whether column '{_name}.{column}' can change its type without loss cannot be checked: nothing identifies the rows of "
                        + "the table") { Hint = "say how to convert its values: sqliteUsing: \"…\"" };
            _rows.RefuseLoss(table, copy, key, old, altered, _name);
        }
    }

    // Views created by another library may work only with strings in double quotes; then a missing column counts as a string.
    private List<(string Name, bool HasStrings)> WorkingViews() => _table.Dropped.Count == 0 ? [] :
        [
            .. from view in _stored.Views
               let hasStrings = !Works(view, hasStrings: false)
               where !hasStrings || Works(view, hasStrings: true)
               select (view, hasStrings),
        ];

    private void CheckViews(List<(string Name, bool HasStrings)> working)
    {
        if (working.Find(view => !Works(view.Name, view.HasStrings)) is { Name: { } broken })
            throw new AlembicException($"Cannot drop column '{_name}.{_table.Dropped.First()}': the view '{broken}' needs it")
            {
                Hint = "drop the view first, and create it again afterwards"
            };
    }

    private bool Works(string view, bool hasStrings) => SqliteViews.Works(_dialect, _session, _schema, view, hasStrings);

    internal static (string? Schema, string Table) TableOf(Operation operation) => operation switch
    {
        AddColumn o => (o.Schema, o.Table),
        DropColumn o => (o.Schema, o.Table),
        AlterColumn o => (o.Schema, o.Table),
        CreateConstraint o => (o.Schema, o.Table),
        DropConstraint o => (o.Schema, o.Table),
        CreateIndex o => (o.Schema, o.Table),
        DropIndex { Table: { } table } o => (o.Schema, table),
        _ => throw new AlembicException($"{operation.GetType().Name} is not a change of a table"),
    };
}

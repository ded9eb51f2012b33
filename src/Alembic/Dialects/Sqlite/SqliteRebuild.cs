using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Dialects.Sqlite;

/// <summary>
/// Makes a table anew with its stored text edited: only what was asked for changes, rows, indexes, triggers, comments and odd spellings stay.
/// The steps are those of https://www.sqlite.org/lang_altertable.html#otheralter, all in the migration's one transaction.
/// </summary>
internal sealed class SqliteRebuild
{
    private const string TemporaryPrefix = "_alembic_tmp_";
    private static readonly string[] RowidNames = ["rowid", "_rowid_", "oid"];

    private readonly SqliteDialect _dialect;
    private readonly IMigrationSession _session;
    private readonly string? _schema;
    private readonly string _name;
    private readonly StoredTable _stored;
    private readonly List<string> _indexes;
    private readonly List<string> _dropped = [];
    private readonly List<string> _filled = [];
    private CreateTableStatement _table;

    public SqliteRebuild(SqliteDialect dialect, IMigrationSession session, IReadOnlyList<Operation> operations)
    {
        (_dialect, _session) = (dialect, session);
        (_schema, var table) = TableOf(operations[0]);
        _stored = StoredTable.Read(dialect, session, _schema, table);
        _table = _stored.Statement;
        // As the database spells it.
        _name = _table.Name;
        _indexes = [.. _stored.Indexes.Select(i => i.WithPlainStrings(_table.Columns.Select(c => c.Name)).Sql)];
        foreach (var operation in operations)
            Apply(operation);
    }

    public IEnumerable<Statement> Statements()
    {
        var temporary = TemporaryPrefix + _name;
        var (table, copy) = (_dialect.Quote(_schema, _name), _dialect.Quote(_schema, temporary));
        if (_session.Transaction is null)
        {
            throw new AlembicException($"Changing table '{_name}' takes a rebuild, which must not run without a transaction")
            {
                Hint = "move it out of the autocommit block",
            };
        }
        if (_dialect.HasTable(_session, _schema, temporary))
        {
            throw new AlembicException($"The table '{temporary}' is in the way: a migration of '{_name}' by another tool seems to have been cut off")
            {
                Hint = $"compare it with '{_name}', then drop it",
            };
        }
        RefuseCascades();
        _dialect.BeforeUserSql(_session);
        CheckFilled();
        var notes = new SqliteNotes(_stored.Statement, _schema, _dialect, _session);
        var working = WorkingViews();

        Send(Qualified(_table.RenameTo(temporary).WithPlainStrings().Sql, "TABLE"));
        var columns = Copied();
        Send($"INSERT INTO {copy} ({columns}) SELECT {columns} FROM {table}");
        if (Count(copy) != Count(table))
            throw new AlembicException($"The rebuild of '{_name}' did not copy every row; nothing was changed");
        yield return new Statement($"DROP TABLE {table}");
        // Otherwise the rename would look into views and triggers that name a table which is not there just now.
        yield return new Statement("PRAGMA legacy_alter_table=ON");
        try
        {
            yield return new Statement($"ALTER TABLE {copy} RENAME TO {_dialect.Quote(_name)}");
        }
        finally
        {
            _session.Query(new Statement("PRAGMA legacy_alter_table=OFF"));
        }
        foreach (var text in _indexes)
            yield return new Statement(Qualified(text, "INDEX"));
        foreach (var text in _stored.Triggers)
            yield return new Statement(Qualified(text, "TRIGGER"));
        foreach (var statement in notes.Restore(_table))
            yield return statement;
        CheckViews(working);
    }

    // Sent from here, because what fails is to be told of the table that its reader knows.
    private void Send(string sql)
    {
        try
        {
            _session.Query(new Statement(sql));
        }
        catch (System.Data.Common.DbException failure) when (failure.Message.Contains(TemporaryPrefix, StringComparison.Ordinal))
        {
            throw new AlembicException(failure.Message.Replace(TemporaryPrefix, "", StringComparison.Ordinal), failure);
        }
    }

    // The stored texts do not say which of several databases they are in.
    private string Qualified(string text, string kind)
    {
        if (_schema is null)
            return text;
        var words = DdlTokenizer.Tokenize(text).Where(t => !t.IsTrivia).SkipWhile(t => !t.Is(kind)).Skip(1).ToList();
        return words[1].Is(".") ? text : text.Insert(words[0].Start, _dialect.Quote(_schema) + ".");
    }

    // Where keys are enforced, dropping the old table would delete the rows that point to it.
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

    private void Apply(Operation operation)
    {
        switch (operation)
        {
            case AddColumn { IfNotExists: true } add when _table.FindColumn(add.Column.Name) is not null:
            case DropColumn { IfExists: true } drop when _table.FindColumn(drop.Column) is null:
                break;
            case AddColumn add:
                Add(add);
                break;
            case DropColumn drop:
                Drop(drop.Column);
                break;
            case AlterColumn alter:
                Alter(alter);
                break;
            case CreateConstraint { Constraint: PrimaryKeyConstraint } create:
                _table = _table.ReplacePrimaryKey(_dialect.ConstraintDefinition(create.Constraint));
                break;
            case CreateConstraint create:
                _table = _table.AddConstraint(_dialect.ConstraintDefinition(create.Constraint));
                break;
            case DropConstraint { IfExists: true } drop when ConstraintNames.Find(_table, drop) is null:
                break;
            case DropConstraint drop:
                Drop(drop);
                break;
            case CreateIndex create:
                _indexes.AddRange(create.Sql(_dialect));
                break;
            case DropIndex drop:
                var at = _indexes.FindIndex(text => DdlName.Comparer.Equals(CreateIndexStatement.Parse(text).Name, drop.Name));
                if (at >= 0)
                    _indexes.RemoveAt(at);
                else if (!drop.IfExists)
                    throw new AlembicException($"No such index: '{drop.Name}' of table '{_name}'");
                break;
            default:
                throw new AlembicException($"{operation.GetType().Name} is no change of a table");
        }
    }

    private void Add(AddColumn add)
    {
        var column = add.Column;
        if (_table.FindColumn(column.Name) is not null)
            throw new AlembicException($"Table '{_name}' has a column '{column.Name}' already");
        if (!column.Nullable && column.ServerDefault is null && column.Computed is null && Count(_dialect.Quote(_schema, _name)) is > 0 and var rows)
        {
            throw new AlembicException($"Cannot add the NOT NULL column '{column.Name}' without a server default to table '{_name}': it has {Rows(rows)} that would have no value in it")
            {
                Hint = "give it a serverDefault; or add it as nullable, fill it with an UPDATE, and make it NOT NULL then",
            };
        }
        _table = _table.AddColumn(_dialect.ColumnDefinition(column));
        foreach (var constraint in add.Beside)
            _table = _table.AddConstraint(_dialect.ConstraintDefinition(constraint));
        if (column.PrimaryKey)
            _table = _table.ReplacePrimaryKey(_dialect.ConstraintDefinition(new PrimaryKeyConstraint([.. _table.PrimaryKey?.Columns ?? [], column.Name])));
        _indexes.AddRange(add.Indexes.SelectMany(index => new CreateIndex(add.Table, index, add.Schema).Sql(_dialect)));
    }

    private void Drop(string column)
    {
        if (_table.FindColumn(column) is null)
            throw new AlembicException($"Table '{_name}' has no column '{column}'");
        if (_stored.TriggersUsing(column) is [var trigger, ..])
            throw Needed(column, trigger);
        // What is about this column alone goes with it; what is about others too is somebody's decision.
        while (_table.ConstraintsUsing(column) is [var constraint, ..])
        {
            _table = constraint is DdlUnique { Columns: [_] } or DdlForeignKey { Columns: [_] }
                ? _table.Drop(constraint)
                : throw new DdlColumnInUseException(_name, column, [constraint], _table.Sql)
                {
                    Hint = constraint.Name is { } name ? $"op.DropConstraint(\"{name}\", \"{_name}\") first" : null,
                };
        }
        foreach (var index in _indexes.Where(i => DdlIdentifiers.In(i).Contains(column)).ToList())
        {
            var parsed = CreateIndexStatement.Parse(index);
            if (parsed.Elements.Any(e => !DdlName.Comparer.Equals(e.Column ?? "", column)) || parsed.Where is not null)
            {
                throw new AlembicException($"Cannot drop column '{_name}.{column}': the index '{parsed.Name}' names it beside others")
                {
                    Hint = $"op.DropIndex(\"{parsed.Name}\", \"{_name}\") first",
                };
            }
            _indexes.Remove(index);
        }
        _table = _table.DropColumn(column);
        _dropped.Add(column);
    }

    private AlembicException Needed(string column, string trigger) =>
        new($"Cannot drop column '{_name}.{column}': a trigger names it ({FirstLine(trigger)})") { Hint = "drop the trigger first, and create it again afterwards" };

    private void Alter(AlterColumn alter)
    {
        if (_table.FindColumn(alter.Column) is null)
            throw new AlembicException($"Table '{_name}' has no column '{alter.Column}'");
        if (alter.Type is { } type)
            _table = _table.SetType(alter.Column, _dialect.TypeName(type));
        if (alter.ServerDefault is { } value)
            _table = value.Kind == ServerDefaultKind.None ? _table.DropDefault(alter.Column) : _table.SetDefault(alter.Column, _dialect.DefaultText(value));
        if (alter.Nullable is { } nullable)
        {
            _table = nullable ? _table.DropNotNull(alter.Column) : _table.SetNotNull(alter.Column);
            if (!nullable)
                _filled.Add(alter.Column);
        }
    }

    private void Drop(DropConstraint drop) => _table = _table.Drop(
        ConstraintNames.Find(_table, drop) ?? throw new AlembicException($"No such constraint: '{drop.Name}' of table '{_name}'"));

    // A column that becomes NOT NULL must hold no NULL; the database would say so too, but name a table that nobody knows.
    private void CheckFilled()
    {
        foreach (var column in _filled.Where(c => _stored.Statement.FindColumn(c) is not null))
        {
            if (Count($"{_dialect.Quote(_schema, _name)} WHERE {_dialect.Quote(column)} IS NULL") is > 0 and var rows)
            {
                throw new AlembicException($"Column '{_name}.{column}' cannot become NOT NULL: it is NULL in {Rows(rows)}")
                {
                    Hint = $"fill it first: op.Execute(\"UPDATE {_name} SET {column} = … WHERE {column} IS NULL\")",
                };
            }
        }
    }

    // Generated columns compute themselves; new columns take their defaults; the number of a row is kept where nothing else is its number.
    private string Copied()
    {
        var columns = _table.Columns.Where(c => c.Generated is null && _stored.Statement.FindColumn(c.Name) is not null && !_dropped.Contains(c.Name, DdlName.Comparer))
            .Select(c => _dialect.Quote(c.Name));
        var hasRowid = !_table.WithoutRowid && _table.RowidAlias is null && _stored.Statement is { WithoutRowid: false, RowidAlias: null };
        var rowid = RowidNames.FirstOrDefault(name => _table.FindColumn(name) is null && _stored.Statement.FindColumn(name) is null);
        return string.Join(", ", hasRowid && rowid is not null ? columns.Prepend(rowid) : columns);
    }

    private List<string> WorkingViews() => _dropped.Count == 0 ? [] : [.. _stored.Views.Where(Works)];

    private void CheckViews(List<string> working)
    {
        if (working.FirstOrDefault(view => !Works(view)) is { } broken)
            throw new AlembicException($"Cannot drop column '{_name}.{_dropped[0]}': the view '{broken}' needs it") { Hint = "drop the view first, and create it again afterwards" };
    }

    private bool Works(string view)
    {
        try
        {
            _session.Query(new Statement($"SELECT * FROM {_dialect.Quote(_schema, view)} LIMIT 0"));
            return true;
        }
        catch (System.Data.Common.DbException)
        {
            return false;
        }
    }

    private long Count(string from) => (long)_session.Query(new Statement($"SELECT count(*) AS n FROM {from}"))[0]["n"]!;

    private static string Rows(long count) => count == 1 ? "1 row" : $"{count} rows";

    private static string FirstLine(string text) => text.ReplaceLineEndings("\n").Split('\n')[0];

    internal static (string? Schema, string Table) TableOf(Operation operation) => operation switch
    {
        AddColumn o => (o.Schema, o.Table),
        DropColumn o => (o.Schema, o.Table),
        AlterColumn o => (o.Schema, o.Table),
        CreateConstraint o => (o.Schema, o.Table),
        DropConstraint o => (o.Schema, o.Table),
        CreateIndex o => (o.Schema, o.Table),
        DropIndex { Table: { } table } o => (o.Schema, table),
        _ => throw new AlembicException($"{operation.GetType().Name} is no change of a table"),
    };
}

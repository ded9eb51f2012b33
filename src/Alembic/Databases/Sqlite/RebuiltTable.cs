using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.Sqlite;

/// <summary>
/// The result of changes to a stored table and its indexes: their texts, edited one change after the other, and what has to be done about
/// the rows.
/// </summary>
internal sealed class RebuiltTable
{
    private readonly SqliteDialect _dialect;
    private readonly SqliteRows _rows;
    private readonly StoredTable _stored;
    private readonly List<string> _indexes;
    private readonly List<AlterColumn> _renames = [];
    private readonly HashSet<string> _dropped = new(DdlName.Comparer);
    private readonly HashSet<string> _filled = new(DdlName.Comparer);
    private readonly HashSet<string> _retyped = new(DdlName.Comparer);
    private readonly Dictionary<string, string> _conversions = new(DdlName.Comparer);

    public RebuiltTable(SqliteDialect dialect, SqliteRows rows, StoredTable stored)
    {
        (_dialect, _rows, _stored) = (dialect, rows, stored);
        Statement = stored.Statement;
        _indexes = [.. stored.Indexes.Select(i => i.WithPlainStrings(Statement.Columns.Select(c => c.Name)).Sql)];
    }

    public CreateTableStatement Statement { get; private set; }

    public IReadOnlyList<string> Indexes => _indexes;

    /// <summary>
    /// The renames to run in place first: SQLite follows the names into triggers, views and other tables. The other members use the new
    /// names.
    /// </summary>
    public IReadOnlyList<AlterColumn> Renames => _renames;

    public IReadOnlySet<string> Dropped => _dropped;

    /// <summary>Columns that must hold no NULL.</summary>
    public IReadOnlySet<string> Filled => _filled;

    /// <summary>Columns whose values the new type may not change.</summary>
    public IReadOnlySet<string> Retyped => _retyped;

    /// <summary>The expressions that give columns their values from the old row.</summary>
    public IReadOnlyDictionary<string, string> Conversions => _conversions;

    private string Name => _stored.Statement.Name;

    public void Apply(Operation operation)
    {
        switch (operation)
        {
            case AddColumn { IfNotExists: true } add when Statement.FindColumn(add.Column.Name) is not null:
            case DropColumn { IfExists: true } drop when Statement.FindColumn(drop.Column) is null:
                break;
            case AddColumn add:
                Add(add);
                break;
            case DropColumn drop:
                Drop(drop.Column);
                break;
            case AlterColumn { NewName: { } name } rename:
                Rename(rename, name);
                break;
            case AlterColumn alter:
                Alter(alter);
                break;
            case CreateConstraint { Constraint: PrimaryKeyConstraint } create:
                Statement = Statement.ReplacePrimaryKey(_dialect.ConstraintDefinition(create.Constraint));
                break;
            case CreateConstraint create:
                Statement = Statement.AddConstraint(_dialect.ConstraintDefinition(create.Constraint));
                break;
            case DropConstraint { IfExists: true } drop when ConstraintNames.Find(Statement, drop) is null:
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
                    throw new AlembicException($"No such index: '{drop.Name}' of table '{Name}'");
                break;
            default:
                throw new AlembicException($"{operation.GetType().Name} is not a change of a table");
        }
    }

    private void Add(AddColumn add)
    {
        var column = add.Column;
        if (Statement.FindColumn(column.Name) is not null)
            throw new AlembicException($"Table '{Name}' has a column '{column.Name}' already");
        // A column that is an alias of the rowid numbers the existing rows.
        var isNumbered = column.PrimaryKey && _dialect.StoredType(column, null).Kind == SqlTypeKind.Integer
            && Statement is { PrimaryKey: null, WithoutRowid: false };
        if (!column.Nullable && !isNumbered && column.ServerDefault is null && column.Computed is null
            && _rows.Count(_dialect.Quote(add.Schema, Name)) is > 0 and var rows)
        {
            throw new AlembicException(
                $"Cannot add the NOT NULL column '{column.Name}' without a server default to table '{Name}': it has "
                    + $"{SqliteRows.Text(rows)} that would have no value in it")
            {
                Hint = "give it a serverDefault; or add it as nullable, fill it with an UPDATE, and then make it NOT NULL",
            };
        }
        Statement = Statement.AddColumn(_dialect.ColumnDefinition(column));
        foreach (var constraint in add.Beside)
            Statement = Statement.AddConstraint(_dialect.ConstraintDefinition(constraint));
        // A numbered column brings its key along.
        if (column.PrimaryKey && !DdlName.Comparer.Equals(Statement.PrimaryKey?.Column, column.Name))
            Statement = Statement.ReplacePrimaryKey(
                _dialect.ConstraintDefinition(new PrimaryKeyConstraint([.. Statement.PrimaryKey?.Columns ?? [], column.Name])));
        _indexes.AddRange(add.Indexes.SelectMany(index => new CreateIndex(add.Table, index, add.Schema).Sql(_dialect)));
    }

    private void Drop(string column)
    {
        if (Statement.FindColumn(column) is null)
            throw new AlembicException($"Table '{Name}' has no column '{column}'");
        if (_stored.TriggersUsing(OldName(column)) is [var trigger, ..])
            throw Needed(column, trigger);
        // A constraint on this column alone is dropped with it; only the user can decide about one that names other columns too.
        while (Statement.ConstraintsUsing(column) is [var constraint, ..])
        {
            Statement = constraint is DdlUnique { Columns: [_] } or DdlForeignKey { Columns: [_] }
                ? Statement.Drop(constraint)
                : throw new DdlColumnInUseException(Name, column, [constraint], Statement.Sql)
                {
                    Hint = constraint.Name is { } name ? $"op.DropConstraint(\"{name}\", \"{Name}\") first" : null,
                };
        }
        foreach (var index in _indexes.Where(i => DdlIdentifiers.In(i).Contains(column)).ToList())
        {
            var parsed = CreateIndexStatement.Parse(index);
            if (parsed.Elements.Any(e => !DdlName.Comparer.Equals(e.Column ?? "", column)) || parsed.Where is not null)
            {
                throw new AlembicException($"Cannot drop column '{Name}.{column}': the index '{parsed.Name}' needs it")
                {
                    Hint = $"op.DropIndex(\"{parsed.Name}\", \"{Name}\") first",
                };
            }
            _indexes.Remove(index);
        }
        Statement = Statement.DropColumn(column);
        _dropped.Add(column);
    }

    private string OldName(string column) =>
        _renames.LastOrDefault(r => DdlName.Comparer.Equals(r.NewName, column)) is { } rename ? rename.Column : column;

    private AlembicException Needed(string column, string trigger) =>
        new($"Cannot drop column '{Name}.{column}': a trigger names it ({trigger.ReplaceLineEndings("\n").Split('\n')[0]})")
        {
            Hint = "drop the trigger first, and create it again afterwards"
        };

    // Later operations of the batch find the new name.
    private void Rename(AlterColumn rename, string name)
    {
        Statement = Statement.RenameColumn(rename.Column, name);
        for (var i = 0; i < _indexes.Count; i++)
            _indexes[i] = CreateIndexStatement.Parse(_indexes[i]).RenameColumn(rename.Column, name).Sql;
        foreach (var columns in new[] { _filled, _retyped })
        {
            if (columns.Remove(rename.Column))
                columns.Add(name);
        }
        foreach (var (column, conversion) in _conversions.ToList())
        {
            _conversions.Remove(column);
            _conversions[DdlName.Comparer.Equals(column, rename.Column) ? name : column] = DdlIdentifiers.Replace(conversion,
                rename.Column, name);
        }
        _renames.Add(rename);
    }

    private void Alter(AlterColumn alter)
    {
        if (Statement.FindColumn(alter.Column) is null)
            throw new AlembicException($"Table '{Name}' has no column '{alter.Column}'");
        if (alter.Type is { } type)
        {
            // A column does not need a type.
            Statement = Statement.SetType(alter.Column, _dialect.TypeName(type) is { Length: > 0 } name ? name : null);
            _retyped.Add(alter.Column);
        }
        if (alter.Collation is { } collation)
            Statement = collation.Length == 0 ? Statement.DropCollation(alter.Column) : Statement.SetCollation(alter.Column, collation);
        if (alter.SqliteUsing is { } conversion)
            _conversions[alter.Column] = conversion;
        if (alter.ServerDefault is { } value)
            Statement = value.Kind == ServerDefaultKind.None
                ? Statement.DropDefault(alter.Column)
                : Statement.SetDefault(alter.Column, _dialect.DefaultText(value));
        if (alter.Nullable is { } nullable)
        {
            Statement = nullable ? Statement.DropNotNull(alter.Column) : Statement.SetNotNull(alter.Column);
            if (!nullable)
                _filled.Add(alter.Column);
        }
        if (alter.Autoincrement is { } autoincrement)
            Statement = Statement.SetAutoincrement(alter.Column, autoincrement);
    }

    private void Drop(DropConstraint drop) => Statement = Statement.Remove(
        ConstraintNames.Find(Statement, drop) ?? throw new AlembicException($"No such constraint: '{drop.Name}' of table '{Name}'"));

    /// <summary>Refuses an incomplete change.</summary>
    public void RefuseHalf()
    {
        if (Statement is { WithoutRowid: true, PrimaryKey: null })
            throw new AlembicException($"Can't change table '{Name}': WITHOUT ROWID it needs its primary key")
            {
                Hint = "op.BatchAlterTable drops it and creates another one at once",
            };
    }
}

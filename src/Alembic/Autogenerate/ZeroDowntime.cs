using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>
/// Splits changes so that old and new code of an application run while they are made: first what both need, then the values of existing
/// rows, and in the end what only old code needs.
/// </summary>
internal sealed class ZeroDowntime
{
    /// <summary>The name of the first phase.</summary>
    public const string Expand = "expand";

    private const string Rewrites =
        "This may rewrite the table: nobody reads or writes it meanwhile. Until then, new code finds the old type.";

    private readonly Dialect _dialect;
    private readonly HashSet<(string?, string)> _newTables;
    private readonly HashSet<(string?, string, string)> _synced = [];
    private readonly HashSet<(string?, string, string)> _filled;
    private readonly HashSet<(string?, string, string)> _retyped;
    private readonly IReadOnlyList<CreateConstraint> _created;
    private readonly IReadOnlyList<CreateIndex> _indexes;
    private readonly IReadOnlyList<(string? Schema, string Table, PrimaryKeyConstraint Key)> _keys;

    private readonly List<PlannedOperation> _expand = [];
    private readonly List<PlannedOperation> _fill = [];
    private readonly List<PlannedOperation> _left = [];
    private readonly List<PlannedOperation> _unsync = [];
    private readonly List<PlannedOperation> _contract = [];

    private ZeroDowntime(IReadOnlyList<PlannedOperation> plan, Dialect dialect)
    {
        _dialect = dialect;
        _newTables = [.. plan.Select(p => p.Operation).OfType<CreateTable>().Select(c => (c.Table.Schema, c.Table.Name))];
        _filled = [.. plan.Select(p => p.Operation).OfType<FillRows>().Select(f => (f.Schema, f.Table, f.Column))];
        _retyped = [.. plan.Select(p => p.Operation).OfType<AlterColumn>().Where(a => a.Type is not null)
            .Select(a => (a.Schema, a.Table, a.Column))];
        _created = [.. plan.Select(p => p.Operation).OfType<CreateConstraint>()];
        _indexes = [.. plan.Select(p => p.Operation).OfType<CreateIndex>()];
        _keys = [.. plan.Select(p => p.Operation).OfType<DropConstraint>().Where(d => d.Definition is PrimaryKeyConstraint)
            .Select(d => (d.Schema, d.Table, (PrimaryKeyConstraint)d.Definition!))];
        foreach (var planned in plan)
            Add(planned);
    }

    /// <summary>Gets the phases that have something to do, in their order.</summary>
    /// <param name="plan">The changes, in an order in which they can run.</param>
    /// <param name="dialect">The database's dialect.</param>
    /// <exception cref="AlembicException">Nothing says what existing rows get in a column that becomes NOT NULL.</exception>
    public static IReadOnlyList<PhaseOfChange> Of(IEnumerable<PlannedOperation> plan, Dialect dialect)
    {
        var split = new ZeroDowntime([.. plan.SelectMany(Parts)], dialect);
        // What leaves the transaction comes last: what is before it is committed together. Rows are changed before tables are locked.
        IReadOnlyList<PhaseOfChange> phases =
        [
            new(Expand, Alembic.Phase.Expand, [.. split._expand.OrderBy(p => p.Operation is Autocommitted)]),
            new("fill", Alembic.Phase.Expand, split._fill),
            new("contract", Alembic.Phase.Contract, [.. split._left, .. split._unsync, .. split._contract]),
        ];
        return [.. phases.Where(p => p.Operations.Count > 0)];
    }

    private static IEnumerable<PlannedOperation> Parts(PlannedOperation planned) => planned.Operation is not BatchAlterTable batch
        ? [planned]
        : batch.Operations.Select((o, i) => new PlannedOperation(o, i == 0 ? planned.Remark : null));

    private void Add(PlannedOperation planned)
    {
        switch (planned.Operation)
        {
            // The value has the new type.
            case FillRows fill when _retyped.Contains((fill.Schema, fill.Table, fill.Column)):
                _contract.Add(planned);
                break;
            case FillRows fill:
                _fill.Add(new(fill with { IsInBatches = true }));
                _left.Add(new(fill, "Rows that old code has added since."));
                break;
            case SyncColumns sync:
                _expand.AddRange(sync.Triggers.Select((t, i) => new PlannedOperation(new Execute(t.Create) { Undo = new Execute(t.Drop) },
                    i == 0 ? "Both columns stay the same, whichever of them the application writes." : null)));
                _unsync.AddRange(sync.Triggers.Reverse()
                    .Select(t => new PlannedOperation(new Execute(t.Drop) { Undo = new Execute(t.Create) })));
                _synced.UnionWith([(sync.Copy.Schema, sync.Copy.Table, sync.Copy.New), (sync.Copy.Schema, sync.Copy.Table, sync.Copy.Old)]);
                break;
            case AddColumn add:
                if (Filling.IsMissing(add.Column))
                    throw NoValue(add.Schema, add.Table, add.Column.Name);
                _expand.Add(planned);
                break;
            case AlterColumn alter:
                Alter(alter, planned.Remark);
                break;
            case DropColumn drop:
                Drop(drop, planned.Remark);
                break;
            case CreateIndex create when !IsNew(create.Schema, create.Table):
                Online(create.Index.Unique ? _contract : _expand, planned);
                break;
            case CreateConstraint create when !IsNew(create.Schema, create.Table):
                Online(_contract, planned);
                break;
            // Nothing reads it, and new code may not obey it any more.
            case DropConstraint { Definition: CheckConstraint or ForeignKeyConstraint } drop when !IsCreatedAgain(drop):
                _expand.Add(planned);
                break;
            // An index of the same name takes its place.
            case DropIndex { Definition.Unique: false } drop when IsReplaced(drop):
                _expand.Add(planned);
                break;
            case DropIndex:
                Online(_contract, planned);
                break;
            case DropConstraint or DropTable or DropEnumType or DropSequence or DropSchema or AlterEnumType { IsAddition: false }
                or DeleteData:
                _contract.Add(planned);
                break;
            case RenameTable rename:
                throw new AlembicException($"--zero-downtime cannot rename the table '{rename.From}': old code would no longer find it")
                {
                    Hint = "rename it in a revision without --zero-downtime, or keep its name in the model",
                };
            default:
                _expand.Add(planned);
                break;
        }
    }

    private void Alter(AlterColumn alter, string? remark)
    {
        var retypes = alter.Collation is not null || (alter.Type is { } type && !IsLonger(alter.ExistingType, type));
        var dropsDefault = alter.ServerDefault is { Kind: ServerDefaultKind.None };
        var isSynced = _synced.Contains((alter.Schema, alter.Table, alter.Column));
        if (alter is { Nullable: false } && !_filled.Contains((alter.Schema, alter.Table, alter.Column)))
            throw NoValue(alter.Schema, alter.Table, alter.Column);
        if (alter.Nullable != false && !retypes && !dropsDefault && !isSynced)
        {
            _expand.Add(new(alter, remark));
            return;
        }
        // New code may write NULL at once, and old code needs the default for its rows.
        var looser = new AlterColumn(alter.Table, alter.Column, alter.Schema)
        {
            Nullable = alter.Nullable == true ? true : null,
            ServerDefault = retypes || dropsDefault || isSynced ? null : alter.ServerDefault,
            ExistingType = alter.ExistingType, ExistingNullable = alter.ExistingNullable ?? (alter.Nullable == false ? true : null),
            ExistingServerDefault = alter.ExistingServerDefault, ExistingComment = alter.ExistingComment,
            ExistingCollation = alter.ExistingCollation, Autoincrement = alter.Autoincrement, Back = alter.Back,
        };
        if (looser.Nullable is not null || looser.ServerDefault is not null)
            _expand.Add(new(looser));
        // In a revision of its own it is undone by itself.
        var stricter = alter with
        {
            Nullable = looser.Nullable is null ? alter.Nullable : null,
            ExistingNullable = looser.Nullable ?? looser.ExistingNullable,
            ServerDefault = looser.ServerDefault is null ? alter.ServerDefault : null,
            ExistingServerDefault = looser.ServerDefault ?? alter.ExistingServerDefault,
            Back = alter.Back is [] ? null : alter.Back,
        };
        Online(_contract, new(stricter, !retypes ? remark : string.Join('\n', new[] { remark, Rewrites }.OfType<string>())));
    }

    private void Drop(DropColumn drop, string? remark)
    {
        if (drop.Definition is { PrimaryKey: false } column && Filling.IsMissing(column)
            && !_keys.Any(k => (k.Schema, k.Table) == (drop.Schema, drop.Table) && k.Key.Columns.Contains(column.Name)))
        {
            var looser = new AlterColumn(drop.Table, drop.Column, drop.Schema)
            {
                Nullable = true, ExistingNullable = false, ExistingType = column.Type, ExistingComment = column.Comment,
                ExistingCollation = column.Collation,
            };
            // The rows that new code has written.
            if (drop.Back is [_, FillRows fill] && !_synced.Contains((drop.Schema, drop.Table, drop.Column)))
                looser = looser with { Back = [fill, looser.Reverse()] };
            _expand.Insert(0, new(looser, "New code does not write it."));
            drop = drop with { Definition = column with { Nullable = true } };
        }
        _contract.Add(new(drop, remark));
    }

    private void Online(List<PlannedOperation> phase, PlannedOperation planned) => phase.AddRange(
        _dialect.Online.Steps(planned.Operation, _dialect).Select((o, i) => i == 0 ? planned with { Operation = o } : new(o)));

    private bool IsNew(string? schema, string table) => _newTables.Contains((schema, table));

    private bool IsCreatedAgain(DropConstraint drop) => _created.Any(c => (c.Schema, c.Table, c.Constraint.Name)
        == (drop.Schema, drop.Table, drop.Name) && (c.Constraint is ForeignKeyConstraint || c.Constraint.Equals(drop.Definition)));

    private bool IsReplaced(DropIndex drop) => _indexes.Any(c => c.Schema == drop.Schema && c.Name == drop.Name && !c.Index.Unique);

    // The bytes of a row do not change.
    private static bool IsLonger(SqlType? from, SqlType to) => from is { Kind: SqlTypeKind.String or SqlTypeKind.Unicode }
        && to.Kind == from.Kind && (to.Length is null || from.Length <= to.Length);

    private static AlembicException NoValue(string? schema, string table, string column)
    {
        var place = $"{(schema is null ? "" : schema + ".")}{table}.{column}";
        return new($"--zero-downtime: nothing says what existing rows get in '{place}', which is NOT NULL")
        {
            Hint = $"--fill {place}=VALUE, or [Fill] in the model",
        };
    }
}

/// <summary>One of the revisions that make a change without downtime.</summary>
/// <param name="Name">What it does.</param>
/// <param name="Phase">When it may run.</param>
/// <param name="Operations">Its operations, in order.</param>
internal sealed record PhaseOfChange(string Name, Alembic.Phase Phase, IReadOnlyList<PlannedOperation> Operations);

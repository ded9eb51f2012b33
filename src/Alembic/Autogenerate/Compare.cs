using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>Finds the operations that turn a database into what a model says.</summary>
public static class Compare
{
    // THE list: what is compared of a table on both sides, in the order of the log; null for what cannot be switched off.
    private static readonly Switched<TablePair, IEnumerable<Difference>>[] Comparisons =
    [
        new(null, ColumnDiff.Added),
        new(null, ColumnDiff.Changed),
        new(ComparisonKind.Autoincrement, AutoincrementDiff.Of),
        new(ComparisonKind.Comment, CommentDiff.OfTable),
        new(ComparisonKind.PrimaryKey, PrimaryKeyDiff.Of),
        new(ComparisonKind.Index, IndexDiff.Of),
        new(ComparisonKind.UniqueConstraint, UniqueDiff.Of),
        new(ComparisonKind.ForeignKey, ForeignKeyDiff.Of),
        new(ComparisonKind.CheckConstraint, CheckDiff.Of),
        new(ComparisonKind.ExcludeConstraint, ExcludeDiff.Of),
        new(null, ColumnDiff.Removed),
    ];

    /// <summary>Compares a model with a database.</summary>
    /// <param name="model">The wanted state.</param>
    /// <param name="database">The current state, as an inspector read it.</param>
    /// <param name="dialect">The database's dialect: types and defaults are compared as it spells them.</param>
    /// <param name="options">What is compared; null for the defaults.</param>
    /// <param name="roundTrip">Gets tables as the database spells them, as far as it can: see <see cref="Dialect.RoundTrip"/>; null if
    /// no database can be asked.</param>
    public static Comparison Schemas(
        MetaData model, MetaData database, Dialect dialect, ComparisonOptions? options = null,
        Func<IReadOnlyList<Table>, IReadOnlyList<Table>>? roundTrip = null)
    {
        options ??= new ComparisonOptions();
        bool IsOwn(string? schema) => NameAlignment.IsOwnSchema(schema, database, dialect);
        options = options.Without(IsOwn);
        var (aligned, modelled) = NameAlignment.Align(database, NormalForm.Of(model, IsOwn), dialect);
        IReadOnlyList<Table> read = [.. InheritedColumns.Without([.. aligned], modelled, dialect)];
        modelled = dialect.Comparison.Modelled(modelled, read);
        var wanted = ByKey(new IncludeFilter(options, isDatabase: false, read).Apply(modelled));
        var existing = ByKey(new IncludeFilter(options, isDatabase: true, modelled).Apply(read)
            .Where(t => wanted.ContainsKey(TableKey.Of(t)) || !IncludeFilter.IsOfAnotherTool(t)));

        var renaming = new Renaming(wanted.Values, existing.Values, dialect, options, NameAlignment.TableNames(database, dialect));
        existing = ByKey(renaming.Database);
        var filling = new Filling(wanted.Values, existing.Values, renaming.Copies, dialect, options);
        wanted = ByKey(wanted.Values.Select(Renaming.Done));

        var enums = new EnumTypeDiff(
            wanted.Values, [.. model.EnumTypes.Select(t => t.WithoutSchema(IsOwn))], existing.Values, database, dialect, options);
        (wanted, existing) = (ByKey(enums.Leave(wanted.Values)), ByKey(enums.Leave(existing.Values)));

        var pairs = wanted.Values.Where(t => existing.ContainsKey(TableKey.Of(t)))
            .Select(t => (Model: t, Database: existing[TableKey.Of(t)]))
            .Select(t => new TablePair(EnumChecks.With(t.Model, t.Database, dialect), t.Database, dialect, options)).ToList();
        var both = new SharedTables(pairs, dialect);
        var added = TableDiff.Added(wanted.Values.Where(t => !existing.ContainsKey(TableKey.Of(t))), both);
        var removed = TableDiff.Removed(existing.Values.Where(t => !wanted.ContainsKey(TableKey.Of(t))), both);

        // Most tables match to the letter. Only the others are spelled by the database and compared again.
        var different = pairs.Where(pair => Differences(pair with { IsFirstLook = true }).Any()).ToList();
        if (roundTrip is not null)
        {
            // With everything that the model has: an expression may need what the options leave out.
            var models = modelled.ToDictionary(TableKey.Of);
            Table CompleteModel(TablePair pair)
            {
                var model = models[TableKey.Of(pair.Model)];
                return model with { Items = [.. model.Items.Union(pair.Model.Checks)], Options = pair.Database.Options };
            }
            different = RoundTripped.Into(
                [.. different.Select(pair => (pair, CompleteModel(pair)))], dialect, roundTrip, NameAlignment.TableNames(database, dialect),
                pair => Differences(pair).Any());
        }
        var common = different.Select(pair => (Pair: pair, Differences: (IReadOnlyList<Difference>)[.. Differences(pair)])).ToList();

        var schemas = options.Skips(ComparisonKind.Schema) ? [] : SchemaDiff.Added(wanted.Values, database);
        var order = new OperationOrder(dialect, options, pairs) { Complete = filling.Apply };
        return new Comparison(
            [.. schemas.Select(s => new PlannedOperation(s)), .. renaming.Operations,
                .. renaming.Explain(order.Of(added, removed, Dependents.On(common, pairs), enums))],
            [.. schemas.Select(SchemaDiff.Event), .. renaming.Log, .. enums.Log, .. added.Log, .. removed.Log,
                .. common.SelectMany(t => t.Differences).Select(f => f.Event).OfType<LogEvent>()])
        {
            Preparation = dialect.Comparison.Preparation(
                [.. wanted.Values.Where(t => !existing.ContainsKey(TableKey.Of(t))),
                    .. different.SelectMany(p => new[] { p.Model, p.Database }),
                    .. existing.Values.Where(t => !wanted.ContainsKey(TableKey.Of(t)))]),
            MistakenRenames = renaming.Mistaken,
            MistakenFills = filling.Mistaken,
        };
    }

    private static IEnumerable<Difference> Differences(TablePair pair) =>
        Comparisons.Where(c => !pair.Options.Skips(c.Kind)).SelectMany(c => c.Compare(pair));

    // In the order of the keys.
    private static OrderedDictionary<TableKey, Table> ByKey(IEnumerable<Table> tables)
    {
        var sorted = tables.ToList();
        sorted.Sort((a, b) => TableKey.Of(a).CompareTo(TableKey.Of(b)));
        var result = new OrderedDictionary<TableKey, Table>();
        foreach (var table in sorted)
            result.Add(TableKey.Of(table), table);
        return result;
    }
}

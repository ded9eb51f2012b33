using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Autogenerate;

/// <summary>Finds the operations that make a database what a model says.</summary>
public static class Compare
{
    // THE list: what is compared of a table that both sides have, in the order of the log.
    private static readonly Func<TablePair, IEnumerable<Finding>>[] Comparisons =
    [
        ColumnDiff.Added,
        ColumnDiff.Changed,
        CommentDiff.OfTable,
        PrimaryKeyDiff.Of,
        IndexDiff.Of,
        UniqueDiff.Of,
        ForeignKeyDiff.Of,
        CheckDiff.Of,
        ExcludeDiff.Of,
        ColumnDiff.Removed,
    ];

    /// <summary>Compares a model with a database.</summary>
    /// <param name="model">How things should be.</param>
    /// <param name="database">How things are, as an inspector read it.</param>
    /// <param name="dialect">The database's dialect: types and defaults are compared as it spells them.</param>
    /// <param name="options">What is looked at; null for the defaults.</param>
    public static Comparison Schemas(MetaData model, MetaData database, Dialect dialect, ComparisonOptions? options = null)
    {
        options ??= new ComparisonOptions();
        var modelled = NormalForm.Of(model);
        var wanted = ByKey(new IncludeFilter(options, isDatabase: false).Apply(modelled));
        var existing = ByKey(new IncludeFilter(options, isDatabase: true).Apply(NameCase.Align(NormalForm.Of(database), modelled, dialect))
            .Where(t => wanted.ContainsKey(DependencyOrder.Key(t)) || !IncludeFilter.IsOfAnotherTool(t)));

        var renaming = new Renaming(wanted.Values, existing.Values, dialect, options);
        existing = ByKey(renaming.Database);
        wanted = ByKey(wanted.Values.Select(Renaming.Done));

        var enums = new EnumTypeDiff(wanted.Values, existing.Values, database, dialect);
        (wanted, existing) = (ByKey(enums.Leave(wanted.Values)), ByKey(enums.Leave(existing.Values)));

        var added = TableDiff.Added(wanted.Where(t => !existing.ContainsKey(t.Key)).Select(t => t.Value), existing, dialect);
        var removed = TableDiff.Removed(existing.Where(t => !wanted.ContainsKey(t.Key)).Select(t => t.Value), dialect);
        var common = wanted.Where(t => existing.ContainsKey(t.Key)).Select(t => new TablePair(EnumChecks.With(t.Value, existing[t.Key], dialect), existing[t.Key], dialect, options))
            .Select(pair => (Pair: pair, Findings: (IReadOnlyList<Finding>)[.. Comparisons.SelectMany(compare => compare(pair))])).ToList();

        return new Comparison(
            [.. renaming.Operations, .. enums.Before, .. renaming.Explain(Sequence.Of(added, removed, common, options)), .. enums.After],
            [.. renaming.Log, .. enums.Log, .. added.Log, .. removed.Log, .. common.SelectMany(t => t.Findings).Select(f => f.Event).OfType<LogEvent>()])
        {
            MistakenRenames = renaming.Mistaken,
        };
    }

    private static SortedDictionary<(string, string), Table> ByKey(IEnumerable<Table> tables) =>
        new(tables.ToDictionary(DependencyOrder.Key), Comparer<(string Schema, string Name)>.Create(DependencyOrder.Compare));
}

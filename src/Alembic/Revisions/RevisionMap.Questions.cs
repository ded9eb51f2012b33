namespace Alembic.Revisions;

/// <content>Queries: identifiers, plans and ranges.</content>
public sealed partial class RevisionMap
{
    /// <summary>
    /// Gets the revisions that an identifier means: an id or the start of one, a label, head, heads, label@symbol, or -N (N steps
    /// below each head).
    /// </summary>
    /// <param name="identifier">The identifier as typed.</param>
    /// <returns>The revisions; none for the base.</returns>
    /// <exception cref="RevisionException">The identifier is unknown or ambiguous.</exception>
    public IReadOnlyList<RevisionNode> Resolve(string identifier) => symbols.Resolve(identifier);

    /// <summary>Gets the revisions that several identifiers mean, such as version rows.</summary>
    /// <param name="identifiers">The identifiers.</param>
    /// <exception cref="RevisionException">An identifier is unknown or ambiguous.</exception>
    public IReadOnlyList<RevisionNode> Resolve(IEnumerable<string> identifiers) => symbols.ResolveAll(identifiers);

    /// <summary>Gets the one revision that an identifier means; null for the base.</summary>
    /// <param name="identifier">The identifier as typed.</param>
    /// <exception cref="RevisionException">The identifier is unknown, or means several revisions.</exception>
    public RevisionNode? ResolveOne(string identifier) => symbols.ResolveOne(identifier);

    /// <summary>Gets the steps that have to run, oldest first, to bring a database to a target.</summary>
    /// <param name="target">An identifier, or a relative one such as +2 or label@+1.</param>
    /// <param name="rows">The version rows.</param>
    /// <returns>The steps; none if nothing is missing.</returns>
    /// <exception cref="RevisionException">The target or a row is unknown, ambiguous or does not fit.</exception>
    public IReadOnlyList<Step> Upgrade(string target, IReadOnlyList<string> rows) => Upgrade([target], rows);

    /// <summary>Gets the steps that have to run, oldest first, to bring a database to several targets at once.</summary>
    /// <param name="targets">The identifiers.</param>
    /// <param name="rows">The version rows.</param>
    /// <exception cref="RevisionException">A target or a row is unknown, ambiguous or does not fit.</exception>
    public IReadOnlyList<Step> Upgrade(IReadOnlyList<string> targets, IReadOnlyList<string> rows) =>
        Naming(string.Join(", ", targets),
            () => RangePlan.Missing(this, targets, rows).AsEnumerable().Reverse().Select(Step.Upgrade).ToList());

    /// <summary>Gets the steps to undo, newest first, to bring a database down to a target.</summary>
    /// <param name="target">An identifier, or a relative one such as -1 or label@-1.</param>
    /// <param name="rows">The version rows in the order read: -1 from several counts from the first.</param>
    /// <returns>The steps; none if the database is already at the target.</returns>
    /// <exception cref="RevisionException">The target or a row is unknown or ambiguous, or the target is not below the rows.</exception>
    public IReadOnlyList<Step> Downgrade(string target, IReadOnlyList<string> rows) =>
        Naming(target, () => DowngradePlan.List(this, target, rows).Select(Step.Downgrade).ToList());

    /// <summary>Tells how stamping revisions changes the version rows.</summary>
    /// <param name="targets">The identifiers; relative ones are not accepted.</param>
    /// <param name="rows">The version rows.</param>
    /// <exception cref="RevisionException">A target or a row is unknown or ambiguous.</exception>
    public IReadOnlyList<Step> Stamp(IReadOnlyList<string> targets, IReadOnlyList<string> rows)
    {
        try
        {
            return StampPlan.List(this, targets, rows);
        }
        catch (MultipleHeadsException e)
        {
            throw new MultipleHeadsException(e.Argument, e.Heads, "Multiple heads are present; please specify a single target revision");
        }
    }

    /// <summary>Gets all revisions, newest first.</summary>
    public IReadOnlyList<RevisionNode> History() => History(new(null, null), []);

    /// <summary>Gets the revisions of a range, newest first, both ends included.</summary>
    /// <param name="range">The ends; "current" as an end means the rows.</param>
    /// <param name="rows">The version rows; needed only if the range names "current".</param>
    /// <exception cref="RevisionException">An end is unknown or ambiguous, or the ends are not on one line of descent.</exception>
    public IReadOnlyList<RevisionNode> History(RevisionRange range, IReadOnlyList<string> rows)
    {
        var (start, end) = (range.Start ?? "base", range.End ?? "heads");

        // As in Alembic: if both ends are "current", only the newer one is replaced; without rows, "current" counts as no end at all.
        IReadOnlyList<string> upper = end != "current" ? [end] : rows.Count > 0 ? rows : ["heads"];
        IReadOnlyList<string> lower = start != "current" || end == "current" ? [start] : rows.Count > 0 ? rows : ["base"];
        try
        {
            return Naming(end, () => RangePlan.Between(this, upper, lower));
        }
        catch (UnrelatedRevisionsException)
        {
            throw new UnrelatedRevisionsException(start, end);
        }
    }

    /// <summary>
    /// Gets the revisions that the current command lists: the rows, and the tips of other branches that the rows imply by their
    /// dependencies.
    /// </summary>
    /// <param name="rows">The version rows.</param>
    /// <exception cref="RevisionException">A row is unknown or ambiguous.</exception>
    public IReadOnlyList<RevisionNode> Current(IEnumerable<string> rows) => AppliedTips.Of(symbols.ResolveAll(rows));

    internal RevisionNode? Find(string id) => byName.GetValueOrDefault(id);

    // What version rows say is applied, as far as files for it exist.
    internal NodeSet Applied(IEnumerable<string> rows) => RevisionWalk.Ancestors(rows.Select(Find).OfType<RevisionNode>());

    // The message names the whole destination as typed, not only the part that has several heads.
    private static T Naming<T>(string destination, Func<T> plan)
    {
        try
        {
            return plan();
        }
        catch (MultipleHeadsException e)
        {
            throw new MultipleHeadsException(destination, e.Heads);
        }
    }
}

using Alembic.Revisions;

namespace Alembic.Migrations;

/// <summary>
/// Records each step in the history table, in the step's own transaction. If the database refuses, the run warns once and continues.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="session">The connection.</param>
/// <param name="map">The graph.</param>
/// <param name="warn">Takes the warning if the database refuses.</param>
/// <param name="purges">Whether the version table is emptied, which is recorded even if no steps follow.</param>
internal sealed class RunLog(RunLogTable table, OnlineSession session, RevisionMap map, Action<string> warn, bool purges = false)
    : IStepObserver
{
    private bool _isRefused;
    private bool _isProven;
    private HashSet<string>? _rows;

    /// <summary>Reads the table; null if it is missing or cannot be read.</summary>
    public IReadOnlyList<RunLogEntry>? Read()
    {
        IReadOnlyList<RunLogEntry>? entries = null;
        // The table nearly always exists, and this is then a single query.
        if (session.Attempt(() => entries = table.Read()) is { } refusal && table.Exists)
            warn($"The table '{table.Name}' cannot be read: {refusal.Message}");
        return entries;
    }

    /// <summary>Gets what is known of the database's revisions that have no file; null for nothing.</summary>
    public UnknownRevisions? Unknown(IReadOnlyList<string> rows) =>
        rows.Any(id => map.Find(id) is null) && Read() is { } entries ? UnknownRevisions.Of(map, rows, entries) : null;

    public void Begin(Progress at, bool isNew)
    {
        if ((at.Left.Count > 0 || purges) && _rows?.SetEquals(at.Rows) != true)
            Try(() => CatchUp(at.Rows));
    }

    public void Made(AppliedStep made, IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        if (_isProven)
            Add(made.Step, before, after, made.Duration);
        else
            _isProven = Try(() => Add(made.Step, before, after, made.Duration));
    }

    public void Done(Progress at) => _rows = at.Rows.ToHashSet();

    /// <summary>Accepts revisions as they are now.</summary>
    /// <returns>The findings that are thereby settled.</returns>
    public IReadOnlyList<RunLogFinding> Accept(IReadOnlyList<string> rows, IReadOnlyList<string> ids)
    {
        var findings = Read() is { } entries ? new RunLogState(map, rows, entries).Findings : [];
        if (ids.Where(id => id != "all").Except(findings.Select(f => f.Revision)).FirstOrDefault() is { } unknown)
            throw NothingToAccept(unknown);
        List<RunLogFinding> accepted = [.. findings.Where(f => ids.Contains("all") || ids.Contains(f.Revision))];
        foreach (var finding in accepted)
            table.Add(finding.Revision, RunLogEntry.Accept, map.Find(finding.Revision)?.Revision.UpgradeChecksum);
        return accepted;
    }

    public static AlembicException NothingToAccept(string id) =>
        new($"There is nothing to accept for '{id}'") { Hint = "dotnet alembic verify lists what differs, by complete ids" };

    // Revisions that were applied or undone without us (by another program, by a script, or before there was a history) are recorded as
    // stamps, since we did not run them.
    private void CatchUp(IReadOnlyList<string> rows)
    {
        if (!table.Exists)
            table.Create();
        var state = new RunLogState(map, rows, table.Read());
        foreach (var node in state.Foreign)
            table.Add(node.Id, RunLogEntry.Stamp, node.Revision.UpgradeChecksum);
        foreach (var id in state.Gone)
            table.Add(id, RunLogEntry.Unstamp, null);
    }

    private void Add(Step step, IReadOnlyList<string> before, IReadOnlyList<string> after, TimeSpan duration)
    {
        if (_isRefused)
            return;
        if (step.Revision is { } revision)
        {
            table.Add(
                revision.Id,
                step.IsUpgrade ? RunLogEntry.Upgrade : RunLogEntry.Downgrade,
                step.IsUpgrade ? revision.UpgradeChecksum : revision.DowngradeChecksum,
                (long)duration.TotalMilliseconds);
            return;
        }
        var (old, now) = (map.Applied(before), map.Applied(after));
        foreach (var node in map.Revisions.Where(n => old.Contains(n) != now.Contains(n)))
            table.Add(node.Id, now.Contains(node) ? RunLogEntry.Stamp : RunLogEntry.Unstamp,
                now.Contains(node) ? node.Revision.UpgradeChecksum : null);
    }

    private bool Try(Action write)
    {
        if (!_isRefused && session.Attempt(write) is { } refusal)
        {
            _isRefused = true;
            warn($"No history is kept in '{table.Name}': {refusal.Message}");
        }
        return !_isRefused;
    }
}

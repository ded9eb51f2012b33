using Alembic.Revisions;

namespace Alembic.Migrations;

/// <summary>Files, version rows and history, compared with each other.</summary>
internal sealed class RunLogState
{
    private readonly Dictionary<string, RunLogEntry> _last = [];
    private readonly RevisionMap _map;
    private readonly IReadOnlyList<RevisionNode> _applied;
    private readonly List<RevisionNode> _known;
    private readonly NodeSet _covered;

    public RunLogState(RevisionMap map, IReadOnlyList<string> rows, IReadOnlyList<RunLogEntry> entries)
    {
        foreach (var entry in entries)
            _last[entry.Revision] = entry;
        _map = map;
        var applied = map.Applied(rows);
        _applied = [.. map.Revisions.Where(applied.Contains)];
        _known = [.. _applied.Where(n => Last(n) is { IsApplied: true })];
        _covered = RevisionWalk.Ancestors(_known);
        Gone = [.. _last.Values.Where(e => e.IsApplied && map.Find(e.Revision) is { } node && !applied.Contains(node))
            .Select(e => e.Revision)];
    }

    /// <summary>Applied revisions that are not in the history and not ancestors of one that is.</summary>
    public IEnumerable<RevisionNode> Foreign => _applied.Where(n => !_covered.Contains(n));

    /// <summary>Revisions that are applied according to the history, but in fact are not.</summary>
    public IReadOnlyList<string> Gone { get; }

    /// <summary>The differences to report.</summary>
    public IReadOnlyList<RunLogFinding> Findings => [.. Edited, .. Deleted, .. Missed];

    private IEnumerable<RunLogFinding> Edited => _known
        .Where(n => Last(n) is { Checksum: { } ran } && n.Revision.UpgradeChecksum is { } now && ran != now)
        .Select(n => new RunLogFinding(n.Id, $"{n.Id}: {n.Revision.Path} was edited after it was {Last(n)!.When}"));

    private IEnumerable<RunLogFinding> Deleted => _last.Values
        .Where(e => e.IsApplied && _map.Find(e.Revision) is null && e is not { Direction: RunLogEntry.Accept, Checksum: null })
        .Select(e => new RunLogFinding(e.Revision, $"{e.Revision}: was {e.When}, but its file no longer exists"));

    private IEnumerable<RunLogFinding> Missed
    {
        get
        {
            var known = new NodeSet(_known);
            foreach (var node in _applied.Where(n => _covered.Contains(n) && !known.Contains(n)))
            {
                var above = RevisionWalk.Descendants([node]);
                var after = _known.First(above.Contains);
                yield return new(node.Id,
                    $"{node.Id}: {node.Revision.Path} was never applied here, but {after.Id}, which follows it, was "
                        + $"{Last(after)!.When}");
            }
        }
    }

    private RunLogEntry? Last(RevisionNode node) => _last.GetValueOrDefault(node.Id);
}

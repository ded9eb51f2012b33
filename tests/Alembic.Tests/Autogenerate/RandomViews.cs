using System.Data.Common;
using Alembic.Autogenerate;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Tests.Autogenerate;

/// <summary>
/// Views that only the database has: over its tables and over each other, some called as what the model has new. Those that the revision
/// names are dropped before it, as it asks for; all others work throughout.
/// </summary>
internal sealed class RandomViews
{
    private readonly Journey _journey;
    private readonly Dialect _dialect;
    private readonly List<(string Name, string Source, string Create)> _views = [];
    private readonly List<(string Name, string Source, string Create)> _named = [];

    public RandomViews(Journey journey, Dialect dialect, MetaData from, MetaData to, int seed)
    {
        (_journey, _dialect) = (journey, dialect);
        var random = new Random(seed);
        var names = new Queue<string>(Names(to).Except(Names(from), StringComparer.OrdinalIgnoreCase).OrderBy(_ => random.Next()));
        var relations = from.Tables.Where(t => t.Schema is null)
            .Select(t => (Name: Q(t.Name), Columns: t.Columns.Select(c => Q(c.Name)).ToList())).ToList();
        for (var i = random.Next(4); i > 0 && relations.Count > 0; i--)
        {
            var (source, all) = relations[random.Next(relations.Count)];
            var name = random.Next(2) == 0 && names.TryDequeue(out var moved) ? moved : $"view {i}";
            var columns = all.Where(_ => random.Next(2) == 0).DefaultIfEmpty(all[0]).ToList();
            relations.Add((Q(name), columns));
            _views.Add((name, source, $"CREATE VIEW {Q(name)} AS SELECT {string.Join(", ", columns)} FROM {source}"));
        }
    }

    public void Create() => Create(_views);

    /// <summary>Drops the views that the remarks name.</summary>
    public void Heed(Comparison comparison)
    {
        var remarks = string.Join("\n", comparison.Upgrade.Select(p => p.Remark).OfType<string>()
            .SelectMany(r => r.Split('\n')).Where(line => !line.StartsWith("These are dropped and recreated", StringComparison.Ordinal)));
        // Those over one that is dropped go first.
        foreach (var view in _views)
            if (remarks.Contains($"view {Shown(view.Name)}", StringComparison.OrdinalIgnoreCase)
                || remarks.Contains($"view '{view.Name}'", StringComparison.OrdinalIgnoreCase) || _named.Any(v => Q(v.Name) == view.Source))
                _named.Add(view);
        _journey.Run(Enumerable.Reverse(_named).Select(v => new Execute($"DROP VIEW {Q(v.Name)}")));
    }

    /// <summary>Brings back what was dropped.</summary>
    public void Restore()
    {
        Create(_named);
        Work(_views);
    }

    /// <summary>Sees that all others work.</summary>
    public void Work() => Work(_views.Except(_named));

    private void Create(IEnumerable<(string Name, string Source, string Create)> views) =>
        _journey.Run(views.Select(v => new Execute(v.Create)));

    private void Work(IEnumerable<(string Name, string Source, string Create)> views)
    {
        foreach (var (name, _, create) in views)
        {
            try
            {
                _ = _journey.Rows($"SELECT count(*) AS n FROM {Q(name)}").Single();
            }
            catch (DbException e)
            {
                throw new InvalidOperationException($"{create}: {e.Message}", e);
            }
        }
    }

    private IEnumerable<string> Names(MetaData schema) => schema.Sequences.Select(s => s.Name).Concat(
        schema.Tables.Where(t => t.Schema is null).SelectMany(t => t.Items.Concat(t.Indexes).Concat(t.Uniques)
            .Where(item => _dialect.Comparison.ScopeOf(item) == NameScope.Tables)
            .Select(item => (item as TableIndex)?.Name ?? (item as Constraint)?.Name).OfType<string>().Prepend(t.Name))).Distinct();

    private string Q(string name) => _dialect.Quote(name);

    private string Shown(string name) => _dialect.Name == "postgresql" ? $"public.{Q(name)}" : Q(name);
}

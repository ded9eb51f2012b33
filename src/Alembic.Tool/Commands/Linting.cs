using Alembic.Databases;
using Alembic.Lint;
using Alembic.Operations;
using Alembic.Revisions;
using Alembic.Tool.Configuration;
using Alembic.Tool.Documents;
using Alembic.Tool.Scripts;

namespace Alembic.Tool.Commands;

/// <summary>Checks a project's revisions against the rules, as its ini file configures them.</summary>
internal sealed class Linting
{
    private readonly Project _project;
    private readonly Linter _linter;
    private readonly Lazy<HashSet<string>> _ids;

    /// <exception cref="ConfigurationException">The ini file names a rule or a severity that does not exist.</exception>
    public Linting(Project project)
    {
        (_project, _linter) = (project, new Linter(LintRules.All, Severities(project.Settings)));
        _ids = new(() => project.Map.Revisions.Select(r => r.Id).ToHashSet(StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Gets the revisions of a range whose files are new, the oldest first: that is how people read them.</summary>
    /// <param name="range">A revision or a range; null for all.</param>
    /// <param name="since">A branch, tag or commit: files that were added or changed since then are new; null for all.</param>
    public IReadOnlyList<RevisionNode> Choose(string? range, string? since)
    {
        var parsed = range is null ? new RevisionRange(null, null)
            : RevisionRange.Parse(range.Contains(':', StringComparison.Ordinal) ? range : $"{range}:{range}");
        if (parsed.NeedsRows)
            throw new UsageException("lint reads no database, so it does not know 'current'");
        var changed = since is null ? null : Git().ChangedSince(since);
        return [.. _project.Map.History(parsed, []).Reverse()
            .Where(r => changed is null || (r.Revision.Path is { } path && changed.Contains(Paths.Real(path))))];
    }

    /// <summary>Gets the repository's default branch; null if there is none.</summary>
    public string? DefaultBranch() => Git().DefaultBranch();

    /// <summary>Finds what is wrong with the graph.</summary>
    public IEnumerable<LintData> SeveralHeads()
    {
        var (rule, heads) = (LintRules.SeveralHeads, _project.Map.Heads);
        // Several heads are intended if each is a branch with a name.
        return heads.Count < 2 || heads.All(h => h.BranchLabels.Count > 0) || _linter.SeverityOf(rule) == LintSeverity.Off
            ? []
            : [LintData.Of(
                new(rule.Code, _linter.SeverityOf(rule), $"'upgrade head' fails, because there are several heads: "
                    + string.Join(", ", heads.Select(h => h.Id)), null,
                    [$"// dotnet alembic merge -m \"Merge migrations\" {string.Join(' ', heads.Select(h => h.Id))}"]),
                null)];
    }

    /// <summary>Finds what is wrong with these revisions on a database. Connects to none.</summary>
    public IEnumerable<LintData> Check(DatabaseRun database, IReadOnlyList<RevisionNode> chosen)
    {
        // All revisions are read: an earlier one may make a later one safe.
        IReadOnlyList<RevisionNode> all = [.. _project.Map.History().Reverse()];
        var create = database.Load(all);
        List<LintedMigration> earlier = [];
        List<LintData> findings = [];
        foreach (var node in all)
        {
            var migration = Recorded(node.Revision, create, database) with { Earlier = earlier };
            if (chosen.Contains(node))
                findings.AddRange(Check(node.Revision, migration));
            earlier.Add(migration);
        }
        return findings;
    }

    /// <summary>Finds what a migration locks, and for how long.</summary>
    public IEnumerable<LintProblem> Locks(LintedMigration migration) => LintRules.LocksOf(migration.Dialect)
        .Where(rule => _linter.SeverityOf(rule) != LintSeverity.Off).SelectMany(rule => rule.Check(migration));

    private Git Git() => new(_project.Programs, _project.Terminal.WorkingDirectory);

    private static LintedMigration Recorded(Revision revision, Func<Revision, Migration> create, DatabaseRun database) =>
        LintedMigration.Of(
            database.Migrator.Dialect, op => create(revision).Upgrade(op), op => create(revision).Downgrade(op), revision.Path,
            database.Context);

    private IEnumerable<LintData> Check(Revision revision, LintedMigration migration)
    {
        var comments = new LintComments(revision.Path is { } path ? File.ReadAllLines(path) : []);
        return _linter.Check(LintRules.BadIgnore, comments)
            .Concat(_linter.Check(migration, LintRules.For(migration.Dialect).Append(MisnamedFile(revision)), comments))
            .OrderBy(f => f.Line ?? 0).Select(f => LintData.Of(f, revision));
    }

    // A file that was copied and got a new id but kept its name: somebody who looks for the other revision finds this one.
    private LintRule MisnamedFile(Revision revision) => LintRules.MisnamedFile with
    {
        Check = _ => Path.GetFileNameWithoutExtension(revision.Path) is { } name
            && !name.Contains(revision.Id, StringComparison.OrdinalIgnoreCase)
            && name.Split('_', '-', '.', ' ').FirstOrDefault(_ids.Value.Contains) is { } other
                ? [new($"the file is named after {other}, but its revision is {revision.Id}: rename it")]
                : [],
    };

    private static Dictionary<string, LintSeverity> Severities(Settings settings)
    {
        Dictionary<string, LintSeverity> result = [];
        foreach (var (key, value) in settings.Lint)
        {
            var code = key.ToUpperInvariant();
            if (LintRules.All.All(r => r.Code != code))
                throw Invalid($"there is no rule '{code}'", "docs/reference/lint.md lists the rules");
            if (!Enum.TryParse<LintSeverity>(value, ignoreCase: true, out var severity) || int.TryParse(value, out _))
                throw Invalid($"{code} is '{value}'", "write off, warning or error");
            result[code] = severity;
        }
        return result;

        ConfigurationException Invalid(string problem, string hint) =>
            new($"{settings.Ini.Path}, section [lint]: {problem}") { Hint = hint };
    }
}

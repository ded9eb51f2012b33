using Alembic.Lint;
using Alembic.Migrations;
using Alembic.Operations;

namespace Alembic.Tool.Commands;

/// <summary>Tells what the operations of a plan lock, and for how long, by the rules of lint.</summary>
internal sealed class PlannedLocks
{
    private readonly Dictionary<PreviewedOperation, List<string>> _sentences = new(ReferenceEqualityComparer.Instance);

    public PlannedLocks(Project project, Dialect dialect, MigrationPreview preview)
    {
        var linting = new Linting(project);
        List<LintedMigration> earlier = [];
        // Nobody reads yet from a table that the plan itself creates, and it has no rows.
        List<LintedOperation> created = [];
        foreach (var step in preview.Steps)
        {
            var owners = new Dictionary<LintedOperation, PreviewedOperation>(ReferenceEqualityComparer.Instance);
            List<LintedOperation> operations = [.. created];
            foreach (var planned in step.Operations)
            {
                foreach (var each in LintedOperation.Of(planned.Operation, dialect, _ => null, planned.IsInTransaction))
                {
                    operations.Add(each);
                    owners.Add(each, planned);
                }
            }
            var migration = new LintedMigration(dialect, new(operations, [], step.Unforeseen), new([], [], null)) { Earlier = earlier };
            foreach (var problem in linting.Locks(migration))
            {
                if (problem.At is { } at && owners.TryGetValue(at, out var planned))
                    (_sentences.TryGetValue(planned, out var said) ? said : _sentences[planned] = []).Add(problem.Text);
            }
            created.AddRange(owners.Keys.Where(o => o.Operation is CreateTable));
            earlier.Add(migration);
        }
    }

    /// <summary>Gets what others cannot do because of an operation, and until when: one sentence each.</summary>
    public IReadOnlyList<string> Of(PreviewedOperation operation) => _sentences.GetValueOrDefault(operation) ?? [];
}

using System.Diagnostics;
using Alembic.Revisions;

namespace Alembic.Migrations;

/// <summary>Tells how long each migration takes. One that fails is ended by <see cref="Spans.Whole"/>.</summary>
internal sealed class StepSpans : IStepObserver
{
    private Activity? _step;

    // The unit of work was rolled back, and begins again.
    public void Begin(Progress at, bool isNew) => End();

    public void Starting(Step step, IReadOnlyList<string> rows)
    {
        _step = Spans.Begin(Spans.Migrate, Spans.RevisionTag, step.Revision?.Id);
        _step?.Tell(Spans.MessageTag, step.Revision?.Message);
    }

    // What follows is the tool's own work.
    public void Finishing() => End();

    private void End()
    {
        _step?.Dispose();
        _step = null;
    }
}

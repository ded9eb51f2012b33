using System.Data.Common;
using Alembic.Operations;
using Alembic.Revisions;
using Alembic.Schema;

namespace Alembic.Tool.EntityFramework;

/// <summary>
/// The rows that the revisions of a project put in by <c>op.InsertData</c>: their files are run once more, with nothing but a list in the
/// database's place.
/// </summary>
internal sealed class InsertedRows(Dialect dialect, EnvironmentContext context) : IOperationSink, IMigrationSession
{
    private readonly List<TableRows> _rows = [];

    /// <param name="map">The revisions.</param>
    /// <param name="load">Compiles the revisions of some steps.</param>
    public IReadOnlyList<TableRows> Of(RevisionMap map, Func<IReadOnlyList<Step>, Func<Revision, Migration>> load)
    {
        var steps = map.Upgrade("heads", []).Where(
            s => s.Revision?.Path is { } path && File.ReadAllText(path).Contains(nameof(Op.InsertData), StringComparison.Ordinal)).ToList();
        if (steps.Count == 0)
            return [];
        var migrations = load(steps);
        foreach (var step in steps)
        {
            try
            {
                migrations(step.Revision!).Upgrade(new Op(dialect, this, this) { Context = context });
            }
            catch (OfflineException exception)
            {
                throw new AlembicException(
                    $"{step.Revision!.Path}: rows of the model can't be read from a migration that needs a database: {exception.What}",
                    exception)
                {
                    Hint = "put op.InsertData into a revision of its own, or what needs the database between if (!op.IsOffline)",
                };
            }
        }
        return _rows;
    }

    bool IMigrationSession.IsOffline => true;

    DbConnection IMigrationSession.Connection => throw new OfflineException("op.Connection");

    DbTransaction? IMigrationSession.Transaction => throw new OfflineException("op.Transaction");

    void IOperationSink.Accept(Operation operation)
    {
        if (operation is InsertData insert)
            _rows.Add(insert.Data);
    }

    IReadOnlyList<IReadOnlyDictionary<string, object?>> IMigrationSession.Query(Statement statement) =>
        throw new OfflineException("op.Query");

    void IMigrationSession.Autocommit(Action block) => block();

    void IMigrationSession.BeforeCommit(string name, Func<Action> guard)
    {
    }
}

using System.Data.Common;
using Alembic.Operations;
using Alembic.Revisions;
using Alembic.Schema;

namespace Alembic.Tool.EntityFramework;

/// <summary>
/// The rows that the revisions of a project insert by <c>op.InsertData</c>, with the current names of their tables and columns. The
/// files are run once more on a list in place of the database.
/// </summary>
internal sealed class InsertedRows(Dialect dialect, EnvironmentContext context) : IOperationSink, IMigrationSession
{
    // Operations that insert and delete rows, and those that rename.
    private static readonly string[] Followed = [nameof(Op.InsertData), nameof(Op.DeleteData), nameof(Op.RenameTable), "newColumnName"];

    private readonly List<TableRows> _rows = [];

    /// <param name="map">The revisions.</param>
    /// <param name="load">Compiles the revisions of some steps.</param>
    public IReadOnlyList<TableRows> Of(RevisionMap map, Func<IReadOnlyList<Step>, Func<Revision, Migration>> load)
    {
        var steps = map.Upgrade("heads", []).Where(s => Words(s, Followed)).ToList();
        if (!steps.Any(InsertsRows))
            return [];
        var migrations = load(steps);
        foreach (var step in steps)
        {
            try
            {
                migrations(step.Revision!).Upgrade(new Op(dialect, this, this) { Context = context });
            }
            catch (OfflineException exception) when (InsertsRows(step))
            {
                throw new AlembicException(
                    $"{step.Revision!.Path}: rows of the model can't be read from a migration that needs a database: {exception.What}",
                    exception)
                {
                    Hint = "put op.InsertData into its own revision, or what needs the database into if (!op.IsOffline)",
                };
            }
            catch (OfflineException)
            {
                // Renames before that are known.
            }
        }
        return _rows;
    }

    bool IMigrationSession.IsOffline => true;

    DbConnection IMigrationSession.Connection => throw new OfflineException("op.Connection");

    DbTransaction? IMigrationSession.Transaction => throw new OfflineException("op.Transaction");

    void IOperationSink.Accept(Operation operation)
    {
        switch (operation)
        {
            case InsertData insert:
                _rows.Add(insert.Data);
                break;
            case DeleteData delete:
                // Whoever inserts it again owns it.
                var gone = delete.KeyValues.Select(KeyText).ToHashSet();
                Change(delete.Schema, delete.Table, rows => !delete.Key.All(rows.Columns.Contains) ? rows : rows with
                {
                    Rows = [.. rows.Rows.Where(row => !gone.Contains(KeyText(RowText.KeyOf(rows with { Key = delete.Key }, row))))],
                });
                break;
            case RenameTable rename:
                Change(rename.Schema, rename.From, rows => rows with { Table = rename.To });
                break;
            case AlterColumn { NewName: { } name } rename:
                IReadOnlyList<string> Renamed(IReadOnlyList<string> columns) => [.. columns.Select(c => c == rename.Column ? name : c)];
                Change(rename.Schema, rename.Table, rows => rows with { Key = Renamed(rows.Key), Columns = Renamed(rows.Columns) });
                break;
            case BatchAlterTable batch:
                foreach (var one in batch.Operations)
                    ((IOperationSink)this).Accept(one);
                break;
        }
    }

    private string KeyText(IReadOnlyList<object?> key) => RowText.KeyText(dialect, key);

    private void Change(string? schema, string table, Func<TableRows, TableRows> change)
    {
        for (var i = 0; i < _rows.Count; i++)
            _rows[i] = _rows[i].Schema == schema && _rows[i].Table == table ? change(_rows[i]) : _rows[i];
    }

    private static bool InsertsRows(Step step) => Words(step, [nameof(Op.InsertData)]);

    private static bool Words(Step step, string[] words) => step.Revision?.Path is { } path && File.ReadAllText(path) is var text
        && words.Any(word => text.Contains(word, StringComparison.Ordinal));

    IReadOnlyList<IReadOnlyDictionary<string, object?>> IMigrationSession.Query(Statement statement) =>
        throw new OfflineException("op.Query");

    void IMigrationSession.Autocommit(Action block) => block();

    void IMigrationSession.BeforeCommit(string name, Func<Action> guard)
    {
    }
}

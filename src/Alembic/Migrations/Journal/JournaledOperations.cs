using System.Data;
using System.Data.Common;
using Alembic.Operations;
using Alembic.Revisions;

namespace Alembic.Migrations;

/// <summary>
/// Runs a migration's operations so that an interrupted migration resumes where it stopped. What is done is not done again. Whether the
/// statement that was running was executed is decided by the schema or by a person. Used for DDL that cannot be rolled back and outside of
/// transactions; a transaction does not need it.
/// </summary>
/// <param name="inner">Runs operations without the journal.</param>
/// <param name="compiling">The session that operations are compiled with.</param>
/// <param name="session">The connection that they run on.</param>
/// <param name="journal">The journal.</param>
/// <param name="map">The graph.</param>
/// <param name="inform">Takes progress messages.</param>
internal sealed class JournaledOperations(
    IOperationSink inner, IMigrationSession compiling, OnlineSession session, JournalTable journal, RevisionMap map, Action<string> inform)
    : IOperationSink, IStepObserver
{
    // The text of the step for the migration's own use of the connection.
    private const string Lent = "op.Connection";

    private readonly NotedStatements _noted = new(session, journal);
    private readonly SessionTrail _trail = new(session.Dialect);
    private JournalEntry? _found;
    private JournalEntry? _left;
    private (bool IsLent, decimal? Writes) _lent;

    /// <summary>Tells whether a part of the migration is done that cannot be rolled back.</summary>
    public bool HasKept => journal.HasRow;

    // The entry of an earlier run belongs to the first step.
    public void Begin(Progress at, bool isNew)
    {
        _found = isNew ? journal.Read() : null;
        if (_found?.IsSettled(map, at.Rows) == true)
            _found = null;
        if (_found is not null && at.Left is [var next, ..] && (next.Revision?.Id != _found.Revision || next.IsUpgrade != _found.IsUpgrade))
            throw new MigrationException($"{_found}") { Hint = _found.ToUnfinished(null).WayOut(map) };
    }

    public void Starting(Step step, IReadOnlyList<string> rows)
    {
        (_left, _found, _lent) = (_found, null, default);
        _noted.Start(step);
        _trail.Clear();
    }

    // The migration's entry is deleted in the transaction that changes the version row.
    public void Finishing()
    {
        if (_left is not null && _noted.Count < _left.Done)
            throw Edited(_left);
        session.BeginIfDue();
        journal.Clear();
    }

    /// <summary>Records, before a commit in the middle of a migration, what has been done so far: it must not be done again.</summary>
    public void Leave()
    {
        TakeBack();
        if (_left is null)
            _noted.Done();
    }

    public void Accept(Operation operation)
    {
        session.Cancelled.ThrowIfCancellationRequested();
        // Each change of the batch is its own step.
        if (operation is BatchAlterTable batch && !session.Dialect.HasTransactionalDdl)
        {
            foreach (var change in batch.Operations)
                Accept(change);
            return;
        }

        Next(Text(operation), () => Execute(operation), left => Resume(operation, left), () => Pass(operation));
    }

    /// <summary>Runs a backfill, or the rest of it. Every batch is recorded in its own transaction.</summary>
    public long Backfill(Backfill backfill)
    {
        var rows = 0L;
        Next(new(backfill.Text), () => Run(null), left => Run(BackfillProgress.Of(left)), _trail.PassRows);
        return rows;

        void Run(BackfillProgress? left)
        {
            rows = new BackfillRun(backfill, session, inform).From(left, progress => journal.Write(progress.In(_noted.Pending, backfill)));
            _noted.Done();
        }
    }

    /// <summary>Runs a query. One that writes is a step like any other, but its result is not kept.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Query(Statement statement)
    {
        IReadOnlyList<IReadOnlyDictionary<string, object?>> rows = [];
        if (StatementKind.Of(statement, session.Dialect).IsRead)
        {
            Refuse(_trail.Follow(statement));
            session.BeginIfDue();
            return session.Query(statement);
        }
        Next(new(statement.Text), Send,
            left => _noted.Resume(left, [statement], Send, _ => Send(), _ => throw Gone("an op.Query that wrote")),
            () => throw Gone("an op.Query that wrote"));
        return rows;

        void Send()
        {
            Refuse(_trail.Follow(statement));
            if (session.Dialect.MayLoseRows(statement.Text))
                compiling.BeforeLoss();
            _noted.Send([statement], 0, sent => rows = session.Query(sent));
        }
    }

    /// <summary>
    /// Called before the migration gets the connection. If the database can tell that nothing was written with it, that is not a step.
    /// </summary>
    public void Lend()
    {
        TakeBack();
        session.BeginIfDue();
        _lent = (true, session.Dialect.Writes(session));
    }

    private void TakeBack()
    {
        var (isLent, writes) = _lent;
        _lent = default;
        if (isLent && (writes is null || writes != session.Dialect.Writes(session)))
            Next(new(Lent), () => { }, _ => { }, () => throw Gone("op.Connection"));
    }

    // Skips a step that is done, resumes one that was interrupted.
    private void Next(Lazy<string> text, Action execute, Action<JournalEntry> resume, Action pass)
    {
        TakeBack();
        _noted.Add(text);
        if (_left is { } left)
        {
            if (_noted.Count == left.Done && _noted.Digest != left.Digest)
                throw Edited(left);
            if (_noted.Count <= left.Done)
            {
                pass();
                return;
            }
            _left = null;
            if (left.Pending is { } pending)
            {
                if (_noted.Digest != pending)
                    throw Edited(left);
                resume(left);
                return;
            }
        }

        execute();
    }

    private void Pass(Operation operation)
    {
        if (operation is Execute { Text: var text, Parameters: var parameters })
            Pass(new Statement(text) { Parameters = parameters });
        else if (operation is BulkInsert)
            _trail.PassRows();
    }

    private void Pass(Statement statement)
    {
        if (_trail.Pass(statement))
            session.Execute(statement);
    }

    private void Execute(Operation operation)
    {
        if (operation is BulkInsert insert)
        {
            Refuse(_trail.FollowRows(insert.Table));
            _noted.Send(insert, () => inner.Accept(operation));
            return;
        }
        if (session.IsInTransaction && session.Dialect.HasTransactionalDdl)
        {
            if (operation is Execute { Text: var text, Parameters: var parameters })
                Refuse(_trail.Follow(new Statement(text) { Parameters = parameters }));
            inner.Accept(operation);
            return;
        }
        Send(Compile(operation), 0);
    }

    private IReadOnlyList<Statement> Compile(Operation operation) => [.. session.Dialect.Compile(operation, compiling)];

    private void Send(IReadOnlyList<Statement> statements, int from)
    {
        foreach (var statement in statements.Skip(from))
            Refuse(_trail.Follow(statement));
        _noted.Send(statements, from);
    }

    private void Resume(Operation operation, JournalEntry left)
    {
        // A long text is recorded in a shortened form; the migration file has the full text.
        var statements = operation is Execute ? Compile(operation) : [.. left.Statements.Select(text => new Statement(text))];
        _noted.Resume(left, statements, () => Execute(operation), at => Send(statements, at), Pass);
    }

    private static void Refuse(string? lost)
    {
        if (lost is null)
            return;
        throw new AlembicException(
            $"An earlier run left '{lost}' in its session, and it was lost with that connection")
        {
            Hint =
                "write what it held into this statement; or undo by hand what the migration did and run dotnet alembic repair "
                    + "--forget",
        };
    }

    private static AlembicException Gone(string what) =>
        new($"An earlier run has done this step with {what}, which cannot be repeated or skipped")
    {
        Hint = "undo by hand what the migration did and run dotnet alembic repair --forget; use op.Execute, which is recorded and skipped",
    };

    // Rows are left out: there may be very many, and they may depend on the clock or random values.
    private static Lazy<string> Text(Operation operation) => operation switch
    {
        BulkInsert insert => new($"insert into {insert.Table}"),
        Execute execute => new(execute.Text),
        _ => new(() => Code(operation), isThreadSafe: false),
    };

    private static string Code(Operation operation)
    {
        try
        {
            return new CodeWriter().Write(operation);
        }
        catch (NotSupportedException)
        {
            return operation.GetType().Name;
        }
    }

    private static AlembicException Edited(JournalEntry left) => new($"{left}; but the file has changed in those steps since")
    {
        Hint = "restore the steps that were done in the file, or undo them by hand and run dotnet alembic repair --forget",
    };
}

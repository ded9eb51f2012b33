using System.Data;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Alembic.Operations;
using Alembic.Revisions;

namespace Alembic.Migrations;

/// <summary>
/// Makes a migration's operations so that one which was broken off goes on where it stopped: what was done is not done again, and of a statement that was
/// under way the schema tells whether it was carried out. A transaction needs none of this; it is for DDL that cannot be rolled back, and outside of transactions.
/// </summary>
/// <param name="inner">Makes operations without any of this.</param>
/// <param name="compiling">The session that operations are turned into statements with.</param>
/// <param name="session">The connection that they run on.</param>
/// <param name="journal">What is noted.</param>
/// <param name="map">The graph.</param>
/// <param name="inform">Takes a line about what goes on.</param>
internal sealed class JournaledOperations(
    IOperationSink inner, IMigrationSession compiling, OnlineSession session, JournalTable journal, RevisionMap map, Action<string> inform)
    : IOperationSink, IStepObserver
{
    private readonly StatementKind _kind = new(session.Dialect);
    private readonly List<string> _made = [];
    private Step? _step;
    private JournalEntry? _found;
    private JournalEntry? _left;

    /// <summary>Whether something was committed in the middle of the migration, which then cannot be tried again as a whole.</summary>
    public bool HasLeftTransaction { get; private set; }

    // What an earlier run left belongs to the first step.
    public void Begin(Progress at, bool isNew)
    {
        _found = isNew ? journal.Read() : null;
        if (_found?.IsSettled(map, at.Rows) == true)
            _found = null;
        HasLeftTransaction = _found is not null;
        if (_found is not null && at.Left is [var next, ..] && (next.Revision?.Id != _found.Revision || next.IsUpgrade != _found.IsUpgrade))
            throw new MigrationException($"{_found}") { Hint = _found.ToUnfinished(null).WayOut(map) };
    }

    public void Starting(Step step, IReadOnlyList<string> rows)
    {
        (_step, _left, _found) = (step, _found, null);
        _made.Clear();
    }

    // In the transaction that brings the version row, what was noted about the migration goes.
    public void Finishing()
    {
        if (_left is not null && _made.Count < _left.Done)
            throw Edited(_left);
        journal.Clear();
    }

    /// <summary>Before a commit in the middle of a migration: what has been done so far is not to be done again.</summary>
    public void Leave()
    {
        HasLeftTransaction = true;
        if (_left is null)
            journal.Write(Entry(_made.Count));
    }

    public void Accept(Operation operation)
    {
        session.Cancelled.ThrowIfCancellationRequested();
        // One change after the other: each is a step of its own.
        if (operation is BatchAlterTable batch && !session.Dialect.HasTransactionalDdl)
        {
            foreach (var change in batch.Operations)
                Accept(change);
            return;
        }

        Next(Text(operation), () => Execute(operation), left => Resume(operation, left));
    }

    /// <summary>Makes a backfill, or the rest of it; every batch is noted in the transaction that makes it.</summary>
    public long Backfill(Backfill backfill)
    {
        var rows = 0L;
        Next(backfill.Text, () => Run(null), left => Run(BackfillProgress.Of(left)));
        return rows;

        void Run(BackfillProgress? left)
        {
            rows = new BackfillRun(backfill, session, inform).From(
                left, progress => journal.Write(progress.In(Entry(_made.Count - 1) with { Pending = Digest(_made.Count) }, backfill)));
            journal.Write(Entry(_made.Count));
        }
    }

    // What is done is passed over, what was broken off is resumed.
    private void Next(string text, Action execute, Action<JournalEntry> resume)
    {
        _made.Add(text);
        if (_left is { } left)
        {
            if (_made.Count == left.Done && Digest(_made.Count) != left.Digest)
                throw Edited(left);
            if (_made.Count <= left.Done)
                return;
            _left = null;
            if (left.Pending is { } pending)
            {
                if (Digest(_made.Count) != pending)
                    throw Edited(left);
                resume(left);
                return;
            }
        }

        execute();
    }

    private void Execute(Operation operation)
    {
        var inTransaction = session.Transaction is not null;
        if (inTransaction && (session.Dialect.HasTransactionalDdl || operation is BulkInsert))
        {
            inner.Accept(operation);
        }
        else if (operation is BulkInsert)
        {
            InOwnTransaction(() => inner.Accept(operation));
        }
        else
        {
            IReadOnlyList<Statement> statements = [.. session.Dialect.Compile(operation, compiling)];
            if (!statements.All(_kind.IsData))
                Stepwise(statements, 0);
            else if (inTransaction)
                Run(statements);
            else
                InOwnTransaction(() => Run(statements));
        }
    }

    private void Run(IReadOnlyList<Statement> statements)
    {
        foreach (var statement in statements)
            session.Execute(statement);
    }

    // Data outside of a transaction gets one of its own, with the note that it is done.
    private void InOwnTransaction(Action change)
    {
        session.Begin();
        change();
        journal.Write(Entry(_made.Count));
        session.Commit();
    }

    private void Resume(Operation operation, JournalEntry left)
    {
        if (left.NeedsRepair)
        {
            throw new AlembicException($"{left}; nobody but you can tell whether that statement was carried out")
            {
                Hint = "dotnet alembic repair --done if it was, dotnet alembic repair --retry if not; then upgrade again",
            };
        }

        var happened = session.Dialect.Fingerprint(session, left.Statements[left.At]) != left.Before;
        if (!happened && left.At == 0)
            Execute(operation);
        else
            Stepwise([.. left.Statements.Select(text => new Statement(text))], happened ? left.At + 1 : left.At);
    }

    private void Stepwise(IReadOnlyList<Statement> statements, int from)
    {
        var inTransaction = session.Transaction is not null;
        for (var at = from; at < statements.Count; at++)
        {
            var entry = Entry(_made.Count - 1) with
            {
                Pending = Digest(_made.Count),
                Statements = [.. statements.Select(s => s.Text)],
                At = at,
                Before = _kind.IsVisible(statements[at]) ? session.Dialect.Fingerprint(session, statements[at].Text) : null,
            };
            journal.Write(entry);
            if (inTransaction)
                session.Commit();
            try
            {
                session.ExecuteAlone(statements[at], isRepeatable: !_kind.HasSeveral(statements[at]));
            }
            catch (Exception exception) when (exception is DbException or LockTimeoutException or MigrationCancelledException
                && at == 0 && session.Connection.State == ConnectionState.Open && !_kind.HasSeveral(statements[at]))
            {
                // The database refused it: nothing is under way, and the file may be put right.
                journal.Write(Entry(_made.Count - 1));
                throw;
            }
            if (entry.Before is null)
                journal.Write(Entry(_made.Count));
            if (inTransaction)
                session.Begin();
        }
    }

    private JournalEntry Entry(int done) => new(_step!.Revision!.Id, _step.IsUpgrade, done, Digest(done));

    private string Digest(int count) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001e', _made.Take(count)))));

    // Rows are left out: there may be very many, and they may be made of clocks and chance.
    private static string Text(Operation operation)
    {
        if (operation is BulkInsert insert)
            return $"insert into {insert.Table}";
        if (operation is Execute execute)
            return execute.Text;
        try
        {
            return new CodeWriter().Write(operation);
        }
        catch (NotSupportedException)
        {
            return operation.GetType().Name;
        }
    }

    private static AlembicException Edited(JournalEntry left) => new($"{left}; but the file says something else about those steps by now")
    {
        Hint = "give the file back the steps that were done, or undo them by hand and run dotnet alembic repair --forget",
    };
}

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
internal sealed class JournaledOperations(IOperationSink inner, Dialect dialect, OnlineSession session, Journal journal, Action<string> say) : IOperationSink
{
    private readonly List<string> _made = [];
    private Step? _step;
    private JournalEntry? _left;

    /// <param name="step">The migration that begins.</param>
    /// <param name="left">What an earlier run left of it, or null.</param>
    public void Start(Step step, JournalEntry? left)
    {
        (_step, _left) = (step, left);
        _made.Clear();
    }

    /// <summary>The migration is done: in the transaction that brings its version row, what was noted about it goes.</summary>
    public void Finish()
    {
        if (_left is not null && _made.Count < _left.Done)
            throw Edited(_left);
        journal.Clear();
    }

    /// <summary>Before a commit in the middle of a migration: what has been done so far is not to be done again.</summary>
    public void Note()
    {
        if (_left is null)
            journal.Write(Entry(_made.Count));
    }

    public void Accept(Operation operation)
    {
        session.Cancelled.ThrowIfCancellationRequested();
        // One change after the other: each is a step of its own.
        if (operation is BatchAlterTable batch && !dialect.HasTransactionalDdl)
        {
            foreach (var change in batch.Operations)
                Accept(change);
            return;
        }

        Next(Text(operation), () => Make(operation), left => Resume(operation, left));
    }

    /// <summary>Makes a backfill, or the rest of it; every batch is noted in the transaction that makes it.</summary>
    public long Backfill(Backfill backfill)
    {
        var rows = 0L;
        Next(backfill.Text, () => Run(null), left => Run(BackfillProgress.Of(left)));
        return rows;

        void Run(BackfillProgress? left)
        {
            rows = new BackfillRun(backfill, dialect, session, say).From(left, progress => journal.Write(progress.In(Entry(_made.Count - 1) with { Pending = Digest(_made.Count) }, backfill)));
            journal.Write(Entry(_made.Count));
        }
    }

    // What is done is passed over, what was broken off is resumed.
    private void Next(string text, Action make, Action<JournalEntry> resume)
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

        make();
    }

    private void Make(Operation operation)
    {
        var inTransaction = session.Transaction is not null;
        if (inTransaction && (dialect.HasTransactionalDdl || operation is BulkInsert))
        {
            inner.Accept(operation);
        }
        else if (operation is BulkInsert)
        {
            Whole(() => inner.Accept(operation));
        }
        else
        {
            IReadOnlyList<Statement> statements = [.. dialect.Compile(operation, session)];
            if (!statements.All(IsData))
                Stepwise(statements, 0);
            else if (inTransaction)
                Run(statements);
            else
                Whole(() => Run(statements));
        }
    }

    private void Run(IReadOnlyList<Statement> statements)
    {
        foreach (var statement in statements)
            session.Execute(statement);
    }

    // Data outside of a transaction gets one of its own, with the note that it is done.
    private void Whole(Action change)
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

        var happened = dialect.Fingerprint(session, left.Statements[left.At]) != left.Before;
        if (!happened && left.At == 0)
            Make(operation);
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
                Before = IsVisible(statements[at]) ? dialect.Fingerprint(session, statements[at].Text) : null,
            };
            journal.Write(entry);
            if (inTransaction)
                session.Commit();
            try
            {
                session.ExecuteAlone(statements[at], isRepeatable: !HasSeveral(statements[at]));
            }
            catch (Exception exception) when (exception is DbException or LockTimeoutException or MigrationCancelledException && at == 0 && session.Connection.State == ConnectionState.Open && !HasSeveral(statements[at]))
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

    // What a transaction can take back on every database.
    private bool IsData(Statement statement) =>
        !HasSeveral(statement) && Word(statement, 0) is "INSERT" or "UPDATE" or "DELETE" or "REPLACE" or "SELECT" or "WITH" or "SET" or "DO" or "VALUES" or null;

    // What makes, changes or drops a part of the schema leaves a trace there. (TRUNCATE leaves none, but may be repeated.)
    private bool IsVisible(Statement statement) => !HasSeveral(statement)
        && Word(statement, 0) is "CREATE" or "ALTER" or "DROP" or "RENAME" or "TRUNCATE" or "COMMENT"
        && Word(statement, 1) is not ("USER" or "ROLE" or "DATABASE" or "SERVER" or "EVENT" or "TABLESPACE");

    // Of which a part may have been done when the whole is refused. Routines and triggers have bodies of statements.
    private bool HasSeveral(Statement statement)
    {
        if (Word(statement, 0) == "CALL")
            return true;
        var sql = statement.Text.AsSpan().TrimEnd().TrimEnd(';').ToString();
        if (Word(statement, 0) == "CREATE" && sql.Contains("BEGIN", StringComparison.OrdinalIgnoreCase))
            return false;
        for (var at = 0; at < sql.Length; at = Math.Max(QuotedText.End(sql, at, dialect.Quotes), at + 1))
        {
            if (sql[at] == ';')
                return true;
        }
        return false;
    }

    private string? Word(Statement statement, int index) => QuotedText.Bare(statement.Text, dialect.Quotes)
        .Split((char[]?)[' ', '\t', '\r', '\n', '(', ';'], index + 2, StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(index)?.ToUpperInvariant();

    private static AlembicException Edited(JournalEntry left) => new($"{left}; but the file says something else about those steps by now")
    {
        Hint = "give the file back the steps that were done, or undo them by hand and run dotnet alembic repair --forget",
    };
}

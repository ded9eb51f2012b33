using System.Data;
using System.Data.Common;
using Alembic.Operations;
using Alembic.Revisions;

namespace Alembic.Migrations;

/// <summary>
/// Sends the statements of a migration's steps. Records the progress before and after each statement that cannot be rolled back.
/// </summary>
internal sealed class NotedStatements(OnlineSession session, JournalTable journal)
{
    // A longer text is recorded in a shortened form; the migration file has the full text.
    private const int LongestShown = 10_000;

    private readonly StepDigests _digests = new();
    private Step? _step;
    private IReadOnlySet<string>? _withoutTransactions;
    private bool _isSentAgain;

    /// <summary>The number of steps so far, including the running one.</summary>
    public int Count => _digests.Count;

    /// <summary>The digest of those steps.</summary>
    public string Digest => _digests[Count];

    /// <summary>The entry which says that the last step is running.</summary>
    public JournalEntry Pending => Entry(Count - 1) with { Pending = Digest };

    public void Start(Step step)
    {
        _step = step;
        _digests.Clear();
        _withoutTransactions = null;
    }

    public void Add(Lazy<string> text) => _digests.Add(text);

    /// <summary>Records that the last step is done.</summary>
    public void Done() => journal.Write(Entry(Count));

    /// <summary>Inserts rows.</summary>
    /// <param name="insert">The rows.</param>
    /// <param name="change">Inserts them.</param>
    public void Send(BulkInsert insert, Action change)
    {
        if (session.Dialect.HasTransactionalDdl && session.IsInTransaction)
            change();
        else
            Send([new Statement($"INSERT INTO {session.Dialect.Quote(insert.Table)}")], 0, _ => change());
    }

    /// <summary>Sends the statements of a step, or the rest of them.</summary>
    /// <param name="statements">The statements.</param>
    /// <param name="from">The first one to send.</param>
    /// <param name="send">Sends one statement; null for the default.</param>
    public void Send(IReadOnlyList<Statement> statements, int from, Action<Statement>? send = null)
    {
        var isInTransaction = session.IsInTransaction;
        for (var at = from; at < statements.Count; at++)
        {
            var (statement, isLast) = (statements[at], at + 1 == statements.Count);
            if (isInTransaction && session.Dialect.HasTransactionalDdl)
            {
                (send ?? Run)(statement);
                continue;
            }
            var kind = StatementKind.Of(statement, session.Dialect);
            var isWhole = !kind.HasSeveral && !(kind.MayWriteRows && kind.Reads(statement, WithoutTransactions) is not null);
            // Some session settings cannot be changed in a transaction.
            if (isWhole && kind.IsData && (isInTransaction || !kind.IsOfSession))
                WithTransaction(statement, send ?? Run, isInTransaction,
                    isLast ? Entry(Count) : Note(statements, at + 1) with { Before = JournalEntry.MayBeSent });
            else
                Alone(statement, kind, isWhole, send, isInTransaction, isLast, Note(statements, at));
        }
    }

    /// <summary>Resumes an interrupted step.</summary>
    /// <param name="left">The journal entry of the step.</param>
    /// <param name="statements">Its statements.</param>
    /// <param name="makeAnew">Runs the step from its beginning.</param>
    /// <param name="makeRest">Runs the rest of it.</param>
    /// <param name="pass">Skips a statement that turns out to be done.</param>
    public void Resume(JournalEntry left, IReadOnlyList<Statement> statements, Action makeAnew, Action<int> makeRest,
        Action<Statement> pass)
    {
        if (left.NeedsRepair)
            throw Ask(left, null);
        var statement = statements[Math.Min(left.At, statements.Count - 1)];
        var isDone = false;
        if (left.Before != JournalEntry.MayBeSent)
        {
            isDone = session.Dialect.Fingerprint(session, Shown(statement)) != left.Before;
            // An unchanged schema does not prove that the statement was not executed.
            if (!isDone && !StatementKind.Of(statement, session.Dialect).MayBeSentAgain)
                throw Ask(left, null);
            _isSentAgain = !isDone;
        }
        if (isDone)
            pass(statement);
        if (isDone && left.At + 1 >= left.Statements.Count)
            Done();
        else if (isDone)
            makeRest(left.At + 1);
        else if (left.At == 0)
            makeAnew();
        else
            makeRest(left.At);
    }

    // Read again after each change of the schema.
    private IReadOnlySet<string> WithoutTransactions => _withoutTransactions ??= session.Dialect.WithoutTransactions(session);

    private void Run(Statement statement) => session.Execute(statement, isMigrations: true);

    // Outside of the migration's transaction, the statement gets its own, together with the entry that it is done.
    private void WithTransaction(Statement statement, Action<Statement> send, bool isInTransaction, JournalEntry after)
    {
        if (isInTransaction)
        {
            session.BeginIfDue();
            send(statement);
            return;
        }
        session.Begin();
        send(statement);
        journal.Write(after);
        session.Commit();
    }

    private void Alone(Statement statement, StatementKind kind, bool isWhole, Action<Statement>? send, bool isInTransaction, bool isLast,
        JournalEntry note)
    {
        _withoutTransactions = null;
        journal.Ensure();
        note = note with
        {
            Before = !isWhole ? null : kind.IsRepeatable ? JournalEntry.MayBeSent
                : kind.IsSchema ? session.Dialect.Fingerprint(session, Shown(statement)) : null
        };
        var together = send is null && statement.Text.Length <= LongestShown ? journal.ToSendWithNext(note) : null;
        if (together is null)
            journal.Write(note);
        session.Commit();
        var isSentAgain = _isSentAgain;
        _isSentAgain = false;
        try
        {
            if (send is null)
                session.ExecuteAlone(statement, isRepeatable: isWhole, together);
            else
                send(statement);
        }
        catch (Exception exception) when (exception is DbException or LockTimeoutException or MigrationCancelledException
            && session.Connection.State == ConnectionState.Open && isWhole)
        {
            if (isSentAgain && exception is DbException)
                throw Ask(note, exception);
            // The database refused the statement: nothing is running, and the user can fix the file.
            if (!isSentAgain)
                journal.Write(note.At == 0 ? Entry(Count - 1) : note with { Before = JournalEntry.MayBeSent });
            throw;
        }
        // Recorded at once, whether or not the schema shows the change.
        if (isLast)
            Done();
        if (isInTransaction)
            session.BeginWhenNeeded();
    }

    private JournalEntry Note(IReadOnlyList<Statement> statements, int at) =>
        Pending with { Statements = [.. statements.Select(Shown)], At = at };

    private JournalEntry Entry(int done) => new(_step!.Revision!.Id, _step.IsUpgrade, done, _digests[done]);

    private static string Shown(Statement statement) =>
        statement.Text.Length > LongestShown ? statement.Text[..LongestShown] + " …" : statement.Text;

    private AlembicException Ask(JournalEntry left, Exception? refusal)
    {
        left = left with { Before = null };
        journal.Write(left);
        session.Commit();
        return new(
            $"{left}; {(refusal is null ? "" : $"sent again, it is refused ({refusal.Message}), and ")}only you can tell whether "
                + "that statement was executed", refusal)
        {
            Hint =
                $"dotnet alembic repair --done if it was, dotnet alembic repair --retry if not{(refusal is null ? "" : " and the reason "
                    + "is fixed")}; then {(left.IsUpgrade ? "upgrade" : "downgrade")} again",
        };
    }
}

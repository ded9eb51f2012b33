using System.Data.Common;
using Alembic.Operations;

namespace Alembic.Migrations;

/// <summary>Writes statements into a script, each followed by its terminator and an empty line.</summary>
/// <param name="dialect">The dialect of the script.</param>
/// <param name="options">The environment's options.</param>
/// <param name="script">Takes the text.</param>
/// <param name="replica">A database that follows the script as it is written, for dialects that need to read tables; or null.</param>
/// <param name="knowsAll">Whether the replica has all tables that the script changes.</param>
internal sealed class ScriptSession(Dialect dialect, EnvironmentOptions options, StringWriter script, Database? replica = null,
    bool knowsAll = true)
    : IMigrationSession, IStatementSink, IDisposable
{
    private readonly bool _hasTransactions = options.TransactionalDdl ?? dialect.ScriptsTransactions;
    private readonly HashSet<string> _prepared = [];
    private readonly bool _hasBatches = dialect.HasBatches && options.MssqlBatchSeparator.Length > 0;

    // The unit's position in the text, whether it rebuilds a table, and whether an earlier one did.
    private int _unit;
    private bool _isUnitWhole;
    private bool _isWhole;

    // Statements that run only if a condition is true, held until they are written together.
    private readonly List<string> _held = [];
    private string? _condition;
    private bool _isInTransaction = true;

    public bool IsOffline => true;

    public DbConnection Connection => throw new OfflineException("op.Connection");

    public DbTransaction Transaction => throw new OfflineException("op.Transaction");

    public IMigrationSession? Replica => Follower;

    private ScriptReplica? Follower =>
        field ??= replica is null ? null : new ScriptReplica(replica, knowsAll, Accept) { OnLoss = () => _isUnitWhole = true };

    public void Accept(Statement statement)
    {
        Follower?.Follow(statement);
        Print(statement);
    }

    // Guards are printed without the replica: they query the real database's rows, which the replica does not have.
    private void Print(Statement statement)
    {
        var text = statement.Parameters.Count == 0 ? statement.Text : ScriptParameters.Inline(statement, dialect);
        if (dialect.Preparation(text) is { } preparation && _prepared.Add(preparation))
            Write(preparation + dialect.StatementTerminator);
        if (_condition is not null)
        {
            _held.Add(text.Trim());
            return;
        }
        Write(dialect.Delimited(text.Trim()) is { } delimited && SqlStatement.In(text, dialect).Any(s => s.HasBody)
            ? delimited
            : ScriptParameters.Terminated(text.Trim(), dialect));
        if (_hasBatches)
            Write(options.MssqlBatchSeparator);
    }

    /// <summary>Writes a guard: the rest of the script runs only on a database that is at the script's start.</summary>
    public void Guard(GuardedStart start)
    {
        StopOnError();
        foreach (var text in dialect.ScriptGuard(start))
            Print(new Statement(text));
    }

    public void EndGuard()
    {
        if (dialect.ScriptGuardEnd is { } text)
            Print(new Statement(text));
    }

    /// <summary>Writes a check that makes the script fail if a query returns a row.</summary>
    public void Refuse(string message, string query) => WriteBatches(dialect.ScriptRefusal(message, query));

    public void StopOnError()
    {
        if (dialect.StopOnError is { } command)
            Write(command);
    }

    /// <summary>Begins statements that run only if a condition is true.</summary>
    public void When(string condition) => _condition = condition;

    public void EndWhen()
    {
        WriteHeld();
        _condition = null;
    }

    public void Comment(string text) => Write("-- " + text.ReplaceLineEndings(" "));

    public void Begin()
    {
        if (_hasTransactions)
            Write(dialect.BeginText + dialect.StatementTerminator);
    }

    public void Commit()
    {
        if (!_hasTransactions)
            return;
        Write("COMMIT" + dialect.StatementTerminator);
        if (_hasBatches)
            Write(options.MssqlBatchSeparator);
    }

    /// <summary>Begins a unit, which must run as a whole if it rebuilds a table.</summary>
    public void BeginUnit() => (_unit, _isUnitWhole) = (script.GetStringBuilder().Length, false);

    /// <summary>Ends the unit. If it rebuilds a table, puts it in a transaction that refuses rows without their parent row.</summary>
    public void EndUnit()
    {
        if (!_isUnitWhole)
            return;
        _isWhole = true;
        Insert(_unit, () =>
        {
            if (!_hasTransactions)
                Write(dialect.BeginText + dialect.StatementTerminator);
            WriteAll(dialect.ScriptKeyCheck.Before);
        });
        WriteAll(dialect.ScriptKeyCheck.After);
        if (!_hasTransactions)
            Write("COMMIT" + dialect.StatementTerminator);
        BeginUnit();
    }

    /// <summary>Ends the script. If it rebuilds a table, its first lines stop it on errors and switch foreign keys off.</summary>
    public void End()
    {
        if (_isWhole)
            Insert(0,
                () => WriteAll([.. dialect.StopOnError is { } command ? [command] : Array.Empty<string>(),
                    dialect.EnforceKeys(false) + dialect.StatementTerminator]));
    }

    public void Dispose() => Follower?.Dispose();

    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Query(Statement statement) => throw new OfflineException("op.Query");

    public void Autocommit(Action block)
    {
        WriteHeld();
        EndUnit();
        Commit();
        SetTransaction(false);
        block();
        WriteHeld();
        SetTransaction(true);
        Begin();
        BeginUnit();
    }

    public void BeforeCommit(string name, Func<Action> guard)
    {
    }

    private void WriteHeld()
    {
        if (_held.Count > 0)
            WriteBatches(dialect.Conditional(_condition!, _held, _isInTransaction));
        _held.Clear();
    }

    private void WriteBatches(IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            Write(text);
            if (_hasBatches)
                Write(options.MssqlBatchSeparator);
        }
    }

    private void SetTransaction(bool isOpen)
    {
        _isInTransaction = isOpen;
        if (Follower is { } follower)
            follower.IsInTransaction = isOpen;
    }

    private void Insert(int at, Action write)
    {
        var text = script.GetStringBuilder();
        var rest = text.ToString(at, text.Length - at);
        text.Length = at;
        write();
        text.Append(rest);
    }

    private void WriteAll(IEnumerable<string> texts)
    {
        foreach (var text in texts)
            Write(text);
    }

    // Always "\n": the script may run on another operating system.
    private void Write(string text) => script.Write(text + "\n\n");
}

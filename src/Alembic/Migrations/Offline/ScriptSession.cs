using System.Data.Common;
using Alembic.Operations;

namespace Alembic.Migrations;

/// <summary>Writes statements into a script: each with its terminator and an empty line behind it.</summary>
internal sealed class ScriptSession(Dialect dialect, EnvironmentOptions options, TextWriter script) : IMigrationSession, IStatementSink
{
    private readonly bool _hasTransactions = options.TransactionalDdl ?? dialect.ScriptsTransactions;
    private readonly HashSet<string> _prepared = [];
    private readonly StatementKind _kind = new(dialect);
    private readonly bool _hasBatches = dialect.HasBatches && options.MssqlBatchSeparator.Length > 0;

    public bool IsOffline => true;

    public DbConnection Connection => throw new OfflineException("op.Connection");

    public DbTransaction Transaction => throw new OfflineException("op.Transaction");

    public void Accept(Statement statement)
    {
        var text = statement.Parameters.Count == 0 ? statement.Text : ScriptParameters.Inline(statement, dialect);
        if (dialect.Preparation(text) is { } preparation && _prepared.Add(preparation))
            Write(preparation + dialect.StatementTerminator);
        Write(_kind.HasBody(statement) && dialect.Delimited(text.Trim()) is { } delimited ? delimited : ScriptParameters.Terminated(text.Trim(), dialect));
        if (_hasBatches)
            Write(options.MssqlBatchSeparator);
    }

    /// <summary>What keeps the rest of the script from running anywhere but where it starts.</summary>
    public void Guard(GuardedStart start)
    {
        if (dialect.StopOnError is { } command)
            Write(command);
        foreach (var text in dialect.ScriptGuard(start))
            Accept(new Statement(text));
    }

    public void EndGuard()
    {
        if (dialect.ScriptGuardEnd is { } text)
            Accept(new Statement(text));
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

    public IReadOnlyList<IReadOnlyDictionary<string, object?>> Query(Statement statement) => throw new OfflineException("op.Query");

    public void Autocommit(Action block)
    {
        Commit();
        block();
        Begin();
    }

    public void BeforeCommit(string name, Func<Action> guard)
    {
    }

    // A script is made for other machines as much as for this one.
    private void Write(string text) => script.Write(text + "\n\n");
}

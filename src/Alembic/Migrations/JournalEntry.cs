using System.Data.Common;
using Alembic.Operations;
using Alembic.Revisions;

namespace Alembic.Migrations;

/// <summary>How far a migration has come that could not be made in one transaction.</summary>
/// <param name="Revision">The revision.</param>
/// <param name="IsUpgrade">Its direction.</param>
/// <param name="Done">How many of its operations are done and committed.</param>
/// <param name="Digest">What those were.</param>
internal sealed record JournalEntry(string Revision, bool IsUpgrade, int Done, string Digest)
{
    /// <summary>The digest with the operation that was under way, or null for none.</summary>
    public string? Pending { get; init; }

    /// <summary>The statements of that operation, and which of them was sent last.</summary>
    public IReadOnlyList<string> Statements { get; init; } = [];

    public int At { get; init; }

    /// <summary>What the schema was like before that statement; null where it does not show what the statement does.</summary>
    public string? Before { get; init; }

    /// <summary>Whether only a person can tell if the last statement was carried out.</summary>
    public bool NeedsRepair => Pending is not null && Before is null;

    private string Direction => IsUpgrade ? "upgrade" : "downgrade";

    private string Steps => $"{Done} {(Done == 1 ? "step is" : "steps are")} done";

    private string Statement => Statements[At].ReplaceLineEndings(" ");

    public override string ToString() => $"{Revision}: its {Direction} was begun and not finished; {Steps}{(Pending is null ? "" : $", and it stopped at: {Statement}")}";

    /// <summary>The same, of a run that is still at work.</summary>
    public string RunBy(LockHolder holder) => $"{Revision}: its {Direction} is being run by {holder.Text}; {Steps}{(Pending is null ? "" : $", last noted: {Statement}")}";

    /// <summary>Whether the version table says that the migration is finished: another program made it, as it would from its beginning.</summary>
    public bool IsSettled(RevisionMap map, IReadOnlyList<string> rows) =>
        IsUpgrade == (rows.Contains(Revision) || (map.Find(Revision) is { } node && map.Applied(rows).Contains(node)));
}

/// <summary>The table that the unfinished migration stands in; without one it is empty or missing.</summary>
internal sealed class Journal(Dialect dialect, EnvironmentOptions options, OnlineSession session)
{
    private readonly string _table = options.JournalTable;
    private bool? _exists;
    private bool _hasRow;

    private string Name => dialect.Quote(options.VersionTableSchema, _table);

    private bool Exists => _exists ??= dialect.HasTable(session, options.VersionTableSchema, _table);

    /// <summary>What was known of the table may have changed: another run had the lock.</summary>
    public void LookAgain() => _exists = null;

    public void Create()
    {
        // Looked for anew, as in reading: another run may have made or dropped it in the meantime.
        _exists = null;
        if (Exists)
        {
            // An older version made the column for short texts.
            if (dialect.ToLongText(session, options.VersionTableSchema, _table, "statements") is { } widen)
                session.Execute(widen);
            return;
        }
        session.Execute(new Statement(dialect.CreateTableText(
            new Schema.Table(
                _table,
                [
                    new Schema.Column("revision", Schema.SqlType.String(255), primaryKey: true),
                    new Schema.Column("direction", Schema.SqlType.String(9), nullable: false),
                    new Schema.Column("done", Schema.SqlType.Integer, nullable: false),
                    new Schema.Column("digest", Schema.SqlType.String(64), nullable: false),
                    new Schema.Column("pending", Schema.SqlType.String(64)),
                    new Schema.Column("statements", dialect.LongText),
                    new Schema.Column("statement", Schema.SqlType.Integer, nullable: false),
                    new Schema.Column("schema_before", Schema.SqlType.String(64)),
                ],
                options.VersionTableSchema),
            ifNotExists: false)));
        _exists = true;
    }

    public JournalEntry? Read()
    {
        _exists = null;
        var row = Row();
        _hasRow = row is not null;
        if (row is null)
            return null;
        var entry = new JournalEntry((string)row["revision"]!, (string)row["direction"]! == "upgrade", Convert.ToInt32(row["done"], null), (string)row["digest"]!)
        {
            Pending = (string?)row["pending"],
            Statements = ((string?)row["statements"] ?? "").Split('\u001e'),
            At = Convert.ToInt32(row["statement"], null),
            Before = (string?)row["schema_before"],
        };
        // Older versions left a row where nothing was done.
        return entry is { Done: 0, Pending: null } ? null : entry;
    }

    private IReadOnlyDictionary<string, object?>? Row()
    {
        try
        {
            return Exists && session.Query(new Statement($"SELECT * FROM {Name}")) is [var only, ..] ? only : null;
        }
        // Without the lock it may go between the two looks.
        catch (DbException) when (session.Transaction is null && !dialect.HasTable(session, options.VersionTableSchema, _table))
        {
            return null;
        }
    }

    public void Write(JournalEntry entry)
    {
        // Where nothing is done, there is nothing to go on from.
        if (entry is { Done: 0, Pending: null })
        {
            Clear();
            return;
        }
        if (!Exists)
            Create();
        var text = _hasRow
            ? $"UPDATE {Name} SET revision = @revision, direction = @direction, done = @done, digest = @digest, pending = @pending, statements = @statements, "
                + "statement = @statement, schema_before = @before"
            : $"INSERT INTO {Name} (revision, direction, done, digest, pending, statements, statement, schema_before) "
                + "VALUES (@revision, @direction, @done, @digest, @pending, @statements, @statement, @before)";
        Dictionary<string, object?> values = new()
        {
            ["revision"] = entry.Revision,
            ["direction"] = entry.IsUpgrade ? "upgrade" : "downgrade",
            ["done"] = entry.Done,
            ["digest"] = entry.Digest,
            ["pending"] = entry.Pending,
            ["statements"] = string.Join('\u001e', entry.Statements),
            ["statement"] = entry.At,
            ["before"] = entry.Before,
        };
        session.Execute(new Statement(text) { Parameters = values });
        _hasRow = true;
    }

    /// <returns>The unfinished migration that this was said of.</returns>
    /// <exception cref="AlembicException">There is none, or none of that kind.</exception>
    public JournalEntry Mend(Repair repair)
    {
        if (Read() is not { } left || (repair != Repair.Forget && !left.NeedsRepair))
            throw NothingToRepair();
        if (repair == Repair.Forget)
            Clear();
        else if (repair == Repair.Done)
            Write(new(left.Revision, left.IsUpgrade, left.Done + 1, left.Pending!));
        else
            Write(new(left.Revision, left.IsUpgrade, left.Done, left.Digest));
        return left;
    }

    public static AlembicException NothingToRepair() => new("There is no statement of which it is not known whether it was carried out");

    public void Clear()
    {
        if (!_hasRow)
            return;
        // Where that is part of the transaction, nothing stays behind of what is seldom needed.
        session.Execute(new Statement(dialect.HasTransactionalDdl ? $"DROP TABLE {Name}" : $"DELETE FROM {Name}"));
        (_hasRow, _exists) = (false, !dialect.HasTransactionalDdl);
    }
}

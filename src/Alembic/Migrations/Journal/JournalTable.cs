using System.Data.Common;
using Alembic.Operations;

namespace Alembic.Migrations;

/// <summary>The table that holds the unfinished migration. If there is none, the table is empty or missing.</summary>
internal sealed class JournalTable(Dialect dialect, EnvironmentOptions options, OnlineSession session)
{
    private readonly string _table = options.JournalTable;
    private bool? _exists;

    /// <summary>Tells whether something is recorded of a migration, as far as this run knows.</summary>
    public bool HasRow { get; private set; }

    private string Name => dialect.Quote(options.TableSchema, _table);

    private bool Exists => _exists ??= dialect.HasTable(session, options.TableSchema, _table);

    /// <summary>Forgets whether the table exists: another run that held the lock may have created or dropped it.</summary>
    public void LookAgain() => _exists = null;

    public void Create()
    {
        // Checked again, as in reading: another run may have created or dropped it in the meantime.
        _exists = null;
        if (Exists)
        {
            // An older version created the column for short texts.
            if (dialect.ToLongText(session, options.TableSchema, _table, "statements") is { } widen)
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
                options.TableSchema),
            ifNotExists: false)));
        _exists = true;
    }

    /// <summary>Creates the table if it is missing. Must come before a fingerprint of the schema, which includes the table.</summary>
    public void Ensure()
    {
        if (!Exists)
            Create();
    }

    public JournalEntry? Read()
    {
        _exists = null;
        var row = Row();
        HasRow = row is not null;
        if (row is null)
            return null;
        var entry = new JournalEntry((string)row["revision"]!, (string)row["direction"]! == "upgrade", Convert.ToInt32(row["done"], null),
            (string)row["digest"]!)
        {
            Pending = (string?)row["pending"],
            Statements = ((string?)row["statements"] ?? "").Split('\u001e'),
            At = Convert.ToInt32(row["statement"], null),
            Before = (string?)row["schema_before"],
        };
        // Older versions left a row if nothing was done.
        return entry is { Done: 0, Pending: null } ? null : entry;
    }

    private IReadOnlyDictionary<string, object?>? Row()
    {
        try
        {
            return Exists && session.Query(new Statement($"SELECT * FROM {Name}")) is [var only, ..] ? only : null;
        }
        // Without the lock, another run may drop the table between the two reads.
        catch (DbException) when (session.Transaction is null && !dialect.HasTable(session, options.TableSchema, _table))
        {
            return null;
        }
    }

    public void Write(JournalEntry entry)
    {
        // If nothing is done, there is nothing to resume.
        if (entry is { Done: 0, Pending: null })
        {
            Clear();
            return;
        }
        Ensure();
        session.Execute(Change(entry));
        HasRow = true;
    }

    /// <summary>Gets the statement that records the entry, to send in one batch with the next statement; null if not possible.</summary>
    public Statement? ToSendWithNext(JournalEntry entry) =>
        HasRow && session.Transaction is null && session.Connection.CanCreateBatch && !dialect.HasTransactionalDdl ? Change(entry) : null;

    private Statement Change(JournalEntry entry)
    {
        var text = HasRow
            ? $"UPDATE {Name} SET revision = @revision, direction = @direction, done = @done, digest = @digest, pending = @pending, "
                + "statements = @statements, "
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
        return new(text + End) { Parameters = values };
    }

    /// <returns>The unfinished migration that was settled.</returns>
    /// <exception cref="AlembicException">There is none, or none of that kind.</exception>
    public JournalEntry Settle(Repair repair)
    {
        if (Read() is not { } left || (repair != Repair.Forget && !left.NeedsRepair))
            throw NothingToRepair();
        if (repair == Repair.Forget)
            Clear();
        // The step's earlier statements are done, its later ones are still to run.
        else if (repair == Repair.Done && left.At + 1 < left.Statements.Count)
            Write(left with { At = left.At + 1, Before = JournalEntry.MayBeSent });
        else if (repair == Repair.Done)
            Write(new(left.Revision, left.IsUpgrade, left.Done + 1, left.Pending!));
        else if (left.At > 0)
            Write(left with { Before = JournalEntry.MayBeSent });
        else
            Write(new(left.Revision, left.IsUpgrade, left.Done, left.Digest));
        return left;
    }

    public static AlembicException NothingToRepair() => new("There is no statement to repair: the outcome of each is known");

    public void Clear()
    {
        if (!HasRow)
            return;
        // The table is seldom needed. If DDL is part of the transaction, it is dropped.
        session.Execute(new Statement(dialect.HasTransactionalDdl ? $"DROP TABLE {Name}" : $"DELETE FROM {Name}{End}"));
        (HasRow, _exists) = (false, !dialect.HasTransactionalDdl);
    }

    // Around DDL that cannot be rolled back, the entry is committed at once, even if a migration or the server switched autocommit off.
    private string End => session.Transaction is null && !dialect.HasTransactionalDdl ? "; COMMIT" : "";
}

using System.Globalization;
using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Migrations;

/// <summary>The history table, next to the version table. Rows are only ever added.</summary>
internal sealed class RunLogTable(Dialect dialect, EnvironmentOptions options, OnlineSession session, string toolVersion, string user)
{
    private readonly string _name = dialect.Quote(options.TableSchema, options.HistoryTable);

    public bool Exists => dialect.HasTable(session, options.TableSchema, options.HistoryTable);

    public string Name => options.HistoryTable;

    public void Create() => session.Define(new Statement(dialect.CreateTableText(
        new Table(
            options.HistoryTable,
            [
                new Column("seq", SqlType.BigInteger, primaryKey: true, autoincrement: false),
                new Column("revision", SqlType.String(255), nullable: false),
                new Column("direction", SqlType.String(9), nullable: false),
                new Column("checksum", SqlType.String(64)),
                new Column("tool_version", SqlType.String(64), nullable: false),
                new Column("applied_at", SqlType.DateTime, nullable: false),
                new Column("applied_by", SqlType.String(255), nullable: false),
                new Column("duration_ms", SqlType.BigInteger, nullable: false),
            ],
            options.TableSchema),
        ifNotExists: false)));

    /// <summary>Reads all rows, the oldest first.</summary>
    public IReadOnlyList<RunLogEntry> Read() =>
    [
        .. session.Query(new Statement($"SELECT revision, direction, checksum, applied_at, applied_by FROM {_name} ORDER BY seq"))
            .Select(row => new RunLogEntry(
            (string)row["revision"]!,
            (string)row["direction"]!,
            (string?)row["checksum"],
            row["applied_at"] is DateTime time
                ? time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
                : $"{row["applied_at"]}",
            (string)row["applied_by"]!)),
    ];

    // The statement itself computes the number: the migration lock excludes others, and a rollback leaves no gap.
    public void Add(string revision, string direction, string? checksum, long duration = 0) => session.Execute(new Statement(
        $"INSERT INTO {_name} (seq, revision, direction, checksum, tool_version, applied_at, applied_by, duration_ms) "
        + $"SELECT COALESCE(MAX(seq), 0) + 1, @revision, @direction, @checksum, @tool, {dialect.UtcNow}, @user, @duration FROM {_name}")
    {
        Parameters = new Dictionary<string, object?>
        {
            ["revision"] = revision, ["direction"] = direction, ["checksum"] = checksum, ["tool"] = toolVersion,
            ["user"] = user.Length > 255 ? user[..255] : user, ["duration"] = duration,
        },
    });
}

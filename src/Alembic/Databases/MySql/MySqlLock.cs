using Alembic.Operations;

namespace Alembic.Databases.MySql;

/// <summary>A named lock of the server. It survives the commits of DDL, and ends with the connection.</summary>
internal sealed class MySqlLock(IMigrationSession session, string? schema, string table) : MigrationLock
{
    private string? _name;

    // Such names belong to the whole server, ignore case, and have at most 64 characters.
    private string Name =>
        _name ??= "alembic:"
            + Convert.ToHexStringLower(
                Key((schema ?? (string)session.Query(new Statement("SELECT DATABASE() AS name"))[0]["name"]!).ToLowerInvariant(), table))[
                    ..40];

    public override bool LastsAsConnection => true;

    public override bool TryTake() => Value("SELECT GET_LOCK(@name, 1) AS answer") switch
    {
        null =>
            throw new AlembicException("The server refuses the migration lock: GET_LOCK returned NULL") { Hint = "its error log says why" },
        var answer => Convert.ToInt64(answer, null) == 1,
    };

    public override bool TryHold() =>
        Value("SELECT IS_USED_LOCK(@name) = CONNECTION_ID() AS answer") is { } answer && Convert.ToInt64(answer, null) == 1
        ? true
        : throw Lost();

    public override void Release() => Value("SELECT RELEASE_LOCK(@name) AS answer");

    public override bool ShowsHolder => true;

    public override LockHolder? Holder()
    {
        if (Value("SELECT IS_USED_LOCK(@name) AS answer") is not { } id)
            return null;
        // Only users who have the right see other users' connections.
        var who = session.Query(With($"SELECT p.user, p.host, p.time FROM information_schema.processlist p WHERE p.id = {id}"));
        return new($"{id}", $"connection {id} of the server{(who is [var row, ..] ? $" (user {row["user"]}, from {row["host"]})" : "")}");
    }

    public override void Break(LockHolder holder) =>
        session.Query(new Statement($"KILL {ulong.Parse(holder.Id, System.Globalization.CultureInfo.InvariantCulture)}"));

    private object? Value(string text) => session.Query(With(text))[0]["answer"];

    private Statement With(string text) => new(text) { Parameters = new Dictionary<string, object?> { ["name"] = Name } };
}

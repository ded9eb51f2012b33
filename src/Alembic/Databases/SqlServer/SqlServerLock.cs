using System.Globalization;
using Alembic.Operations;

namespace Alembic.Databases.SqlServer;

/// <summary>An application lock of the session. Written from the documentation; no server has run it yet.</summary>
internal sealed class SqlServerLock(IMigrationSession session, string? schema, string table) : MigrationLock
{
    private readonly string _name = "dotnet-alembic:" + Convert.ToHexStringLower(Key(schema ?? "", table))[..40];

    public override bool TryTake() => Value(
        "DECLARE @answer int; EXEC @answer = sys.sp_getapplock @Resource = @name, @LockMode = 'Exclusive', @LockOwner = 'Session', "
            + "@LockTimeout = 1000, @DbPrincipal = 'public'; SELECT @answer AS answer") switch
    {
        // It raises no error: only the answer says whether it succeeded.
        0 or 1 => true,
        -1 or -2 or -3 => false,
        var answer => throw new AlembicException($"The server refuses the migration lock: sp_getapplock returned {answer}"),
    };

    public override bool TryHold() =>
        Value("SELECT APPLOCK_MODE('public', @name, 'Session') AS answer") is "Exclusive" ? true : throw Lost();

    public override void Release() =>
        Value(
            "DECLARE @answer int; EXEC @answer = sys.sp_releaseapplock @Resource = @name, @LockOwner = 'Session', @DbPrincipal = "
                + "'public'; SELECT @answer AS answer");

    public override bool ShowsHolder => true;

    // Only users who may read the server's state, or the database's on Azure SQL Database, are told who holds it.
    public override LockHolder? Holder()
    {
        if (Convert.ToInt32(Value("SELECT APPLOCK_TEST('public', @name, 'Exclusive', 'Session') AS answer"), CultureInfo.InvariantCulture)
            != 0)
            return null;
        var rows = session.Query(With(
            """
            IF HAS_PERMS_BY_NAME(NULL, NULL, 'VIEW SERVER STATE') = 1
              OR (SERVERPROPERTY('EngineEdition') = 5 AND HAS_PERMS_BY_NAME(DB_NAME(), 'DATABASE', 'VIEW DATABASE STATE') = 1)
                SELECT s.session_id AS id, s.login_name AS login, s.host_name AS host
                FROM sys.dm_tran_locks l JOIN sys.dm_exec_sessions s ON s.session_id = l.request_session_id
                WHERE l.resource_type = 'APPLICATION' AND l.resource_database_id = DB_ID() AND l.request_status = 'GRANT'
                  AND CHARINDEX(LEFT(@name, 32), l.resource_description) > 0
            """));
        return rows is [var row, ..]
            ? new($"{row["id"]}", $"connection {row["id"]} of the server (login {row["login"]}, from {row["host"]})")
            : new("", "another session");
    }

    public override void Break(LockHolder holder)
    {
        if (!short.TryParse(holder.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            throw new AlembicException("The server does not show this user which session holds the migration lock")
            {
                Hint = "GRANT VIEW SERVER STATE, and ALTER ANY CONNECTION to end it; or wait for it",
            };
        }
        session.Query(new Statement($"KILL {id}"));
    }

    private object? Value(string text) => session.Query(With(text))[0]["answer"];

    private Statement With(string text) => new(text) { Parameters = new Dictionary<string, object?> { ["name"] = _name } };
}

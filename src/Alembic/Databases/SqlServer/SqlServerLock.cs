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
        // It raises nothing: the answer alone says how it went.
        0 or 1 => true,
        -1 or -2 or -3 => false,
        var answer => throw new AlembicException($"The server refuses the migration lock: sp_getapplock answered {answer}"),
    };

    public override bool TryHold() =>
        Value("SELECT APPLOCK_MODE('public', @name, 'Session') AS answer") is "Exclusive" ? true : throw Lost();

    public override void Release() =>
        Value(
            "DECLARE @answer int; EXEC @answer = sys.sp_releaseapplock @Resource = @name, @LockOwner = 'Session', @DbPrincipal = "
                + "'public'; SELECT @answer AS answer");

    public override bool ShowsHolder => true;

    // It does not tell whose it is.
    public override LockHolder? Holder() =>
        Convert.ToInt32(Value("SELECT APPLOCK_TEST('public', @name, 'Exclusive', 'Session') AS answer"), CultureInfo.InvariantCulture) == 0
        ? new("", "another session")
        : null;

    private object? Value(string text) =>
        session.Query(new Statement(text) { Parameters = new Dictionary<string, object?> { ["name"] = _name } })[0]["answer"];
}

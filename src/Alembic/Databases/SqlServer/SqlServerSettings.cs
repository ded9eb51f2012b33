using Alembic.Operations;

namespace Alembic.Databases.SqlServer;

/// <summary>The settings of a connection that migrations change.</summary>
internal static class SqlServerSettings
{
    public const string Ours = "SET XACT_ABORT ON; SET LOCK_TIMEOUT 5000; SET NOCOUNT OFF; "
        + "SET QUOTED_IDENTIFIER, ANSI_NULLS, ANSI_PADDING, ANSI_WARNINGS, CONCAT_NULL_YIELDS_NULL, ARITHABORT ON; SET "
        + "NUMERIC_ROUNDABORT OFF";

    /// <summary>Runs what may fail: under XACT_ABORT, an error ends the whole transaction, including its savepoints.</summary>
    public static void WithoutAbort(Action<string> run, Action action)
    {
        run("SET XACT_ABORT OFF");
        try
        {
            action();
        }
        finally
        {
            run("SET XACT_ABORT ON");
        }
    }

    /// <summary>
    /// The statement that restores the settings as they are now. XACT_ABORT is turned off; the driver sets the others by itself.
    /// </summary>
    public static string Restoring(Func<Statement, IReadOnlyList<IReadOnlyDictionary<string, object?>>> query) =>
        $"SET XACT_ABORT OFF; SET LOCK_TIMEOUT {query(new Statement("SELECT @@LOCK_TIMEOUT AS t"))[0]["t"]}";
}

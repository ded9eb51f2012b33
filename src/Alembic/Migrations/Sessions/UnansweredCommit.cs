using System.Data.Common;
using Alembic.Operations;

namespace Alembic.Migrations;

/// <summary>
/// Finds out what became of a transaction whose COMMIT was not answered. The outcome is not guessed: another connection reads it.
/// </summary>
internal static class UnansweredCommit
{
    // A restarted server needs a moment.
    private const int Attempts = 10;

    /// <param name="session">The session that lost its connection.</param>
    /// <param name="versions">The version table, which shows the outcome.</param>
    /// <param name="wanted">The rows that were to be committed.</param>
    /// <param name="clock">The clock.</param>
    /// <returns>The message that the commit took effect.</returns>
    /// <exception cref="AlembicException">It did not, or its outcome is unknown.</exception>
    public static string FindOut(OnlineSession session, VersionTable versions, IReadOnlyList<string> wanted, TimeProvider clock)
    {
        Reopen(session, clock);
        var rows = versions.Read(session);
        var state = $"the database is at {(rows is null or [] ? "base" : string.Join(", ", rows))}";
        return rows is not null && rows.ToHashSet().SetEquals(wanted)
            ? $"{CommitUnansweredException.Text}, but it took effect: {state}"
            : throw new MigrationException($"{CommitUnansweredException.Text}, and it did not take effect: {state}")
            {
                Hint = "run the command again; it continues from there",
            };
    }

    private static void Reopen(OnlineSession session, TimeProvider clock)
    {
        for (var left = Attempts; ; left--)
        {
            try
            {
                session.Reopen();
                return;
            }
            catch (Exception exception) when (exception is AlembicException or DbException)
            {
                if (left == 0 || exception is LockTimeoutException)
                {
                    throw new MigrationException(
                        $"{CommitUnansweredException.Text}, and its outcome is unknown: {exception.Message}", exception)
                    {
                        Hint = "dotnet alembic current shows the outcome once the database is reachable; then run the command again",
                    };
                }
                clock.Pause(TimeSpan.FromSeconds(1), CancellationToken.None);
            }
        }
    }
}

/// <summary>The connection was lost before COMMIT was answered: the commit may have taken effect or not.</summary>
internal sealed class CommitUnansweredException : MigrationException
{
    public const string Text = "The connection was lost during COMMIT";

    public CommitUnansweredException(Exception cause)
        : base($"{Text}: {cause.Message}", cause) => Hint = "run the command again; it continues from what was committed";
}

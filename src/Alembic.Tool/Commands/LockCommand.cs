using System.ComponentModel.DataAnnotations;
using Alembic.Migrations;
using Alembic.Tool.Documents;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("lock", Description = "Show who holds the migration lock, or release it.")]
[Example("lock status", "Shows who holds the lock, and who waits for it.")]
[Example("lock release HOLDER", "Ends the holder's connection.")]
[ExitCodes(4, 6)]
internal sealed class LockCommand(Project project) : IKnownCommand
{
    public static KnownCommand Known => KnownCommand.Of(project => new LockCommand(project), (command, action) => command.Action = action);

    [Argument(0, "action", "'status' or 'release'."), Required]
    public string Action { get; set; } = "";

    [Argument(1, "holder", "For 'release': the holder's number, as 'status' shows it.")]
    public string? Holder { get; init; }

    public int OnExecute()
    {
        if (Action is not ("status" or "release"))
            throw new UsageException($"argument action: invalid choice: '{Action}' (choose from status, release)");
        project.OnEachDatabase(new RunOptions(), database =>
        {
            if (Action == "release")
                Release(database.Migrator);
            else
                Show(database.Migrator);
        });
        return 0;
    }

    private void Show(Migrator migrator)
    {
        var (url, holder) = (migrator.Database!.DisplayUrl, migrator.LockHolder());
        project.Reporter.Show(
            () => new LockData(url, holder is null ? null : HolderData.Of(holder), IsReleased: false),
            $"{url}: {(holder is null ? "free" : $"held by {holder.Text}")}");
    }

    // With the number, so that nobody ends a run that began after they looked.
    private void Release(Migrator migrator)
    {
        if (migrator.LockHolder() is not { } holder)
            throw new AlembicException("The migration lock is free");
        if (holder.Id.Length > 0 && holder.Id != Holder)
        {
            throw new AlembicException($"The migration lock is held by {holder.Text}")
            {
                Hint = $"dotnet alembic lock release {holder.Id} ends that connection; what it has not committed is rolled back",
            };
        }
        migrator.BreakLock(holder);
        project.Reporter.Show(
            () => new LockData(migrator.Database!.DisplayUrl, HolderData.Of(holder), IsReleased: true), $"Ended {holder.Text}");
    }
}

using Alembic.Operations;

namespace Alembic.Migrations;

// What is told of a migration that was begun and is not finished.
internal sealed partial class Migrator
{
    // Without the lock: a run may have begun or ended between two looks.
    private void TellUnfinished(JournalEntry left, Journal journal, MigrationLock migrationLock)
    {
        if (migrationLock.Holder() is { } holder)
            Say(left.RunBy(holder));
        else if (journal.Read() is { } still)
            Warn($"{still}; {(task.Map.Find(still.Revision) is null ? WayOut(still) : $"dotnet alembic {(still.IsUpgrade ? "upgrade" : "downgrade")} goes on from there")}");
    }

    private string WayOut(JournalEntry left) =>
        task.Map.Find(left.Revision) is null ? "its file is not here: get it back and finish it, or undo by hand what it did and run dotnet alembic repair --forget"
        : $"finish it first: dotnet alembic {(left.IsUpgrade ? $"upgrade {left.Revision}" : "downgrade -1")}";

    private static string Said(Repair repair) => repair switch
    {
        Repair.Done => "the statement counts as carried out; the same command goes on after it",
        Repair.Retry => "the statement counts as not carried out; the same command goes on with it",
        _ => "what it had done is forgotten; it begins anew",
    };
}

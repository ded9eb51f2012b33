using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("downgrade", Description = "Undo applied revisions, down to a target.")]
[Example("downgrade -1", "Undoes the newest applied revision.")]
[Example("downgrade base --sql", "Prints the SQL that undoes all revisions.")]
[ExitCodes(3, 4, 5, 6, 130)]
internal sealed class DowngradeCommand(Project project) : MigratingCommand(project), IKnownCommand
{
    public static KnownCommand Known =>
        KnownCommand.Of(project => new DowngradeCommand(project), (command, revision) => command.Revision = revision);

    [Argument(0, "revision", "Target revision, 'base', '-1', or with --sql a range 'from:to'.")]
    public string Revision { get; set; } = "";

    public override int OnExecute()
    {
        var plans = Plans(isUpgrade: false);
        var (start, target) = RevisionArgument.Range(Target(Revision, plans, "downgrade"), Sql);
        if (Sql && start is null)
            throw new UsageException("downgrade with --sql requires <fromrev>:<torev>");
        Project.OnEachDatabase(Options(start, target), database =>
            End(Carry(database, plans is null ? database.Migrator.PlanDowngrade(target) : NextOf(plans, database.Migrator))));
        return 0;
    }
}

using System.ComponentModel.DataAnnotations;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("downgrade", Description = "Go back to an earlier revision.")]
internal sealed class DowngradeCommand(Project project) : MigratingCommand(project)
{
    [Argument(0, "revision", "Target revision, 'base', '-1', or with --sql a range 'from:to'."), Required]
    public string Revision { get; set; } = "";

    public override int OnExecute()
    {
        var (start, target) = RevisionArgument.Range(Revision, Sql);
        if (Sql && start is null)
            throw new UsageException("downgrade with --sql requires <fromrev>:<torev>");
        Project.Migrate(Run(start, target), migrator => migrator.PlanDowngrade(target));
        return 0;
    }
}

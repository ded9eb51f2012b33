using System.ComponentModel.DataAnnotations;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("upgrade", Description = "Upgrade to a later revision.")]
internal sealed class UpgradeCommand(Workspace workspace) : MigratingCommand(workspace)
{
    [Argument(0, "revision", "Target revision, 'head', 'heads', '+2', or with --sql a range 'from:to'."), Required]
    public string Revision { get; set; } = "";

    [Option("--strict", "Do nothing if applied files were edited or deleted, or revisions below applied ones never ran.", CommandOptionType.NoValue)]
    public bool Strict { get; init; }

    public override int OnExecute()
    {
        var (start, target) = Workspace.Range(Revision, Sql);
        Workspace.Run(
            Run(start, target) with { Verify = findings => Workspace.Tell(findings, Strict || Workspace.Settings.Strict) },
            (context, rows) => !Strict || context.Options.KeepsHistory
                ? Workspace.Map.Upgrade(target, rows)
                : throw new UsageException("--strict needs a history, and none is kept") { Hint = "write 'history_table = true' into alembic.ini" });
        return 0;
    }
}

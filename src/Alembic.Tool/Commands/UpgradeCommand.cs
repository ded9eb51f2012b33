using System.ComponentModel.DataAnnotations;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("upgrade", Description = "Upgrade to a later revision.")]
internal sealed class UpgradeCommand(Workspace workspace) : MigratingCommand(workspace)
{
    [Argument(0, "revision", "Target revision, 'head', 'heads', '+2', or with --sql a range 'from:to'."), Required]
    public string Revision { get; set; } = "";

    [Option("--strict", "Do nothing if applied files were edited or deleted, revisions below applied ones never ran, or others may write to the folders.", CommandOptionType.NoValue)]
    public bool Strict { get; init; }

    [Option("--if-behind", "Succeed with nothing done if the history proves that the database is ahead of these files.", CommandOptionType.NoValue)]
    public bool IfBehind { get; init; }

    public override int OnExecute()
    {
        var (start, target) = Workspace.Range(Revision, Sql);
        var strict = Strict || Workspace.Settings.Strict;
        Workspace.Run(
            Run(start, target) with { IsStrict = strict, MayBeBehind = IfBehind, Verify = findings => Workspace.Tell(findings, strict) },
            (context, rows) => !(Strict || IfBehind) || context.Options.KeepsHistory
                ? Workspace.Map.Upgrade(target, rows)
                : throw new UsageException($"{(Strict ? "--strict" : "--if-behind")} needs a history, and none is kept") { Hint = "write 'history_table = true' into alembic.ini" });
        return 0;
    }
}

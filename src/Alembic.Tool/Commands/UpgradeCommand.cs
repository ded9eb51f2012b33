using Alembic.Migrations;
using McMaster.Extensions.CommandLineUtils;
using Microsoft.Extensions.Logging;

namespace Alembic.Tool.Commands;

[Command("upgrade", Description = "Upgrade to a later revision.")]
[Example("upgrade head", "Goes to the newest revision.")]
[Example("upgrade +1 --sql", "Prints the SQL of the next one.")]
[ExitCodes(3, 4, 5, 6, 130)]
internal sealed class UpgradeCommand(Project project) : MigratingCommand(project)
{
    [Argument(0, "revision", "Target revision, 'head', 'heads', '+2', or with --sql a range 'from:to'.")]
    public string Revision { get; set; } = "";

    [Option("--strict",
        "Do nothing if applied files were edited or deleted, revisions below applied ones never ran, or others may write to the folders.",
        CommandOptionType.NoValue)]
    public bool Strict { get; init; }

    [Option("--if-behind", "Succeed with nothing done if the history proves that the database is ahead of these files.",
        CommandOptionType.NoValue)]
    public bool IfBehind { get; init; }

    public override int OnExecute()
    {
        var plans = Plans(isUpgrade: true);
        var (start, target) = RevisionArgument.Range(Target(Revision, plans, "upgrade"), Sql);
        var strict = Strict || Project.Settings.Strict;
        Project.OnEachDatabase(Run(start, target) with { IsStrict = strict }, database =>
        {
            // Here, because the revisions are read beside other preparations; nothing is connected to yet.
            Project.Scripts.RefuseNone();
            var migrator = database.Migrator;
            if ((Strict || IfBehind) && !migrator.Environment.KeepsHistory)
            {
                throw new UsageException($"{(Strict ? "--strict" : "--if-behind")} needs a history, and none is kept")
                {
                    Hint = "write 'history_table = true' into alembic.ini",
                };
            }
            var plan = IfBehind ? migrator.PlanUpgrade(target, mayBeAhead: true) : null;
            if (plan is not { IsAhead: true } && !migrator.IsOffline)
                Report(migrator.Verify() ?? [], strict);
            var report = database.Finish(plan ?? (plans is null ? migrator.PlanUpgrade(target) : NextOf(plans, migrator)));
            // That it is ahead was told as the plan was made.
            if (plan is not { IsAhead: true })
                End(report);
        });
        return 0;
    }

    private void Report(IReadOnlyList<RunLogFinding> findings, bool strict)
    {
        foreach (var finding in findings)
            Project.Log(LogLevel.Warning, finding.Text);
        if (strict && findings.Count > 0)
            throw new HistoryException(findings.Count);
    }
}

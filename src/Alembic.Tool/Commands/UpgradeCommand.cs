using Alembic.Migrations;
using McMaster.Extensions.CommandLineUtils;
using Microsoft.Extensions.Logging;

namespace Alembic.Tool.Commands;

[Command("upgrade", Description = "Run pending revisions, up to a target.")]
[Example("upgrade head", "Upgrades to the newest revision.")]
[Example("upgrade +1 --sql", "Prints the SQL of the next one.")]
[ExitCodes(3, 4, 5, 6, 130)]
internal sealed class UpgradeCommand(Project project) : MigratingCommand(project), IKnownCommand
{
    public static KnownCommand Known =>
        KnownCommand.Of(project => new UpgradeCommand(project), (command, revision) => command.Revision = revision);

    [Argument(0, "revision", "Target revision, 'head', 'heads', '+2', or with --sql a range 'from:to'.")]
    public string Revision { get; set; } = "";

    [Option("--strict",
        "Refuse if applied files were edited or deleted, if revisions below applied ones never ran, or if others may write to the folders.",
        CommandOptionType.NoValue)]
    public bool Strict { get; init; }

    [Option("--idempotent", "With --sql: a script for databases at different revisions; each gets what it lacks.",
        CommandOptionType.NoValue)]
    public bool Idempotent { get; init; }

    [Option("--dry-run", "Run it and roll it back: SQLite on a copy, PostgreSQL and SQL Server in one transaction.",
        CommandOptionType.NoValue)]
    public bool DryRun { get; init; }

    [Option("--if-behind", "Succeed without doing anything if the history proves that the database is ahead of these files.",
        CommandOptionType.NoValue)]
    public bool IfBehind { get; init; }

    [Option("--phase <PHASE>", "expand: stop before the first revision that contracts, after which old code of the application fails.",
        CommandOptionType.SingleValue)]
    public string? UpTo { get; init; }

    protected override bool IsIdempotent => Idempotent;

    private Phase? Phase => UpTo is null ? null : Alembic.Phase.Expand;

    private bool IsStrict => Strict || Project.Settings.Strict;

    public override int OnExecute()
    {
        var plans = Plans(isUpgrade: true);
        var (start, target) = RevisionArgument.Range(Target(Revision, plans, "upgrade"), Sql);
        CheckUsage();
        Project.OnEachDatabase(Options(start, target) with { IsStrict = IsStrict }, database =>
        {
            // Done here because the revisions are read in parallel with other preparations. Nothing is connected yet.
            Project.Scripts.RefuseNone();
            var migrator = database.Migrator;
            CheckHistory(migrator);
            var plan = IfBehind ? migrator.PlanUpgrade(target, mayBeAhead: true, Phase) : null;
            if (plan is not { IsAhead: true } && !Sql)
                Report(migrator.Verify() ?? []);
            plan ??= plans is null ? migrator.PlanUpgrade(target, phase: Phase) : NextOf(plans, migrator);
            var report = DryRun ? database.DryRun(plan) : Carry(database, plan);
            // The plan has already told that the database is ahead.
            if (!plan.IsAhead)
                End(report, DryRun ? ", rolled back" : "");
            if (plan.StopsBefore is { } contract)
                Project.Reporter.Log(LogLevel.Information, $"Stopped before {contract.Id}, {contract.Message}: upgrade without --phase "
                    + "runs it, once no old code runs any more");
        });
        return 0;
    }

    private void CheckUsage()
    {
        if (Idempotent && (!Sql || Guarded))
        {
            throw Sql
                ? new UsageException("--guarded is for databases at one revision, and --idempotent for all") { Hint = "give one of them" }
                : new UsageException("--idempotent is for scripts")
                {
                    Hint = "a run reads the revision of the database; for a script add --sql",
                };
        }
        if (UpTo is not (null or "expand"))
        {
            throw new UsageException($"--phase {UpTo}: the only phase to stop after is expand")
            {
                Hint = "upgrade without --phase runs the others",
            };
        }
        if (UpTo is not null && Plan is not null)
            throw new UsageException("--plan and --phase cannot be combined: a plan says already where it ends");
        if (DryRun && Sql)
            throw new UsageException("--dry-run and --sql cannot be combined: a dry run needs a database");
    }

    private void CheckHistory(Migrator migrator)
    {
        if ((Strict || IfBehind) && !migrator.Environment.KeepsHistory)
        {
            throw new UsageException($"{(Strict ? "--strict" : "--if-behind")} needs a history, but none is kept")
            {
                Hint = "write 'history_table = true' into alembic.ini",
            };
        }
    }

    private void Report(IReadOnlyList<RunLogFinding> findings)
    {
        foreach (var finding in findings)
            Project.Reporter.Log(LogLevel.Warning, finding.Text);
        if (IsStrict && findings.Count > 0)
            throw new HistoryException(findings.Count);
    }
}

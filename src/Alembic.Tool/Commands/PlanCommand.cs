using Alembic.Migrations;
using Alembic.Tool.Documents;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("plan", Description = "Show what an upgrade or a downgrade would do, without doing it.")]
[Example("plan", "Shows what upgrade heads would do.")]
[Example("plan --down -1 --sql", "Shows the SQL that would undo one revision.")]
[ExitCodes(2, 3, 130)]
internal sealed class PlanCommand(Project project) : IKnownCommand
{
    public static KnownCommand Known =>
        KnownCommand.Of(project => new PlanCommand(project), (command, revision) => command.Revision = revision, isOptional: true);

    [Argument(0, "revision", "Target revision of an upgrade; default: heads.")]
    public string? Revision { get; set; }

    [Option("--down <REVISION>", "Target revision of a downgrade, 'base' or '-1'.", CommandOptionType.SingleValue)]
    public string? Down { get; init; }

    [Option("--sql", "Show the statements of each operation.", CommandOptionType.NoValue)]
    public bool Sql { get; init; }

    [Option("--exit-code", "End with exit code 2 if there is anything to do.", CommandOptionType.NoValue)]
    public bool HasExitCode { get; init; }

    [Option("--out <FILE>", "Save the plan for upgrade --plan FILE or downgrade --plan FILE.",
        CommandOptionType.SingleValue)]
    public string? Out { get; init; }

    public int OnExecute()
    {
        if (Down is not null && Revision is not null)
            throw new UsageException("a plan goes up or down: give a revision or --down, not both") { Hint = "dotnet alembic plan --help" };
        var target = Down ?? Revision ?? "heads";
        List<SavedPlan> saved = [];
        project.OnEachDatabase(new RunOptions { Destination = target }, database =>
        {
            var migrator = database.Migrator;
            var plan = Down is null ? migrator.PlanUpgrade(target) : migrator.PlanDowngrade(target);
            saved.Add(SavedPlan.Of(migrator, plan, Down is null, target));
            var preview = migrator.Preview(plan);
            var isOneTransaction = migrator.Dialect.HasTransactionalDdl && !migrator.Environment.TransactionPerMigration;
            var locks = new PlannedLocks(project, migrator.Dialect, preview);
            project.Reporter.Show(
                () => PlanData.Of(migrator.Database!.DisplayUrl, Down is null, target, isOneTransaction, preview, locks.Of),
                Lines(migrator, preview, isOneTransaction, locks));
        });
        if (Out is not null)
            SavedPlans.Write(project.FullPath(Out), saved);
        return HasExitCode && saved.Any(p => p.Steps.Count > 0) ? 2 : 0;
    }

    private IEnumerable<string> Lines(Migrator migrator, MigrationPreview preview, bool isOneTransaction, PlannedLocks locks)
    {
        var (from, steps) = (preview.Plan.From, preview.Steps.Count);
        return
        [
            $"database    {migrator.Database!.DisplayUrl}",
            $"revision    {(from.Count == 0 ? "none" : string.Join(", ", from))}",
            steps == 0
                ? "plan        nothing to do"
                : $"plan        {Counted.Of(steps, "step")}{(isOneTransaction && steps > 1 ? ", all in one transaction" : "")}",
            .. preview.Steps.SelectMany(step => Lines(step, migrator.Dialect.HasTransactionalDdl, locks)),
        ];
    }

    private IEnumerable<string> Lines(PreviewedStep step, bool hasTransactions, PlannedLocks locks)
    {
        var revision = step.Step.Revision;
        var message = revision?.Message is { Length: > 0 } text ? $", {text}" : "";
        yield return "";
        yield return $"{(step.Step.IsUpgrade ? "upgrade" : "downgrade")} {revision?.Id ?? step.Step.Text}{message}";
        foreach (var line in step.Operations.SelectMany(operation => Lines(operation, hasTransactions, locks.Of(operation))))
            yield return line;
        if (step.Operations.Count == 0 && step.Unforeseen is null)
            yield return "  no operations";
        if (step.Unforeseen is { } why)
            yield return $"  ? what comes next cannot be predicted: {why}";
    }

    private IEnumerable<string> Lines(PreviewedOperation operation, bool hasTransactions, IReadOnlyList<string> locks)
    {
        yield return $"  {(operation.Text.Length > Widest ? operation.Text[..Widest] + " …" : operation.Text)}";
        if (operation.RebuiltTable is { } table)
        {
            var rows = operation.RebuiltRows is { } count ? $", which has {Counted.Of(count, "row")}" : "";
            yield return $"    ! rebuilds the table {table}{rows}";
        }
        foreach (var lost in operation.Lost)
            yield return $"    ! loses {lost}";
        foreach (var sentence in locks)
            yield return $"    ! {sentence}";
        if (hasTransactions && !operation.IsInTransaction)
            yield return "    ! runs outside of a transaction";
        foreach (var line in Sql ? operation.Sql.SelectMany(s => $"{s};".ReplaceLineEndings("\n").Split('\n')) : [])
            yield return $"      {line}";
    }

    // A line that fits on a terminal says enough. The file has the rest.
    private const int Widest = 110;
}

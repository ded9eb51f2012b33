using Alembic.Migrations;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("plan", Description = "Show what an upgrade or a downgrade would do to the database, without doing it.")]
internal sealed class PlanCommand(Project project) : ICommand
{
    [Argument(0, "revision", "Target revision of an upgrade; default: heads.")]
    public string? Revision { get; set; }

    [Option("--down <REVISION>", "Target revision of a downgrade, 'base' or '-1'.", CommandOptionType.SingleValue)]
    public string? Down { get; init; }

    [Option("--sql", "Show the statements of each operation.", CommandOptionType.NoValue)]
    public bool Sql { get; init; }

    [Option("--exit-code", "End with exit code 2 if there is anything to do.", CommandOptionType.NoValue)]
    public bool HasExitCode { get; init; }

    [Option("--out <FILE>", "Save the plan: upgrade --plan FILE, or downgrade --plan FILE, does exactly that or refuses.",
        CommandOptionType.SingleValue)]
    public string? Out { get; init; }

    public int OnExecute()
    {
        if (Down is not null && Revision is not null)
            throw new UsageException("a plan leads up or down: give a revision or --down") { Hint = "dotnet alembic plan --help" };
        var target = Down ?? Revision ?? "heads";
        List<SavedPlan> saved = [];
        project.OnEachDatabase(new RunOptions { Destination = target }, database =>
        {
            var migrator = database.Migrator;
            var plan = Down is null ? migrator.PlanUpgrade(target) : migrator.PlanDowngrade(target);
            saved.Add(SavedPlan.Of(migrator, plan, Down is null, target));
            Print(migrator, migrator.Preview(plan));
        });
        if (Out is not null)
            SavedPlans.Write(project.FullPath(Out), saved);
        return HasExitCode && saved.Any(p => p.Steps.Count > 0) ? 2 : 0;
    }

    private void Print(Migrator migrator, MigrationPreview preview)
    {
        var from = preview.Plan.From;
        project.Print($"database    {migrator.Database!.DisplayUrl}");
        project.Print($"revision    {(from.Count == 0 ? "none" : string.Join(", ", from))}");
        var together = migrator.Dialect.HasTransactionalDdl && !migrator.Environment.TransactionPerMigration;
        project.Print(preview.Steps.Count == 0
            ? "plan        nothing to do"
            : "plan        "
                + $"{Counted(preview.Steps.Count, "step")}{(together && preview.Steps.Count > 1 ? ", all in one transaction" : "")}");
        foreach (var step in preview.Steps)
            Print(step, migrator.Dialect.HasTransactionalDdl);
    }

    private void Print(PreviewedStep step, bool hasTransactions)
    {
        var revision = step.Step.Revision;
        var message = revision?.Message is { Length: > 0 } text ? $", {text}" : "";
        project.Print("");
        project.Print($"{(step.Step.IsUpgrade ? "upgrade" : "downgrade")} {revision?.Id ?? step.Step.Text}{message}");
        foreach (var operation in step.Operations)
            Print(operation, hasTransactions);
        if (step.Operations.Count == 0 && step.Unforeseen is null)
            project.Print("  no operations");
        if (step.Unforeseen is { } why)
            project.Print($"  ? what comes next cannot be foreseen: {why}");
    }

    private void Print(PreviewedOperation operation, bool hasTransactions)
    {
        project.Print($"  {(operation.Text.Length > Widest ? operation.Text[..Widest] + " …" : operation.Text)}");
        if (operation.RebuiltTable is { } table)
        {
            var rows = operation.RebuiltRows is { } count ? $", which has {Counted(count, "row")}" : "";
            project.Print($"    ! creates the table {table} anew{rows}");
        }
        foreach (var lost in operation.Lost)
            project.Print($"    ! loses {lost}");
        if (hasTransactions && !operation.IsInTransaction)
            project.Print("    ! runs outside of a transaction");
        if (Sql)
        {
            foreach (var line in operation.Sql.SelectMany(s => $"{s};".ReplaceLineEndings("\n").Split('\n')))
                project.Print($"      {line}");
        }
    }

    // A line that fits on a terminal says enough: the file has the rest.
    private const int Widest = 110;

    private static string Counted(long count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}

using System.ComponentModel;
using System.Text.Json.Serialization;
using Alembic.Autogenerate;
using Alembic.Migrations;
using Alembic.Revisions;

namespace Alembic.Tool.Documents;

/// <summary>What a run did to a database, or the script that would do it.</summary>
internal sealed record MigrationData(
    [Description("The database's URL, without its password; null for a script.")] string? Database,
    [Description("The revisions that it started from.")] IReadOnlyList<string> From,
    [Description("The steps that ran and were committed, in their order; also if the run failed after them. With --dry-run, those that "
        + "ran and were rolled back.")]
    IReadOnlyList<AppliedData> Applied,
    [Description("The revisions that the database is at now; for a script, those that it leads to.")] IReadOnlyList<string> Revisions,
    [property: JsonConverter(typeof(VerbatimText))]
    [Description("The script, with --sql; null if env.cs writes it to a file.")] string? Script,
    [Description("The file that env.cs writes the script to.")] string? ScriptFile,
    [Description("Whether everything was rolled back.")] bool IsDryRun,
    [Description("What a dry run left out because it commits by itself, a line each.")] IReadOnlyList<string> NotRun)
{
    public static MigrationData Of(string database, MigrationPlan plan, MigrationReport report) =>
        new(database, plan.From, [.. report.Applied.Select(AppliedData.Of)], report.Revisions, null, null, IsDryRun: false, []);

    public static MigrationData Of(string database, MigrationPlan plan, DryRunReport report) => new(
        database, plan.From, [.. report.Applied.Select(AppliedData.Of)], report.Revisions, null, null, IsDryRun: true, report.NotRun);
}

/// <summary>A step that was run.</summary>
internal sealed record AppliedData(
    [Description("The revision id; null for a stamp.")] string? Revision,
    [Description("What it does.")] string Message,
    [Description("'upgrade', 'downgrade' or 'stamp'.")] string Kind,
    [Description("The revisions before the step.")] IReadOnlyList<string> From,
    [Description("The revisions after the step.")] IReadOnlyList<string> To,
    [Description("How many seconds it took.")] double Seconds)
{
    public static AppliedData Of(AppliedStep applied) => new(
        applied.Step.Revision?.Id, applied.Step.Revision?.Message ?? "", Kinds.Of(applied.Step), applied.Step.From, applied.Step.To,
        Math.Round(applied.Duration.TotalSeconds, 3));
}

/// <summary>The steps that would be run on a database.</summary>
internal sealed record PlanData(
    [Description("The database's URL, without its password.")] string Database,
    [Description("'upgrade' or 'downgrade'.")] string Direction,
    [Description("The revision to go to, as it was given.")] string Target,
    [Description("The revisions that the database is at.")] IReadOnlyList<string> From,
    [Description("Whether all steps run in one transaction.")] bool IsOneTransaction,
    [Description("What would be done, in that order.")] IReadOnlyList<PlannedStepData> Steps)
{
    public static PlanData Of(string database, bool isUpgrade, string target, bool isOneTransaction, MigrationPreview preview,
        Func<PreviewedOperation, IReadOnlyList<string>> locks) => new(
        database, Directions.Of(isUpgrade), target, preview.Plan.From, isOneTransaction,
        [.. preview.Steps.Select(step => PlannedStepData.Of(step, locks))]);
}

/// <summary>A step that would be run.</summary>
internal sealed record PlannedStepData(
    [Description("The revision id; null for a stamp.")] string? Revision,
    [Description("What it does.")] string Message,
    [Description("'upgrade', 'downgrade' or 'stamp'.")] string Kind,
    [Description("The file, as an absolute path.")] string? File,
    [Description("Its operations, in their order.")] IReadOnlyList<PlannedOperationData> Operations,
    [Description("Why the rest of the migration cannot be predicted; null if all operations are listed.")] string? Unforeseen)
{
    public static PlannedStepData Of(PreviewedStep step, Func<PreviewedOperation, IReadOnlyList<string>> locks) => new(
        step.Step.Revision?.Id, step.Step.Revision?.Message ?? "", Kinds.Of(step.Step), step.Step.Revision?.Path,
        [.. step.Operations.Select(operation => PlannedOperationData.Of(operation, locks(operation)))], step.Unforeseen);
}

/// <summary>An operation that would be run.</summary>
internal sealed record PlannedOperationData(
    [Description("Its call in a migration.")] string Text,
    [Description("Its statements.")] IReadOnlyList<string> Sql,
    [Description("Whether it runs in the migration's transaction.")] bool IsInTransaction,
    [Description("The table that is rebuilt, with its rows copied.")] string? RebuiltTable,
    [Description("How many rows that table has now.")] long? RebuiltRows,
    [Description("What is dropped, with the data in it.")] IReadOnlyList<string> Lost,
    [Description("What others cannot do meanwhile, and until when: a sentence each.")] IReadOnlyList<string> Locks)
{
    public static PlannedOperationData Of(PreviewedOperation operation, IReadOnlyList<string> locks) => new(
        operation.Text, operation.Sql, operation.IsInTransaction, operation.RebuiltTable, operation.RebuiltRows, operation.Lost, locks);
}

/// <summary>How a model and a database differ.</summary>
internal sealed record ComparisonData(
    [Description("The database's URL, without its password.")] string Database,
    [Description("The differences, a line each; empty if there are none.")] IReadOnlyList<string> Differences,
    [Description("The calls that bring the database to the model.")] IReadOnlyList<string> Operations)
{
    public static ComparisonData Of(string database, Comparison comparison, bool isDifferent) => new(
        database, isDifferent ? comparison.Lines : [],
        isDifferent ? [.. comparison.UpgradeOperations.Select(o => new PreviewedOperation(o, []).Text)] : []);
}

/// <summary>The words for steps.</summary>
file static class Kinds
{
    public static string Of(Step step) => step.IsStamp ? "stamp" : Directions.Of(step.IsUpgrade);
}

using Alembic.Autogenerate;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("check", Description = "Tell whether autogenerate would find anything to do; exit code 2 if it would.")]
internal sealed class CheckCommand(Workspace workspace) : ICommand
{
    [Option("--rename <RENAME>", RenameArguments.Column, CommandOptionType.MultipleValue)]
    public string[] Renames { get; init; } = [];

    [Option("--rename-table <RENAME>", RenameArguments.Table, CommandOptionType.MultipleValue)]
    public string[] TableRenames { get; init; } = [];

    public int OnExecute()
    {
        var renames = RenameArguments.Parse(Renames, TableRenames);
        List<Comparison> comparisons = [];
        List<string> differences = [];
        workspace.Run(new EnvironmentRun { CreatesVersionTable = true, UsesModel = true }, (context, rows) =>
        {
            var comparison = workspace.Compare(context, rows, renames);
            comparisons.Add(comparison);
            if (context.Options.ProcessRevisionDirectives([new RevisionDirective(null, comparison.UpgradeOperations)]).Any(d => d.Upgrade.Count > 0))
                differences.AddRange(comparison.Descriptions);
            return [];
        });
        RenameArguments.Check(comparisons);
        if (differences.Count > 0)
            throw new DifferencesFoundException($"[{string.Join(", ", differences)}]");
        workspace.Print("No new upgrade operations detected.");
        return 0;
    }
}

/// <summary>The model and the database differ.</summary>
internal sealed class DifferencesFoundException(string description) : AlembicException($"New upgrade operations detected: {description}");

using Alembic.Autogenerate;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("check", Description = "Tell whether autogenerate would find anything to do; exit code 2 if it would.")]
internal sealed class CheckCommand(Project project) : ICommand
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
        project.OnEachDatabase(new RunOptions { UsesModel = true }, database =>
        {
            var comparison = database.Compare(renames);
            comparisons.Add(comparison);
            var directive = new RevisionDirective(null, comparison.UpgradeOperations);
            if (database.Migrator.Environment.ProcessRevisionDirectives([directive]).Any(d => d.Upgrade.Count > 0))
                differences.AddRange(comparison.Descriptions);
            database.CreateVersionTable();
        });
        RenameArguments.Check(comparisons);
        if (differences.Count > 0)
            throw new DifferencesFoundException($"[{string.Join(", ", differences)}]");
        project.Print("No new upgrade operations detected.");
        return 0;
    }
}

/// <summary>The model and the database differ.</summary>
internal sealed class DifferencesFoundException(string description) : AlembicException($"New upgrade operations detected: {description}");

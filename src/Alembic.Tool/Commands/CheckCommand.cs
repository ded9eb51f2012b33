using Alembic.Autogenerate;
using Alembic.Tool.Documents;
using Alembic.Tool.EntityFramework;
using McMaster.Extensions.CommandLineUtils;
using Microsoft.Extensions.Logging;

namespace Alembic.Tool.Commands;

[Command("check", Description = "Compare the database with the model; exit code 2 if they differ.")]
[Example("check", "Compares the database with the model.")]
[Example("check --replay", "Compares what the revisions create: for a pipeline without a database.")]
[ExitCodes(2, 3, 4, 6, 7, 130)]
internal sealed class CheckCommand(Project project) : IKnownCommand
{
    public static KnownCommand Known => KnownCommand.Of(project => new CheckCommand(project)) with { NeedsProject = true };

    [Option("--rename <RENAME>", RenameArguments.Column, CommandOptionType.MultipleValue)]
    public string[] Renames { get; init; } = [];

    [Option("--rename-table <RENAME>", RenameArguments.Table, CommandOptionType.MultipleValue)]
    public string[] TableRenames { get; init; } = [];

    [Option("--python-format", "Print the differences as Alembic for Python does: a list on one line, for programs that read it.",
        CommandOptionType.NoValue)]
    public bool PythonFormat { get; init; }

    [Option("--replay", "Run all revisions on an empty scratch database and compare that: SQLite in memory, else on the same server.",
        CommandOptionType.NoValue)]
    public bool Replay { get; init; }

    [Option("--no-build", "Do not build the project of an EF Core model; fail if it is not up to date.", CommandOptionType.NoValue)]
    public bool NoBuild { get; init; }

    [Option("--use-host", "Run the application's Main to create the context of an EF Core model.", CommandOptionType.NoValue)]
    public bool UseHost { get; init; }

    public int OnExecute()
    {
        var renames = RenameArguments.Parse(Renames, TableRenames);
        List<Comparison> comparisons = [];
        List<Comparison> differences = [];
        project.OnEachDatabase(new RunOptions { UsesModel = true }, database =>
        {
            var comparison = Replay ? database.Replay(Model, WithRenames) : database.Compare(Model, WithRenames);
            comparisons.Add(comparison);
            var isDifferent = database.IsDifferent(comparison);
            if (isDifferent)
                differences.Add(comparison);
            project.Reporter.Show(() => ComparisonData.Of(database.Migrator.Database!.DisplayUrl, comparison, isDifferent));
            if (!Replay)
                database.CreateVersionTable();
        });
        RenameArguments.Check(comparisons);
        if (differences.Count > 0)
        {
            throw new DifferencesFoundException(PythonFormat
                ? $"[{string.Join(", ", differences.SelectMany(d => d.Descriptions))}]"
                : Summary([.. differences.SelectMany(d => d.Lines)]));
        }
        project.Reporter.Print("No new upgrade operations detected.");
        return 0;

        ComparisonOptions WithRenames(ComparisonOptions options) => options with { Renames = renames };
    }

    private ModelOptions Model => new(NoBuild, UseHost);

    private string Summary(IReadOnlyList<string> lines)
    {
        // The log has shown them unless it is turned off.
        if (project.Options.Quiet || !project.Reporter.Logging.CreateLogger("alembic.autogenerate").IsEnabled(LogLevel.Information))
        {
            foreach (var line in lines)
                project.Reporter.Print(line);
        }
        return lines.Count == 1 ? "1 difference" : $"{lines.Count} differences";
    }
}

/// <summary>The model and the database differ.</summary>
internal sealed class DifferencesFoundException : AlembicException
{
    public DifferencesFoundException(string description)
        : base($"New upgrade operations detected: {description}") =>
        Hint = "dotnet alembic revision --autogenerate -m \"…\" writes a revision with these changes";
}

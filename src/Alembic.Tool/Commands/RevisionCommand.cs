using Alembic.Autogenerate;
using Alembic.Tool.EntityFramework;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("revision", Description = "Write a new revision file.")]
[Example("revision --autogenerate -m \"add users\"", "Writes the changes that bring the database to the model.")]
[Example("revision -m \"fill names\"", "Writes an empty revision.")]
[ExitCodes(3, 4, 7, 130)]
internal sealed class RevisionCommand(Project project) : IKnownCommand
{
    public static KnownCommand Known => KnownCommand.Of(project => new RevisionCommand(project)) with { NeedsProject = true };

    [Option("-m|--message <TEXT>", "What the revision does; without it a terminal asks.", CommandOptionType.SingleValue)]
    public string? Message { get; set; }

    [Option("--autogenerate", "Write the changes that bring the database to the model.", CommandOptionType.NoValue)]
    public bool Autogenerate { get; init; }

    [Option("--sql", "Run env.cs as for a script (with revision_environment).", CommandOptionType.NoValue)]
    public bool Sql { get; init; }

    [Option("--head <REVISION>", "The revision to follow; default: head. 'base' starts a new branch.", CommandOptionType.SingleValue)]
    public string Head { get; init; } = "head";

    [Option("--splice", "Allow a parent that is not a head: a new branch starts there.", CommandOptionType.NoValue)]
    public bool Splice { get; init; }

    [Option("--branch-label <LABEL>", "A name for the branch.", CommandOptionType.SingleValue)]
    public string? BranchLabel { get; init; }

    [Option("--version-path <DIR>", "The folder to write to, one of version_locations.", CommandOptionType.SingleValue)]
    public string? VersionPath { get; init; }

    [Option("--rev-id <ID>", "The identifier; default: a random one.", CommandOptionType.SingleValue)]
    public string? RevisionId { get; init; }

    [Option("--depends-on <REVISION>", "A revision of another branch that must be applied first; may be given several times.",
        CommandOptionType.MultipleValue)]
    public string[] DependsOn { get; init; } = [];

    [Option("--from-database", "Write the first revision of a project: it creates the tables that the database has.",
        CommandOptionType.NoValue)]
    public bool FromDatabase { get; init; }

    [Option("--rename <RENAME>", RenameArguments.Column, CommandOptionType.MultipleValue)]
    public string[] Renames { get; init; } = [];

    [Option("--rename-table <RENAME>", RenameArguments.Table, CommandOptionType.MultipleValue)]
    public string[] TableRenames { get; init; } = [];

    [Option("--fill <VALUE>", FillArguments.Description, CommandOptionType.MultipleValue)]
    public string[] Fills { get; init; } = [];

    [Option("--zero-downtime",
        "With --autogenerate: write up to three revisions, so that old and new code run meanwhile: expand, fill, contract.",
        CommandOptionType.NoValue)]
    public bool ZeroDowntime { get; init; }

    [Option("--no-build", "Do not build the project of an EF Core model; fail if it is not up to date.", CommandOptionType.NoValue)]
    public bool NoBuild { get; init; }

    [Option("--use-host", "Run the application's Main to create the context of an EF Core model.", CommandOptionType.NoValue)]
    public bool UseHost { get; init; }

    public int OnExecute()
    {
        Message ??= Asked();
        CheckUsage();
        var request = new NewRevision
        {
            Message = Message,
            Heads = [Head],
            Splice = Splice,
            BranchLabel = BranchLabel,
            VersionPath = VersionPath,
            Id = RevisionId,
            DependsOn = DependsOn,
        };
        var runsEnvironment = Autogenerate || FromDatabase || project.Settings.RevisionEnvironment;
        if (!runsEnvironment)
            project.Preparation.Template();
        string? previous = null;
        var map = project.Map;
        foreach (var revision in runsEnvironment ? Revisions(request) : [request])
        {
            // Each of several files follows the one before it.
            (map, previous) = (previous is null || revision.Heads != request.Heads ? revision : revision with { Heads = [previous] })
                .Write(project, map);
        }
        return 0;
    }

    private void CheckUsage()
    {
        if (Sql && (Autogenerate || FromDatabase))
            throw new UsageException("Using --sql with --autogenerate does not make any sense");
        if (Sql && !project.Settings.RevisionEnvironment)
            throw new UsageException(
                "Using --sql with the revision command when revision_environment is not configured does not make any sense");
        if (ZeroDowntime && !Autogenerate)
            throw new UsageException("--zero-downtime is for --autogenerate: it divides the changes that were found");
        if (FromDatabase && project.Map.Revisions.Any())
            throw new UsageException("--from-database writes the first revision, but there are revisions already")
            {
                Hint = "dotnet alembic revision --autogenerate; to write the first revision again, delete its file first"
            };
    }

    // Scripts that were written for Alembic may omit it.
    private string? Asked() => project.Terminal.Ask is not { } ask ? null
        : ask("What does the revision do? ")?.Trim() ?? throw new UsageException("the question was not answered; nothing was written")
        {
            Hint = "dotnet alembic revision -m \"what it does\"; -m \"\" for no message",
        };

    // One file for each directive that the environment leaves.
    private IReadOnlyList<NewRevision> Revisions(NewRevision request)
    {
        var renames = RenameArguments.Parse(Renames, TableRenames);
        var fills = FillArguments.Parse(Fills);
        List<DirectedDatabase> databases = [];
        project.OnEachDatabase(new RunOptions { UsesModel = Autogenerate, Script = Sql ? new() : null }, database =>
        {
            project.Preparation.Template();
            var comparison = FromDatabase ? database.Migrator.Baseline()
                : Autogenerate ? database.Compare(new ModelOptions(NoBuild, UseHost), options => options with
                {
                    Renames = renames, AskRename = RenamePrompt.Of(project.Terminal), Fills = fills,
                    AskFill = FillPrompt.Of(project.Terminal), ZeroDowntime = ZeroDowntime,
                })
                : new Comparison([], []);
            databases.Add(ZeroDowntime
                ? DirectedDatabase.InPhases(database.Migrator.Environment, comparison, Message, database.Migrator.Dialect)
                : DirectedDatabase.Of(database.Migrator.Environment, comparison, Message));
            if (Autogenerate)
                database.CreateVersionTable();
        });
        RenameArguments.Check([.. databases.Select(d => d.Comparison)]);
        FillArguments.Check([.. databases.Select(d => d.Comparison)]);
        if (ZeroDowntime && databases.Count > 1)
            throw new UsageException("--zero-downtime is for an environment with one database: phases of several differ");
        var revisions = DirectedDatabase.Revisions(request, databases);
        if (revisions.Count == 0)
            project.Reporter.Print("No revision was written: ProcessRevisionDirectives removed all.");
        return revisions;
    }
}

using Alembic.Autogenerate;
using Alembic.Tool.Scripts;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("revision", Description = "Write a new revision file.")]
internal sealed class RevisionCommand(Workspace workspace) : ICommand
{
    [Option("-m|--message <TEXT>", "What it does.", CommandOptionType.SingleValue)]
    public string? Message { get; init; }

    [Option("--autogenerate", "Write the changes that bring the database to the model.", CommandOptionType.NoValue)]
    public bool Autogenerate { get; init; }

    [Option("--sql", "Run env.cs as for a script (with revision_environment).", CommandOptionType.NoValue)]
    public bool Sql { get; init; }

    [Option("--head <REVISION>", "The revision to follow; default: head. 'base' begins a new line.", CommandOptionType.SingleValue)]
    public string Head { get; init; } = "head";

    [Option("--splice", "Allow a parent that is no head: a new branch begins there.", CommandOptionType.NoValue)]
    public bool Splice { get; init; }

    [Option("--branch-label <LABEL>", "A name for the branch.", CommandOptionType.SingleValue)]
    public string? BranchLabel { get; init; }

    [Option("--version-path <DIR>", "Which of version_locations to write to.", CommandOptionType.SingleValue)]
    public string? VersionPath { get; init; }

    [Option("--rev-id <ID>", "The identifier; default: a random one.", CommandOptionType.SingleValue)]
    public string? RevisionId { get; init; }

    [Option("--depends-on <REVISION>", "A revision of another branch that must be there first; may be given several times.", CommandOptionType.MultipleValue)]
    public string[] DependsOn { get; init; } = [];

    public int OnExecute()
    {
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
        if (Sql && Autogenerate)
            throw new UsageException("Using --sql with --autogenerate does not make any sense");
        if (Sql && !workspace.Settings.RevisionEnvironment)
            throw new UsageException("Using --sql with the revision command when revision_environment is not configured does not make any sense");
        if (Autogenerate)
        {
            List<(string? Engine, RevisionBody Body)> bodies = [];
            workspace.Run(new EnvironmentRun { CreatesVersionTable = true }, (context, rows) =>
            {
                var comparison = workspace.Compare(context, rows);
                bodies.Add((context.Options.EngineName, RevisionBody.Of(context.Options.ProcessRevisionDirectives(comparison.UpgradeOperations), comparison)));
                return [];
            });
            var body = RevisionBody.Of(bodies);
            request = request with { Upgrades = body.Upgrades, Downgrades = body.Downgrades };
        }
        else if (workspace.Settings.RevisionEnvironment)
        {
            workspace.Run(new EnvironmentRun { Sql = Sql }, (_, _) => []);
        }
        request.Write(workspace);
        return 0;
    }
}

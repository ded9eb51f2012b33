using Alembic.Migrations;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("verify", Description = "Tell which applied revisions were edited, deleted or never run here; exit code 5 if there are any.")]
internal sealed class VerifyCommand(Workspace workspace) : ICommand
{
    [Option("--accept <REVISION>", "Take a revision from now on as it is; 'all' for all. May be given several times.", CommandOptionType.MultipleValue)]
    public string[] Accept { get; init; } = [];

    public int OnExecute()
    {
        List<RunLogFinding> findings = [];
        var (databases, histories) = (0, 0);
        workspace.Run(new EnvironmentRun { Accepts = Accept, Verify = Accept.Length > 0 ? null : Look }, (context, _) =>
        {
            if (!context.Options.KeepsHistory)
                throw new UsageException("No history is kept") { Hint = "write 'history_table = true' into alembic.ini: the history begins with the next upgrade" };
            databases++;
            return [];
        });
        if (findings.Count > 0)
            throw new HistoryException(findings.Count);
        if (Accept.Length == 0)
            workspace.Print(histories == databases ? "The files are those that were applied." : "There is no history yet: it begins with the next upgrade.");
        return 0;

        void Look(IReadOnlyList<RunLogFinding> found)
        {
            histories++;
            findings.AddRange(found);
            foreach (var finding in found)
                workspace.Print(finding.Text);
        }
    }
}

/// <summary>Revision files are not those that were applied.</summary>
internal sealed class HistoryException : AlembicException
{
    public HistoryException(int count)
        : base(count == 1 ? "1 revision is not what was applied" : $"{count} revisions are not what was applied") =>
        Hint = "give edited and deleted files back what they had, and put changes into a new revision; let a revision that never ran follow those that did; "
            + "or, where the database is as it should be, dotnet alembic verify --accept REVISION";
}

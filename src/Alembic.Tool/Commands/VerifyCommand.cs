using Alembic.Migrations;
using Alembic.Tool.Documents;
using McMaster.Extensions.CommandLineUtils;
using Microsoft.Extensions.Logging;

namespace Alembic.Tool.Commands;

[Command("verify", Description = "Compare applied revisions with their files; exit code 5 if one was edited, deleted or never run.")]
[Example("verify", "Compares all applied revisions.")]
[Example("verify --accept 1975", "Accepts the file as it is now.")]
[ExitCodes(3, 5)]
internal sealed class VerifyCommand(Project project) : IKnownCommand
{
    public static KnownCommand Known => KnownCommand.Of(project => new VerifyCommand(project));

    [Option("--accept <REVISION>", "Accept a revision's file as it is now; 'all' for all. May be given several times.",
        CommandOptionType.MultipleValue)]
    public string[] Accept { get; init; } = [];

    public int OnExecute()
    {
        var (count, isKept) = (0, true);
        project.OnEachDatabase(new RunOptions(), database =>
        {
            if (!database.Migrator.Environment.KeepsHistory)
            {
                throw new UsageException("No history is kept")
                {
                    Hint = "write 'history_table = true' into alembic.ini: the history begins with the next upgrade",
                };
            }
            if (Accept.Length > 0)
            {
                TakeAsTheyAre(database);
                return;
            }
            var findings = database.Migrator.Verify();
            isKept &= findings is not null;
            count += findings?.Count ?? 0;
            project.Reporter.Show(
                () => new VerifyData(Url(database), findings is not null, [.. (findings ?? []).Select(FindingData.Of)], []),
                (findings ?? []).Select(f => f.Text));
        });
        if (count > 0)
            throw new HistoryException(count);
        if (Accept.Length == 0)
            project.Reporter.Print(
                isKept ? "The files are those that were applied." : "There is no history yet: it begins with the next upgrade.");
        return 0;
    }

    private void TakeAsTheyAre(DatabaseRun database)
    {
        var accepted = database.Migrator.Accept(Accept);
        foreach (var finding in accepted)
            project.Reporter.Log(LogLevel.Information, $"Accepted {finding.Text}");
        project.Reporter.Show(() => new VerifyData(Url(database), true, [], [.. accepted.Select(FindingData.Of)]));
    }

    private static string Url(DatabaseRun database) => database.Migrator.Database!.DisplayUrl;
}

/// <summary>Revision files differ from those that were applied.</summary>
internal sealed class HistoryException : AlembicException
{
    public HistoryException(int count)
        : base(count == 1 ? "1 revision is not what was applied" : $"{count} revisions are not what was applied") =>
        Hint =
            "restore edited and deleted files, and put changes into a new revision; move a revision that never ran behind "
                + "those that did; "
            + "or, if the database is as it should be, dotnet alembic verify --accept REVISION";
}

using Alembic.Tool.Documents;
using Alembic.Tool.EntityFramework;
using Alembic.Tool.Scripts;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("ci", Description = "Run five checks of the revisions on scratch databases; exit code 2 if one fails.")]
[Example("ci", "Runs the five checks; lint checks the revisions that this branch adds.")]
[Example("ci --since origin/main --junit ci.xml", "Compares with origin/main, and writes a report for the build server.")]
[ExitCodes(2, 130)]
internal sealed class CiCommand(Project project) : IKnownCommand
{
    public static KnownCommand Known => KnownCommand.Of(project => new CiCommand(project)) with { NeedsProject = true };

    [Option("--since <GITREF>",
        "Lint revisions whose files are new or changed since this branch, tag or commit; default: the default branch.",
        CommandOptionType.SingleValue)]
    public string? Since { get; init; }

    [Option("--skip <CHECK>", "Skip a check: 'round trip', model, lint or scripts. May be given several times.",
        CommandOptionType.MultipleValue)]
    public string[] Skip { get; init; } = [];

    [Option("--junit <FILE>", "Write the results into this file, in JUnit's XML.", CommandOptionType.SingleValue)]
    public string? JUnit { get; init; }

    [Option("--no-build", "Do not build the project of an EF Core model; fail if it is not up to date.", CommandOptionType.NoValue)]
    public bool NoBuild { get; init; }

    [Option("--use-host", "Run the application's Main to create the context of an EF Core model.", CommandOptionType.NoValue)]
    public bool UseHost { get; init; }

    public int OnExecute()
    {
        if (Skip.Except(PipelineChecks.Optional).FirstOrDefault() is { } unknown)
            throw new UsageException($"--skip {unknown}: there is no such check") { Hint = "'round trip', model, lint or scripts" };
        // Without a project there is nothing to check: that is an error, not a failed check.
        _ = project.Settings.ScriptLocation;
        var checks = new PipelineChecks(project, Skip, Since, new ModelOptions(NoBuild, UseHost)).Run();
        ShowDetails(checks);
        if (JUnit is not null)
            NewFile.Replace(project.FullPath(JUnit), JUnitReport.Of(checks, project.Reporter.Shown));
        var failed = checks.Count(c => c.Result == CiData.Failed);
        return failed == 0 ? 0 : throw new ChecksFailedException(failed, checks.Count);
    }

    private void ShowDetails(IReadOnlyList<CiData> checks)
    {
        foreach (var check in checks.Where(c => c.Details.Count > 0))
        {
            foreach (var line in check.Details.Select(line => $"    {line}").Prepend($"{check.Check}: {check.Message}").Prepend(""))
                project.Reporter.Print(line);
        }
    }
}

/// <summary>Checks of a pipeline fail.</summary>
internal sealed class ChecksFailedException(int failed, int all) : AlembicException($"{failed} of {Counted.Of(all, "check")} failed");

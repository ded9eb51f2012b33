using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("check", Description = "Tell whether autogenerate would find anything to do; exit code 2 if it would.")]
internal sealed class CheckCommand(Workspace workspace) : ICommand
{
    public int OnExecute()
    {
        workspace.Run(new EnvironmentRun { CreatesVersionTable = true }, (context, rows) =>
        {
            var comparison = workspace.Compare(context, rows);
            if (context.Options.ProcessRevisionDirectives(comparison.UpgradeOperations).Count > 0)
                throw new DifferencesFoundException($"[{string.Join(", ", comparison.Descriptions)}]");
            return [];
        });
        workspace.Print("No new upgrade operations detected.");
        return 0;
    }
}

/// <summary>The model and the database differ.</summary>
internal sealed class DifferencesFoundException(string description) : AlembicException($"New upgrade operations detected: {description}");

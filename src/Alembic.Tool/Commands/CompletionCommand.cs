using System.ComponentModel.DataAnnotations;
using Alembic.Tool.Documents;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("completion", Description = "Print a script with which a shell completes commands, options and revisions.")]
[Example("completion bash", "Prints the script for bash; put eval \"$(dotnet-alembic completion bash)\" into ~/.bashrc.")]
[Example("completion pwsh", "Prints the script for PowerShell.")]
internal sealed class CompletionCommand(Project project) : IKnownCommand
{
    public static KnownCommand Known =>
        KnownCommand.Of(project => new CompletionCommand(project), (command, shell) => command.Shell = shell);

    public static readonly string[] Shells = ["bash", "zsh", "fish", "pwsh"];

    [Argument(0, "shell", "bash, zsh, fish or pwsh."), Required]
    public string Shell { get; set; } = "";

    public int OnExecute()
    {
        if (!Shells.Contains(Shell))
            throw new UsageException($"invalid choice: '{Shell}' (choose from {string.Join(", ", Shells)})")
            {
                Hint = NearbyNames.Hint(Shell, Shells) ?? "dotnet alembic completion bash",
            };
        using var script = new StreamReader(typeof(CompletionCommand).Assembly.GetManifestResourceStream($"completion.{Shell}")!);
        project.Reporter.ShowText(text => new CompletionData(text), writer => writer.Write(script.ReadToEnd()));
        return 0;
    }
}

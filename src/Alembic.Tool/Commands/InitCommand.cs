using System.ComponentModel.DataAnnotations;
using Alembic.Tool.Configuration;
using Alembic.Tool.Scripts;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("init", Description = "Begin: write a folder for migrations, and alembic.ini.")]
internal sealed class InitCommand(Project project) : ICommand
{
    [Argument(0, "directory", "The folder for the migrations."), Required]
    public string Folder { get; set; } = "";

    [Option("-t|--template <NAME>", "One of list_templates; default: generic.", CommandOptionType.SingleValue)]
    public string Template { get; init; } = "generic";

    [Option("--package", "Of use in Python only.", CommandOptionType.NoValue)]
    public bool Package { get; init; }

    public int OnExecute()
    {
        var template = Scripts.Template.Find(Scripts.Template.Root, Template);
        new Scaffold(template, project.Terminal.WorkingDirectory, project.Status)
            .Create(Folder, Settings.FileName(project.Options.Config, project.Terminal.Environment));
        return 0;
    }
}

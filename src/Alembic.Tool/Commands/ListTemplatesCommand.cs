using Alembic.Tool.Documents;
using Alembic.Tool.Scripts;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("list_templates", Description = "List the templates of init.")]
[Example("list_templates", "Lists the templates.")]
[Example("list_templates --json", "Prints the same as JSON.")]
internal sealed class ListTemplatesCommand(Project project) : IKnownCommand
{
    public static KnownCommand Known => KnownCommand.Of(project => new ListTemplatesCommand(project)) with { NeedsProject = true };

    public int OnExecute()
    {
        project.Reporter.Print("Available templates:\n");
        foreach (var template in Template.All(Template.Root))
            project.Reporter.Show(() => new TemplateData(template.Name, template.Synopsis), $"{template.Name} - {template.Synopsis}");
        project.Reporter.Print("\nTemplates are used via the 'init' command, e.g.:\n\n  dotnet alembic init --template generic ./scripts");
        return 0;
    }
}

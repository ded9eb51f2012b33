using Alembic.Tool.Scripts;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("list_templates", Description = "List what init can begin with.")]
internal sealed class ListTemplatesCommand(Project project) : ICommand
{
    public int OnExecute()
    {
        foreach (var line in Template.Listing(Template.Root))
            project.Print(line);
        return 0;
    }
}

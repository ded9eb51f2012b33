using Alembic.Tool.Configuration;
using Alembic.Tool.Connections;
using Alembic.Tool.Documents;
using Alembic.Tool.EntityFramework;
using Alembic.Tool.Scripts;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("init", Description = "Set up a project: create the folder for migrations, and alembic.ini.")]
[Example("init", "Sets up this folder, with a SQLite database.")]
[Example("init --url postgresql://localhost/shop", "The same with a PostgreSQL database.")]
internal sealed class InitCommand(Project project) : IKnownCommand
{
    public static KnownCommand Known =>
        KnownCommand.Of(project => new InitCommand(project), (command, folder) => command.Folder = folder, isOptional: true)
            with { NeedsProject = true };

    [Argument(0, "directory", "The folder for the migrations; default: alembic.")]
    public string Folder { get; set; } = "alembic";

    [Option("-t|--template <NAME>", "One of list_templates; default: generic.", CommandOptionType.SingleValue)]
    public string Template { get; init; } = "generic";

    [Option("--url <URL>", "The database that alembic.ini will name; default: the SQLite file app.db beside alembic.ini.",
        CommandOptionType.SingleValue)]
    public string? Url { get; init; }

    [Option("--keep-project", "Do not change the C# project around the folder, although it will compile the migrations.",
        CommandOptionType.NoValue)]
    public bool KeepsProject { get; init; }

    [Option("--editor-project", "Exclude the migrations from the C# project around the folder, without asking.",
        CommandOptionType.NoValue)]
    public bool EditsProject { get; init; }

    [Option("--project <FILE>", "The project of an EF Core model; default: the one that references EF Core, if there is only one.",
        CommandOptionType.SingleValue)]
    public string? ModelProject { get; init; }

    [Option("--context <NAME>", "The DbContext of the model, if the project has several.", CommandOptionType.SingleValue)]
    public string? ModelContext { get; init; }

    [Option("--package", "Only useful in Python.", CommandOptionType.NoValue)]
    public bool Package { get; init; }

    public int OnExecute()
    {
        if (KeepsProject && EditsProject)
            throw new UsageException("--keep-project leaves the project as it is, and --editor-project changes it");
        var template = Scripts.Template.Find(Scripts.Template.Root, Template);
        var scaffold = new Scaffold(template, project.Terminal.WorkingDirectory, project.Reporter.Status)
        {
            MayEdit = MayEdit, Url = Url is null ? Scaffold.StandardUrl : InIni(Url, template)
        };
        var ini = Settings.FileName(project.Options.Config, project.Terminal.Environment);
        var model = ModelKeys.Find(project.FullPath(ini), ModelProject is null ? null : project.FullPath(ModelProject));
        foreach (var file in scaffold.Create(Folder, ini))
            project.Reporter.Show(() => new FileData(file));
        model.Write(ModelContext, project.Reporter.Status.Line);
        if (Url is not null && DatabaseUrl.Parse(Url).Password is { Length: > 0 } password
            && !password.StartsWith("%(", StringComparison.Ordinal))
            project.Reporter.Hint(
                "the password is now in the ini file; to keep it out of the repository, write %(DB_PASSWORD)s in its place and set "
                    + "that environment variable");
        return 0;
    }

    // A percent sign is doubled there, except in %(NAME)s.
    private static string InIni(string url, Template template)
    {
        if (template.Databases.Count > 0)
            throw new UsageException($"--url names one database, and the template {template.Name} is for several")
            {
                Hint = "write their URLs into alembic.ini"
            };
        if (url.Any(char.IsControl))
            throw new UsageException("--url has a control character in it");
        Connector.DialectOf(new DatabaseAddress(url, null, ""));
        return url.Replace("%", "%%", StringComparison.Ordinal).Replace("%%(", "%(", StringComparison.Ordinal);
    }

    private bool MayEdit(string why)
    {
        if (KeepsProject || EditsProject || project.Terminal.Ask is not { } ask)
            return !KeepsProject;
        return ask($"{why} Add the line that excludes them? [Y/n] ")?.Trim().ToLowerInvariant() is "" or "y" or "yes";
    }
}

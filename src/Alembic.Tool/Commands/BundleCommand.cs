using Alembic.Databases;
using Alembic.Migrations;
using Alembic.Operations;
using Alembic.Tool.Bundles;
using Alembic.Tool.Configuration;
using Alembic.Tool.Connections;
using Alembic.Tool.Documents;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("bundle", Description = "Write a program for production: the tool with the compiled revisions, without the compiler.")]
[Example("bundle -o dist", "Writes the program into the folder dist, for the database of alembic.ini.")]
[Example("bundle --dialect postgresql", "For PostgreSQL, whatever the configuration says.")]
[ExitCodes(3)]
internal sealed class BundleCommand(Project project) : IKnownCommand
{
    public static KnownCommand Known => KnownCommand.Of(project => new BundleCommand(project)) with { NeedsProject = true };

    [Option("-o|--output <FOLDER>", "The folder: a new or empty one, or that of an earlier bundle; default: bundle.",
        CommandOptionType.SingleValue)]
    public string Folder { get; init; } = "bundle";

    [Option("--dialect <NAME>",
        "A database to support, such as postgresql; may be given several times; default: those of the configuration.",
        CommandOptionType.MultipleValue)]
    public string[] DialectNames { get; init; } = [];

    [Option("--self-contained", "Include the .NET that this tool runs on, for machines without .NET.", CommandOptionType.NoValue)]
    public bool SelfContained { get; init; }

    public int OnExecute()
    {
        RefuseFile();
        var folder = project.FullPath(Folder);
        var writer = new BundleWriter(folder);
        if (project.Scripts.Revisions.Count == 0)
        {
            throw new ConfigurationException("There is no revision to bundle")
            {
                Hint = "dotnet alembic revision -m \"…\" writes the first one",
            };
        }
        var dialects = DialectNames.Length > 0 ? [.. DialectNames.Select(Dialects.Named)] : Configured();
        string[] drivers = [.. dialects.Select(Connector.DriverOf).Distinct()];
        var settings = new BundledSettings(project.Settings.Ini);
        var contents = new BundleContents(
            project.Settings.Section, File.Exists(project.Scripts.EnvironmentFile), drivers, project.Scripts.Revisions);
        var start = writer.Write(project.Compile(), contents, settings, Connector.Drivers.Except(drivers), SelfContained);
        foreach (var secret in settings.Secrets)
        {
            project.Reporter.Warn(DiagnosticCode.SecretLeftOut,
                $"{secret} has a secret and is not copied into the bundle: name the database with --url or ALEMBIC_URL");
        }
        Show(folder, start, [.. dialects.Select(dialect => dialect.Name).Distinct()], contents.Revisions.Count);
        return 0;
    }

    // Before the command's name, -o is the option of every command. Somebody who writes it there means the folder, and would get a file.
    private void RefuseFile()
    {
        if (project.Options is { Output: { } file, Json: false })
        {
            throw new UsageException("Before 'bundle', -o names a file for the output, not the folder; nothing was written")
            {
                Hint = $"after the command, -o names the folder: dotnet alembic bundle -o {file}",
            };
        }
    }

    private void Show(string folder, IReadOnlyList<string> start, IReadOnlyList<string> dialects, int revisions)
    {
        var size = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
        project.Reporter.Show(() => new BundleData(folder, start, dialects, revisions, size, SelfContained ? RuntimeFiles.Version : null),
            $"{Counted.Of(revisions, "revision")} for {string.Join(", ", dialects)} in {folder}, "
            + $"{(SelfContained ? $"with .NET {RuntimeFiles.Version}, " : "")}{size / 1e6:F1} MB");
        project.Reporter.Hint($"{string.Join(' ', start)} upgrade heads");
    }

    // Runs env.cs as for a script: it names its databases, and the tool connects to none of them.
    private List<Dialect> Configured()
    {
        List<Dialect> dialects = [];
        try
        {
            project.OnEachDatabase(new RunOptions { Script = new() }, database => dialects.Add(database.Migrator.Dialect));
            return dialects;
        }
        catch (Exception exception) when (exception is ConfigurationException or InterpolationException or ConnectionException)
        {
            throw new UsageException($"{exception.Message}; a bundle is for one kind of database")
            {
                Hint = $"name it: --dialect, and one of {Dialects.Names}",
            };
        }
    }
}

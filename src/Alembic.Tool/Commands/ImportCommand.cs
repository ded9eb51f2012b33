using System.ComponentModel.DataAnnotations;
using Alembic.Autogenerate;
using Alembic.Tool.Configuration;
using Alembic.Tool.Documents;
using Alembic.Tool.EntityFramework;
using Alembic.Tool.Scripts;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("import", Description = "Write the migrations of EF Core as revisions.")]
[Example("import ef", "Writes a revision for each EF Core migration.")]
[Example("import ef --baseline", "Writes one revision for all of them.")]
[ExitCodes(3)]
internal sealed class ImportCommand(Project project) : IKnownCommand
{
    public static KnownCommand Known =>
        KnownCommand.Of(project => new ImportCommand(project), (command, source) => command.Source = source) with { NeedsProject = true };

    [Argument(0, "source", "'ef': the migrations of the context that the ini file names as the model."), Required]
    public string Source { get; set; } = "";

    [Option("--baseline", "Write one revision instead, which creates what all of them create.", CommandOptionType.NoValue)]
    public bool Baseline { get; init; }

    [Option("--no-build", "Do not build the project of the EF Core model; fail if it is not up to date.", CommandOptionType.NoValue)]
    public bool NoBuild { get; init; }

    [Option("--use-host", "Run the application's Main to create the context of the EF Core model.", CommandOptionType.NoValue)]
    public bool UseHost { get; init; }

    public int OnExecute()
    {
        if (Source != "ef")
            throw new UsageException($"argument source: invalid choice: '{Source}' (choose from ef)");
        if (ModelSource.Of(project.Settings) is null)
        {
            throw new ConfigurationException($"{project.Settings.Ini.Path} names no EF Core model: 'model' is not set")
            {
                Hint = "write 'model = ef:path/to/Project.csproj' into it",
            };
        }
        IReadOnlyList<EfMigration>? migrations = null;
        project.OnEachDatabase(new RunOptions { UsesModel = true }, database => migrations ??= Read(database.Migrator.Dialect));
        project.Preparation.Template();
        var map = project.Map;
        var known = map.Revisions.Select(r => r.Id).ToHashSet();
        var isFirst = known.Count == 0;
        var added = (migrations ?? []).Where(m => !known.Contains(EfMigration.RevisionId(m.Id))).ToList();
        if (Baseline && !isFirst && added.Count > 0)
            throw new UsageException(
                "--baseline writes the first revision, but there are revisions already") { Hint = "dotnet alembic import ef" };
        var head = isFirst ? "base" : "head";
        foreach (var migration in added)
            (map, head) = Revision(migration, head).Write(project, map);
        project.Reporter.Print(added.Count == 0 ? "All migrations of EF Core are revisions already."
            : "For each database that EF Core has migrated: dotnet alembic stamp --from-ef");
        return 0;
    }

    private IReadOnlyList<EfMigration> Read(Operations.Dialect dialect)
    {
        using var answer = project.Model(new ModelOptions(NoBuild, UseHost)).Ask(dialect, migrations: true);
        var (migrations, missing) = EfMigration.Read(answer.RootElement, dialect);
        if (Baseline)
        {
            var (baseline, missingThere) = EfMigration.Baseline(answer.RootElement, dialect);
            (migrations, missing) = ([baseline], missingThere);
            foreach (var id in EfMigration.WithOwnSql(answer.RootElement, dialect))
            {
                project.Reporter.Warn(
                    DiagnosticCode.Import,
                    $"{id} runs its own SQL, which is not in the baseline: add the part that an empty database needs");
            }
        }
        foreach (var what in missing.Distinct())
            project.Reporter.Warn(
                DiagnosticCode.Import,
                $"{what} has no operation here and no SQL of the provider: the revision fails there until you write it");
        return migrations;
    }

    private static NewRevision Revision(EfMigration migration, string head)
    {
        var directive = new RevisionDirective(migration.Message, migration.Upgrade) { Downgrade = migration.Downgrade };
        var body = RevisionBody.Of(directive, new Comparison([], []));
        return new NewRevision
        {
            Id = EfMigration.RevisionId(migration.Id),
            Message = migration.Message,
            Created = migration.Created,
            Heads = [head],
            Upgrades = body.Upgrades,
            Downgrades = body.Downgrades,
        };
    }
}

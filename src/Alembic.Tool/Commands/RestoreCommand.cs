using Alembic.Migrations;
using Alembic.Sqlite;
using Alembic.Tool.Connections;
using Alembic.Tool.Documents;
using McMaster.Extensions.CommandLineUtils;

namespace Alembic.Tool.Commands;

[Command("restore", Description = "Restore a SQLite database from a copy, or list its copies.")]
[Example("restore", "Lists the copies of the database.")]
[Example("restore app.db.20261123T004101Z-1975ea83b712.7.backup", "Restores the database from this copy.")]
[ExitCodes(4, 6)]
internal sealed class RestoreCommand(Project project) : IKnownCommand
{
    public static KnownCommand Known =>
        KnownCommand.Of(project => new RestoreCommand(project), (command, file) => command.File = file, isOptional: true);

    [Argument(0, "file", "The copy; without it the copies are listed, the newest first.")]
    public string? File { get; set; }

    public int OnExecute()
    {
        var found = false;
        project.OnEachDatabase(new RunOptions(), run => found |= run.Migrator.Database is { } database
            && (File is null
                ? List(database, run.Migrator.Environment)
                : Restore(database, run.Migrator.Environment, project.FullPath(File))));
        if (!found && File is not null)
            throw new AlembicException($"{File} is not a copy of any of the databases")
            {
                Hint = "dotnet alembic restore without a file lists the copies"
            };
        if (!found)
            project.Reporter.Print("There are no copies.");
        return 0;
    }

    private bool List(Database database, EnvironmentOptions options)
    {
        var files = database.File is { } own ? project.Backups(null).Of(own) : [];
        var copies = files.Select(file => new CopyData(file, Revisions(file, options))).ToList();
        project.Reporter.Show(
            () => new RestoreData(database.DisplayUrl, copies, null, null),
            copies.Select(copy => $"{copy.File} ({Shown(copy.Revisions)})"));
        return files.Count > 0;
    }

    private static string Shown(IReadOnlyList<string>? revisions) => revisions switch
    {
        null => "not readable, or without a version table",
        [] => "base",
        _ => string.Join(", ", revisions),
    };

    // A damaged copy must not keep the others from being shown.
    private static IReadOnlyList<string>? Revisions(string file, EnvironmentOptions options)
    {
        try
        {
            return SqliteBackup.Revisions(file, options.VersionTable);
        }
        catch (System.Data.Common.DbException)
        {
            return null;
        }
    }

    // Of several databases, the one that the copy is named after.
    private bool Restore(Database database, EnvironmentOptions options, string file)
    {
        if (options.EngineName is not null && !(database.File is { } own && BackupFiles.IsOf(file, own)))
            return false;
        if (database.File is not { } path)
            throw new AlembicException($"{database.DisplayUrl} is not a file that can be restored")
            {
                Hint = "use the tools of its server"
            };
        if (!System.IO.File.Exists(file))
            throw new AlembicException($"There is no file {file}") { Hint = "dotnet alembic restore without a file lists the copies" };
        if (BackupFiles.DatabaseOf(file) is { } another && !BackupFiles.IsOf(file, path))
        {
            throw new AlembicException($"{file} is a copy of another database, {another}: {database.DisplayUrl} was not changed")
            {
                Hint = $"to restore {Path.GetFileName(path)} from it anyway, rename the copy first",
            };
        }
        var replaced = project.Backups(null).Next(path, "replaced");
        var isSaved = database.Restore(file, replaced, options.IsOwnTable);
        if (isSaved)
            BackupFiles.Prune(replaced, keep: file);
        project.Reporter.Show(() => new RestoreData(database.DisplayUrl, [], file, isSaved ? replaced : null),
        [
            .. isSaved ? [$"Saved {database.DisplayUrl} as it was to {replaced}"] : Array.Empty<string>(),
            $"Restored {database.DisplayUrl} from {file}",
        ]);
        return true;
    }
}

using Alembic.Tool.Configuration;

namespace Alembic.Tool.Scripts;

/// <summary>Writes a new revision to the disk.</summary>
internal static class RevisionFile
{
    /// <summary>
    /// Renders the script and writes it into a version location. Creates folders as needed, and returns the absolute path.
    /// </summary>
    public static string Write(string location, RevisionScript script, Settings settings, Status status, Action<string> warn)
    {
        if (new Provenance(settings).LeadsOut(location) is { } target)
            warn($"{location} is a link that leads out of the project, to {target}: the new file is there");
        var slug = Slug.Of(script.Message ?? "", settings.TruncateSlugLength);
        var file = Path.GetFullPath(new FileTemplate(settings.FileTemplate).Render(script.Id, slug, script.CreateDate.Time), location);
        var text = script.Render(ScribanTemplate.Read(ScriptFolder.Open(settings).ScriptTemplate));
        var folder = Path.GetDirectoryName(file)!;
        NewFile.RefuseLinks(location, folder);
        if (!Directory.Exists(folder))
        {
            status.Run($"Creating directory {folder}", () => NewFile.CreateDirectory(folder));
        }

        status.Run($"Generating {file}", () => NewFile.Write(location, file, text));
        return file;
    }
}

namespace Alembic.Revisions;

/// <summary>The revision graph, or a query to it, is not valid.</summary>
/// <param name="message">What went wrong, as the command line prints it.</param>
public class RevisionException(string message) : AlembicException(message)
{
    /// <summary>The words of the graph itself, if they are more exact than the message.</summary>
    public virtual string Reason => Message;

    /// <summary>A hint that names the files of these revisions, or null if none has a file.</summary>
    internal static string? FilesOf(params IEnumerable<Revision> revisions)
    {
        var files = revisions.Select(r => r.Path).OfType<string>().Take(3).ToList();
        return files.Count == 0 ? null : $"see {string.Join(", ", files)}";
    }
}

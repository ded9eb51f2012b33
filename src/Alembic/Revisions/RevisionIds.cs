namespace Alembic.Revisions;

/// <summary>Checks texts that are to become revision ids.</summary>
public static class RevisionIds
{
    private const string Illegal = "+-:@";

    /// <summary>Rejects an id with characters that have a meaning in identifiers.</summary>
    /// <param name="id">The id, such as the argument of --rev-id.</param>
    /// <exception cref="IllegalRevisionIdException">The id contains one of <c>+ - : @</c>.</exception>
    public static void Check(string id) => Check(id, null);

    internal static void Check(string id, Revision? revision)
    {
        if (id.AsSpan().IndexOfAny(Illegal) < 0) return;
        var found = Illegal.Where(id.Contains).ToList();
        throw new IllegalRevisionIdException(id, found) { Hint = revision is null ? null : RevisionException.FilesOf(revision) };
    }
}

namespace Alembic.Tool.Connections;

/// <summary>Where a database is.</summary>
/// <param name="Text">A URL, or an ADO.NET connection string.</param>
/// <param name="Dialect">The dialect of a connection string, or null; a URL says its own.</param>
/// <param name="Folder">Where the paths of database files start.</param>
internal sealed record DatabaseAddress(string Text, string? Dialect, string Folder)
{
    public bool IsUrl => DatabaseUrl.IsUrl(Text);
}

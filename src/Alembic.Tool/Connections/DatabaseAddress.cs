namespace Alembic.Tool.Connections;

/// <summary>The address of a database.</summary>
/// <param name="Text">A URL, or an ADO.NET connection string.</param>
/// <param name="Dialect">The dialect of a connection string, or null. A URL has its own.</param>
/// <param name="Folder">The folder that paths of database files start from.</param>
internal sealed record DatabaseAddress(string Text, string? Dialect, string Folder)
{
    public bool IsUrl => DatabaseUrl.IsUrl(Text);
}

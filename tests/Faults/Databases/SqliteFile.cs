using System.Data.Common;
using Journeys;
using Microsoft.Data.Sqlite;

namespace Faults.Databases;

internal sealed class SqliteFile : LiveDatabase
{
    private readonly string _mode;

    public SqliteFile(string mode)
    {
        _mode = mode;
        Execute($"PRAGMA journal_mode = {mode}; CREATE TABLE forerunner (id INTEGER)");
    }

    /// <summary>Its folder holds nothing else.</summary>
    public string Folder { get; } = InstalledTool.NewFolder();

    public string File => Path.Combine(Folder, "data.db");

    public override string Url => $"sqlite:///{File}";

    protected override string Schema =>
        "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'alembic%' AND name NOT LIKE 'sqlite_autoindex%' ORDER BY name";

    public override DbConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        return connection;
    }

    public override LiveDatabase Copy()
    {
        Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        var copy = new SqliteFile(_mode);
        System.IO.File.Copy(File, copy.File, overwrite: true);
        return copy;
    }

    public override void Dispose() => Directory.Delete(Folder, recursive: true);
}

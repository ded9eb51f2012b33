using Alembic.Sqlite;
using Microsoft.Data.Sqlite;
using Parameter = Alembic.Tool.Connections.UrlParameter<Microsoft.Data.Sqlite.SqliteConnectionStringBuilder>;

namespace Alembic.Tool.Connections;

/// <summary>Turns a URL into the settings of a database file.</summary>
internal static class SqliteConnector
{
    // Created only if a URL has parameters: few have.
    private static Parameter[] Parameters =>
    [
        Parameter.Seconds("timeout", (s, n) => s.DefaultTimeout = n),
        Parameter.Word<SqliteOpenMode>("mode", (s, v) => s.Mode = v,
            ("ro", SqliteOpenMode.ReadOnly), ("rw", SqliteOpenMode.ReadWrite), ("rwc", SqliteOpenMode.ReadWriteCreate),
            ("memory", SqliteOpenMode.Memory)),
        Parameter.Word<SqliteCacheMode>("cache", (s, v) => s.Cache = v, ("shared", SqliteCacheMode.Shared),
            ("private", SqliteCacheMode.Private)),
        Parameter.Text("vfs", (s, v) => s.Vfs = v),
        Parameter.Ignored("check_same_thread uri nolock detect_types isolation_level cached_statements autocommit"),
    ];

    public static SqliteDatabase Connect(DatabaseUrl url, string folder)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = url.Database is "" ? ":memory:" : url.Database };
        if (url.Query.Count > 0)
            Parameter.ApplyAll(Parameters, "SQLite", url, settings);
        return new(settings, folder) { DisplayUrl = url.Display };
    }

    /// <summary>Runs the first query of every database on one in memory.</summary>
    public static void Prepare()
    {
        using var connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_schema WHERE name = @name";
        command.Parameters.Add(new SqliteParameter("@name", ""));
        using var reader = command.ExecuteReader();
        reader.Read();
    }
}

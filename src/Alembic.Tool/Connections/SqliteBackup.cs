using Microsoft.Data.Sqlite;

namespace Alembic.Tool.Connections;

/// <summary>Copies of a SQLite database, page by page and read back before they count, and the way back from them.</summary>
internal static class SqliteBackup
{
    // Somebody who writes lets others read, unless it has grown too large for the memory; there is no use in waiting for that.
    private const int Patience = 1;

    /// <summary>Copies what is committed in a database into a new file.</summary>
    /// <param name="isOwn">Whether a table is none of the user's: for its rows alone nothing is saved.</param>
    /// <returns>Whether there was a row to save; else there is no file.</returns>
    public static bool Save(string database, string file, Func<string, bool> isOwn)
    {
        using var source = Open(database, SqliteOpenMode.ReadWrite);
        using var transaction = source.BeginTransaction(deferred: true);
        var rows = RowsByTable(source);
        if (rows.All(table => table.Value == 0 || isOwn(table.Key)))
            return false;
        RefuseWithoutSpace(database, file);
        Create(file);
        try
        {
            Copy(source, file);
            Verify(file, rows);
            return true;
        }
        catch
        {
            File.Delete(file);
            throw;
        }
    }

    /// <summary>Makes a database what a copy of it is. The pages are exchanged in one transaction: whoever reads sees all of it or nothing.</summary>
    public static void Restore(string file, string database)
    {
        using var source = Open(file, SqliteOpenMode.ReadOnly);
        Dictionary<string, long> rows;
        try
        {
            rows = RowsByTable(source);
            Verify(file, rows);
        }
        catch (SqliteException exception)
        {
            throw new AlembicException($"{file} is no copy of a database: {exception.Message}", exception);
        }
        try
        {
            using (var target = Open(database, SqliteOpenMode.ReadWriteCreate))
                source.BackupDatabase(target);
            Verify(database, rows);
        }
        catch (SqliteException exception)
        {
            throw new AlembicException($"{database} was not restored: {exception.Message}", exception) { Hint = "end what uses the database, then run the command again" };
        }
    }

    /// <summary>The revisions in a copy's version table.</summary>
    public static IReadOnlyList<string> Revisions(string file, string versionTable)
    {
        using var connection = Open(file, SqliteOpenMode.ReadOnly);
        return Texts(connection, $"SELECT version_num FROM {Quoted(versionTable)} ORDER BY 1");
    }

    private static void Copy(SqliteConnection source, string file)
    {
        using (var target = Open(file, SqliteOpenMode.ReadWrite))
            source.BackupDatabase(target);
        using var written = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        written.Flush(flushToDisk: true);
    }

    private static void Verify(string file, Dictionary<string, long> rows)
    {
        using var copy = Open(file, SqliteOpenMode.ReadOnly);
        var problems = Texts(copy, "PRAGMA integrity_check");
        if (problems is not ["ok"])
            throw new AlembicException($"{file} is damaged: {problems[0]}");
        var found = RowsByTable(copy);
        if (rows.FirstOrDefault(table => found.GetValueOrDefault(table.Key, -1) != table.Value) is { Key: { } wrong })
            throw new AlembicException($"{file}: table '{wrong}' has {found.GetValueOrDefault(wrong)} rows instead of {rows[wrong]}");
    }

    private static void RefuseWithoutSpace(string database, string file)
    {
        var needed = new FileInfo(database).Length;
        var free = new DriveInfo(Path.GetDirectoryName(file)!).AvailableFreeSpace;
        if (free < needed)
        {
            throw new AlembicException($"A copy of the database needs {needed} bytes, and there are {free} left in {Path.GetDirectoryName(file)}: nothing was changed")
            {
                Hint = "make room, choose another folder with --backup=FOLDER, or go without with --no-backup",
            };
        }
    }

    // For nobody else's eyes, and never over something that is there.
    private static void Create(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            new FileStream(file, options).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AlembicException($"Can't copy the database to {file}: {exception.Message}: nothing was changed", exception)
            {
                Hint = "choose another folder with --backup=FOLDER, or go without with --no-backup",
            };
        }
    }

    private static Dictionary<string, long> RowsByTable(SqliteConnection connection)
    {
        Dictionary<string, long> rows = [];
        // A virtual table's module need not be there; what it stores is in tables of its own.
        foreach (var table in Texts(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"))
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT count(*) FROM {Quoted(table)}";
            rows[table] = (long)command.ExecuteScalar()!;
        }
        return rows;
    }

    private static List<string> Texts(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        List<string> texts = [];
        while (reader.Read())
            texts.Add(reader.GetString(0));
        return texts;
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = Patience }.ToString());
        connection.Open();
        return connection;
    }
}

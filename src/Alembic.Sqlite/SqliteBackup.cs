using Alembic.Databases.Sqlite;
using Microsoft.Data.Sqlite;

namespace Alembic.Sqlite;

/// <summary>Copies SQLite databases, page by page, reads each copy back before it counts, and restores from copies.</summary>
internal static class SqliteBackup
{
    // Somebody who writes does not keep others from reading, unless the transaction has outgrown the memory. Waiting for that is no use.
    private const int Patience = 1;

    /// <summary>Copies what is committed in a database into a new file. The file appears only when it is complete.</summary>
    /// <param name="isOwn">Tells whether a table is Alembic's own: its rows alone are not worth a copy.</param>
    /// <returns>Whether there was a row to save; if not, there is no file.</returns>
    public static bool Save(string database, string file, Func<string, bool> isOwn)
    {
        using var source = Open(database, SqliteOpenMode.ReadWrite);
        return Save(source, file, isOwn);
    }

    /// <summary>
    /// Restores a database from a copy. One transaction replaces the pages: a reader sees all of it or nothing. Nobody else reads or
    /// writes from the moment that the database is saved until then, so no committed row is lost.
    /// </summary>
    /// <param name="replaced">The new file in which the replaced database is saved.</param>
    /// <returns>Whether there was a row to save.</returns>
    public static bool Restore(string file, string database, string replaced, Func<string, bool> isOwn)
    {
        if (string.Equals(Final(file), Final(database), OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
            ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
            throw new AlembicException($"{file} is the database itself")
            {
                Hint = "dotnet alembic restore without a file lists the copies"
            };
        using var source = OpenCopy(file);
        var rows = VerifiedRows(source, file);
        var isSaved = false;
        try
        {
            using var target = Open(database, SqliteOpenMode.ReadWriteCreate);
            Exclude(target);
            if (SqliteLock.IsHeld(database))
                throw new AlembicException($"{database} was not restored: a migration is running on it")
                {
                    Hint = "run the command again when it is done"
                };
            isSaved = Save(target, replaced, isOwn);
            source.BackupDatabase(target);
            Verify(target, database, rows);
            return isSaved;
        }
        catch (SqliteException exception)
        {
            if (isSaved)
                File.Delete(replaced);
            throw new AlembicException($"{database} was not restored: {exception.Message}", exception)
            {
                Hint = "stop the programs that use the database, then run the command again"
            };
        }
    }

    /// <summary>Reads the revisions in a copy's version table.</summary>
    public static IReadOnlyList<string> Revisions(string file, string versionTable)
    {
        using var connection = OpenCopy(file);
        return Texts(connection, $"SELECT version_num FROM {Quoted(versionTable)} ORDER BY 1");
    }

    // The lock outlives its transaction. SQLite copies nothing inside of a transaction.
    private static void Exclude(SqliteConnection connection) =>
        Execute(connection, "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT");

    private static bool Save(SqliteConnection source, string file, Func<string, bool> isOwn)
    {
        using var transaction = source.BeginTransaction(deferred: true);
        var rows = RowsByTable(source);
        if (rows.All(table => table.Value == 0 || isOwn(table.Key)))
            return false;
        if (Path.Exists(file))
            throw CannotCopy(file, "the file exists");
        RefuseWithoutSpace(source.DataSource, file);
        var temporary = $"{file}.{Guid.NewGuid():N}.tmp";
        using var span = Spans.Begin(Spans.Copy, pace: new() { Share = () => (double?)Length(temporary) / Length(source.DataSource) });
        try
        {
            // Open until the end, which tells other processes that it is being written.
            using (var written = Create(temporary))
            {
                Copy(source, temporary);
                using (var copy = Open(temporary, SqliteOpenMode.ReadOnly, isUnchanging: true))
                    Verify(copy, file, rows);
                written.Flush(flushToDisk: true);
            }
            File.Move(temporary, file);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotCopy(file, exception.Message, exception);
        }
        finally
        {
            if (File.Exists(temporary))
                File.Delete(temporary);
        }
    }

    private static long? Length(string file) => new FileInfo(file) is { Exists: true } found ? found.Length : null;

    private static void Copy(SqliteConnection source, string file)
    {
        using var target = Open(file, SqliteOpenMode.ReadWrite);
        // A file that nobody knows yet needs no journal, which would be left behind if the process ended.
        Execute(target, "PRAGMA journal_mode = MEMORY");
        source.BackupDatabase(target);
    }

    private static Dictionary<string, long> VerifiedRows(SqliteConnection copy, string file)
    {
        try
        {
            if (Texts(copy, "SELECT CAST(page_count AS TEXT) FROM pragma_page_count") is ["0"])
                throw new AlembicException($"{file} is not a copy of a database: it is empty");
            var rows = RowsByTable(copy);
            Verify(copy, file, rows);
            return rows;
        }
        catch (SqliteException exception)
        {
            throw new AlembicException($"{file} is not a copy of a database: {exception.Message}", exception);
        }
    }

    private static void Verify(SqliteConnection copy, string file, Dictionary<string, long> rows)
    {
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
        var free = FreeSpace(Path.GetDirectoryName(file)!);
        if (free < needed)
        {
            throw new AlembicException(
                $"A copy of the database needs {needed} bytes, but only {free} are free in {Path.GetDirectoryName(file)}: nothing "
                    + "was changed")
            {
                Hint = "free some space, choose another folder with --backup=FOLDER, or skip the copy with --no-backup",
            };
        }
    }

    // If the system does not tell (of a network share on Windows), the copy is tried.
    internal static long? FreeSpace(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Only this user may read it.
    private static FileStream Create(string file)
    {
        // On Windows the file has to be shared with SQLite. Elsewhere SQLite does not check.
        var share = OperatingSystem.IsWindows() ? FileShare.ReadWrite : FileShare.None;
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(file, options);
    }

    private static AlembicException CannotCopy(string file, string reason, Exception? inner = null) =>
        new($"Can't copy the database to {file}: {reason}: nothing was changed", inner)
        {
            Hint = "choose another folder with --backup=FOLDER, or skip the copy with --no-backup"
        };

    private static void Execute(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    private static Dictionary<string, long> RowsByTable(SqliteConnection connection)
    {
        Dictionary<string, long> rows = [];
        // A virtual table's module may be missing. Its data is in tables of its own.
        foreach (var table in Texts(connection,
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"))
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

    // The database file itself may be missing.
    private static string Final(string path) =>
        (Path.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(path);

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static SqliteConnection OpenCopy(string file) => Open(file, SqliteOpenMode.ReadOnly, isUnchanging: IsWalAtRest(file));

    private static SqliteConnection Open(string file, SqliteOpenMode mode, bool isUnchanging = false)
    {
        var source = isUnchanging ? $"file:{Escaped(file)}?immutable=1" : file;
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = source, Mode = mode, Pooling = false, DefaultTimeout = Patience }.ToString());
        connection.Open();
        return connection;
    }

    // A process that only reads such a file creates two more files beside it and cannot delete them. It fails if it cannot create them,
    // unless SQLite is told that nobody writes.
    private static bool IsWalAtRest(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var header = new byte[20];
            return stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length && header[18..] is [2, 2]
                && !File.Exists($"{file}-wal");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // SQLite's own error says why.
            return false;
        }
    }

    private static string Escaped(string file) =>
        file.Replace("%", "%25", StringComparison.Ordinal).Replace("?", "%3f", StringComparison.Ordinal)
        .Replace("#", "%23", StringComparison.Ordinal);
}

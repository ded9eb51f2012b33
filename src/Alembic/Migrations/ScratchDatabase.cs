using System.Data.Common;

namespace Alembic.Migrations;

/// <summary>A new, empty database on the server of another one. It is dropped at the end, also after a failure.</summary>
internal static class ScratchDatabase
{
    // The name tells what it is if a killed process leaves one behind.
    private const string Prefix = "alembic_scratch_";

    public static void Use(Database origin, Action<Database> work, Action<string> warn)
    {
        var name = $"{Prefix}{Guid.NewGuid():N}";
        if (origin.HasOwnConnection || origin.Named(name) is not { } scratch)
            throw new NoScratchDatabaseException(origin.DisplayUrl, "no other database can be opened there");
        try
        {
            OnServer(origin, connection => origin.CreateNamed(connection, name));
        }
        catch (DbException exception)
        {
            throw new NoScratchDatabaseException(origin.DisplayUrl, exception.Message.ReplaceLineEndings(" "));
        }
        try
        {
            work(scratch);
        }
        finally
        {
            Drop(origin, name, warn);
        }
    }

    private static void Drop(Database origin, string name, Action<string> warn)
    {
        try
        {
            OnServer(origin, connection => origin.DropNamed(connection, name));
        }
        catch (Exception exception) when (exception is DbException or AlembicException)
        {
            warn($"the scratch database {name} still exists: {exception.Message.ReplaceLineEndings(" ")}; drop it by hand");
        }
    }

    // On a new server, the project's database may not exist yet.
    private static void OnServer(Database origin, Action<DbConnection> work)
    {
        var database = origin;
        DbConnection connection;
        try
        {
            connection = origin.Open();
        }
        catch (UnreachableDatabaseException) when (origin.Named(null) is { } always)
        {
            try
            {
                connection = (database = always).Open();
            }
            catch (UnreachableDatabaseException)
            {
                // Show the error of the project's own database: that is the one the user can fix.
                connection = (database = origin).Open();
            }
        }
        try
        {
            work(connection);
        }
        finally
        {
            database.Close(connection);
        }
    }
}

/// <summary>No scratch database can be created.</summary>
public sealed class NoScratchDatabaseException : AlembicException
{
    internal NoScratchDatabaseException(string database, string why)
        : base($"cannot create a scratch database beside '{database}': {why}") => Hint =
            "let the user of the URL create databases, or give the URL of a server where it may";
}

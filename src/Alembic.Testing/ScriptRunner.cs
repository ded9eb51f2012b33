using System.Data.Common;
using Alembic.Migrations;

namespace Alembic.Testing;

/// <summary>Runs a script as the database's own client does.</summary>
internal static class ScriptRunner
{
    /// <exception cref="MigrationCheckException">The database refuses a statement.</exception>
    public static void Run(string script, Database database)
    {
        var connection = database.Open();
        try
        {
            foreach (var statement in database.Dialect.ScriptStatements(script))
                Send(statement, connection);
        }
        finally
        {
            database.Close(connection);
        }
    }

    private static void Send(string statement, DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        try
        {
            command.ExecuteNonQuery();
        }
        catch (DbException exception)
        {
            throw new MigrationCheckException($"The script fails: {exception.Message}\n{statement}");
        }
    }
}

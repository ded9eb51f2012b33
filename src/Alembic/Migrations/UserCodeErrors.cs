using System.Data.Common;

namespace Alembic.Migrations;

/// <summary>Errors of user code, which may have caught the server's error and wrapped it in another one.</summary>
internal static class UserCodeErrors
{
    /// <summary>Gets an error as messages and logs may show it: without values of rows.</summary>
    /// <param name="database">The database.</param>
    /// <param name="exception">The error.</param>
    /// <returns>The same error if it holds none.</returns>
    public static Exception WithoutRowValues(this Database database, Exception exception) => exception switch
    {
        DbException error => database.WithoutRowValues(error),
        AggregateException several => several.InnerExceptions.Select(e => database.WithoutRowValues(e))
            .FirstOrDefault(e => !several.InnerExceptions.Contains(e)) ?? several,
        { InnerException: { } inner } when database.WithoutRowValues(inner) is var shown && shown != inner =>
            exception is AlembicException own
            ? new AlembicException(own.Message.Replace(inner.Message, shown.Message, StringComparison.Ordinal), shown) { Hint = own.Hint }
            : shown,
        _ => exception,
    };
}

using Alembic.Operations;

namespace Alembic.Databases.MySql;

/// <summary>Finds locks that a session keeps after a text: it could use no other tables.</summary>
internal static class MySqlTableLocks
{
    /// <summary>The words of the statement that takes a lock which the text does not release; null for none.</summary>
    /// <param name="sql">One or more statements.</param>
    /// <param name="quotes">What marks off strings and comments.</param>
    public static string? LeftBy(string sql, SqlQuotes quotes)
    {
        string? left = null;
        List<SqlToken> statement = [];
        foreach (var token in SqlToken.Read(sql, quotes))
        {
            statement.Add(token);
            if (!token.Is(';'))
                continue;
            left = After(statement, left);
            statement.Clear();
        }
        return After(statement, left);
    }

    private static string? After(IReadOnlyList<SqlToken> statement, string? left) => statement switch
    {
        [var lockWord, var tables, ..] when lockWord.Is("LOCK") && IsTables(tables) => "LOCK TABLES",
        [var flush, var tables, ..] when flush.Is("FLUSH") && IsTables(tables) && statement.Any(t => t.Is("READ") || t.Is("EXPORT")) =>
            "FLUSH TABLES",
        [var unlock, var tables, ..] when unlock.Is("UNLOCK") && IsTables(tables) => null,
        _ => left,
    };

    private static bool IsTables(SqlToken token) => token.Is("TABLES") || token.Is("TABLE");
}

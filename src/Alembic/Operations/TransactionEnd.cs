namespace Alembic.Operations;

/// <summary>Finds a statement that ends its transaction: it would separate a migration from its row in the version table.</summary>
internal static class TransactionEnd
{
    /// <summary>Returns the first word of such a statement, or null if there is none among the statements of a text.</summary>
    /// <param name="sql">One or more statements.</param>
    /// <param name="quotes">The quotes and comments of the dialect.</param>
    public static string? In(string sql, SqlQuotes quotes)
    {
        List<string> words = [];
        for (var at = 0; at <= sql.Length;)
        {
            if (at == sql.Length || sql[at] == ';')
            {
                if (IsEnd(words))
                    return words[0];
                words.Clear();
                at++;
                continue;
            }
            var start = at;
            while (at < sql.Length && char.IsLetter(sql[at]))
                at++;
            if (at > start)
                words.Add(sql[start..at].ToUpperInvariant());
            else if (QuotedText.End(sql, at, quotes) is var end && end > at)
                at = end;
            else
                at++;
            // The body of a BEGIN ATOMIC function is not quoted, so its END would be misread.
            if (words is ["CREATE", ..] && words[^1] == "ATOMIC")
                return null;
        }
        return null;
    }

    private static bool IsEnd(List<string> words) => words switch
    {
        ["COMMIT" or "END" or "ABORT"] or ["COMMIT" or "END" or "ABORT" or "ROLLBACK", "WORK" or "TRANSACTION" or "AND", ..] => true,
        ["ROLLBACK", ..] => !words.Contains("TO"),
        ["PREPARE", "TRANSACTION", ..] => true,
        _ => false,
    };
}

using Alembic.Operations;

namespace Alembic.Migrations;

/// <summary>What a statement does, as far as its words tell.</summary>
internal sealed class StatementKind(Dialect dialect)
{
    // DEFINER, OR REPLACE and the like stand before the word.
    private const int WordsBeforeRoutine = 8;

    /// <summary>Whether a transaction can take it back on every database.</summary>
    public bool IsData(Statement statement) => !HasSeveral(statement)
        && (Word(statement, 0) is "INSERT" or "UPDATE" or "DELETE" or "REPLACE" or "SELECT" or "WITH" or "SET" or "DO" or "VALUES" || IsComment(statement));

    /// <summary>Whether it makes, changes or drops a part of the schema and so leaves a trace there. (TRUNCATE leaves none, but may be repeated.)</summary>
    public bool IsVisible(Statement statement) => !HasSeveral(statement)
        && Word(statement, 0) is "CREATE" or "ALTER" or "DROP" or "RENAME" or "TRUNCATE" or "COMMENT"
        && Word(statement, 1) is not ("USER" or "ROLE" or "DATABASE" or "SERVER" or "EVENT" or "TABLESPACE");

    /// <summary>Whether a part of it may have been done when the whole is refused. Routines and triggers have bodies of statements.</summary>
    public bool HasSeveral(Statement statement) => Word(statement, 0) == "CALL" || (!IsRoutine(statement) && HasSemicolon(statement));

    /// <summary>Whether it creates a routine or a trigger whose body is several statements.</summary>
    public bool HasBody(Statement statement) => IsRoutine(statement) && HasSemicolon(statement);

    private bool HasSemicolon(Statement statement)
    {
        var sql = statement.Text.AsSpan().TrimEnd().TrimEnd(';').ToString();
        for (var at = 0; at < sql.Length; at = Math.Max(QuotedText.End(sql, at, dialect.Quotes), at + 1))
        {
            if (sql[at] == ';')
                return true;
        }
        return false;
    }

    // In a comment for some versions of a server, as mysqldump writes them, anything may stand.
    private bool IsComment(Statement statement) => Word(statement, 0) is null && !(dialect.Quotes.HasFlag(SqlQuotes.ExecutableComments)
        && (statement.Text.Contains("/*!", StringComparison.Ordinal) || statement.Text.Contains("/*M!", StringComparison.Ordinal)));

    private bool IsRoutine(Statement statement)
    {
        var words = Words(statement, WordsBeforeRoutine);
        return words is ["CREATE", ..]
            && words.Any(word => word is "PROCEDURE" or "FUNCTION" or "TRIGGER" or "EVENT" or "PACKAGE")
            && statement.Text.Contains("BEGIN", StringComparison.OrdinalIgnoreCase);
    }

    private string? Word(Statement statement, int index) => Words(statement, index + 1).ElementAtOrDefault(index);

    private IReadOnlyList<string> Words(Statement statement, int count) =>
    [
        .. QuotedText.Bare(statement.Text, dialect.Quotes)
            .Split((char[]?)[' ', '\t', '\r', '\n', '(', ';'], count + 1, StringSplitOptions.RemoveEmptyEntries)
            .Take(count)
            .Select(word => word.ToUpperInvariant()),
    ];
}

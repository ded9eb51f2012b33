using Alembic.Operations;

namespace Alembic.Migrations;

/// <summary>What a statement does, as far as its words tell.</summary>
internal sealed class StatementKind(Dialect dialect)
{
    /// <summary>Whether a transaction can take it back on every database.</summary>
    public bool IsData(Statement statement) => !HasSeveral(statement)
        && Word(statement, 0) is "INSERT" or "UPDATE" or "DELETE" or "REPLACE" or "SELECT" or "WITH" or "SET" or "DO" or "VALUES" or null;

    /// <summary>Whether it makes, changes or drops a part of the schema and so leaves a trace there. (TRUNCATE leaves none, but may be repeated.)</summary>
    public bool IsVisible(Statement statement) => !HasSeveral(statement)
        && Word(statement, 0) is "CREATE" or "ALTER" or "DROP" or "RENAME" or "TRUNCATE" or "COMMENT"
        && Word(statement, 1) is not ("USER" or "ROLE" or "DATABASE" or "SERVER" or "EVENT" or "TABLESPACE");

    /// <summary>Whether a part of it may have been done when the whole is refused. Routines and triggers have bodies of statements.</summary>
    public bool HasSeveral(Statement statement)
    {
        if (Word(statement, 0) == "CALL")
            return true;
        var sql = statement.Text.AsSpan().TrimEnd().TrimEnd(';').ToString();
        if (Word(statement, 0) == "CREATE" && sql.Contains("BEGIN", StringComparison.OrdinalIgnoreCase))
            return false;
        for (var at = 0; at < sql.Length; at = Math.Max(QuotedText.End(sql, at, dialect.Quotes), at + 1))
        {
            if (sql[at] == ';')
                return true;
        }
        return false;
    }

    private string? Word(Statement statement, int index) => QuotedText.Bare(statement.Text, dialect.Quotes)
        .Split((char[]?)[' ', '\t', '\r', '\n', '(', ';'], index + 2, StringSplitOptions.RemoveEmptyEntries)
        .ElementAtOrDefault(index)?.ToUpperInvariant();
}

using System.Text;
using Alembic.Operations;

namespace Alembic.Runtime;

/// <summary>Writes the parameters of a statement into its text as literals.</summary>
internal static class ScriptParameters
{
    public static string Inline(Statement statement, Dialect dialect)
    {
        var sql = statement.Text;
        var result = new StringBuilder(sql.Length);
        for (var at = 0; at < sql.Length;)
        {
            var end = QuotedText.End(sql, at, dialect.Quotes);
            if (end == at && sql[at] == '@' && Name(sql, at + 1) is { Length: > 0 } name && (at == 0 || sql[at - 1] != '@'))
            {
                if (!statement.Parameters.TryGetValue(name, out var value))
                    throw new AlembicException($"The statement's parameter '@{name}' has no value");
                result.Append(dialect.Literal(value));
                at += name.Length + 1;
            }
            else
            {
                end = Math.Max(end, at + 1);
                result.Append(sql, at, end - at);
                at = end;
            }
        }
        return result.ToString();
    }

    /// <summary>The statement with its terminator, which a comment at its end must not swallow.</summary>
    public static string Terminated(string sql, Dialect dialect)
    {
        var last = 0;
        for (var at = 0; at < sql.Length; at = Math.Max(QuotedText.End(sql, at, dialect.Quotes), at + 1))
            last = at;
        var terminator = dialect.StatementTerminator;
        var endsInComment = sql.Length > 0 && sql[last] is '-' or '#' && QuotedText.End(sql, last, dialect.Quotes) > last;
        return endsInComment ? $"{sql}\n{terminator}" : sql.EndsWith(terminator, StringComparison.Ordinal) ? sql : sql + terminator;
    }

    private static string Name(string sql, int start)
    {
        var end = start;
        while (end < sql.Length && (char.IsLetterOrDigit(sql[end]) || sql[end] == '_'))
            end++;
        return sql[start..end];
    }
}

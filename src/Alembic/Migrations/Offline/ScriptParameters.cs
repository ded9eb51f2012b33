using System.Text;
using Alembic.Operations;

namespace Alembic.Migrations;

/// <summary>Writes the parameters of a statement into its text as literals.</summary>
internal static class ScriptParameters
{
    public static string Inline(Statement statement, Dialect dialect)
    {
        var sql = statement.Text;
        var result = new StringBuilder(sql.Length);
        var done = 0;
        foreach (var (at, name) in QuotedText.Parameters(sql, dialect.Quotes))
        {
            if (!statement.Parameters.TryGetValue(name, out var value))
                throw new AlembicException($"The statement's parameter '@{name}' has no value");
            result.Append(sql, done, at - done).Append(dialect.Literal(value));
            done = at + 1 + name.Length;
        }
        return result.Append(sql, done, sql.Length - done).ToString();
    }

    /// <summary>Adds the terminator to a statement, on a new line if the statement ends in a comment.</summary>
    public static string Terminated(string sql, Dialect dialect)
    {
        var last = 0;
        for (var at = 0; at < sql.Length; at = Math.Max(QuotedText.End(sql, at, dialect.Quotes), at + 1))
            last = at;
        var terminator = dialect.StatementTerminator;
        var endsInComment = sql.Length > 0 && sql[last] is '-' or '#' && QuotedText.End(sql, last, dialect.Quotes) > last;
        return endsInComment ? $"{sql}\n{terminator}" : sql.EndsWith(terminator, StringComparison.Ordinal) ? sql : sql + terminator;
    }
}

namespace Alembic.Databases.Sqlite;

/// <summary>Finds the tokens of an expression without subqueries (a CHECK, a generated column, an index) that name columns.</summary>
internal static class DdlExpression
{
    /// <summary>Columns, and the "table." before some of them, up to the column.</summary>
    public static (List<DdlToken> Columns, List<DdlSpan> Qualifiers) Mentions(ReadOnlySpan<DdlToken> tokens)
    {
        List<DdlToken> columns = [];
        List<DdlSpan> qualifiers = [];
        // Keywords such as END or LIKE are names if an operand has to follow: SQLite tells them apart in the same way.
        var afterOperand = false;
        for (var i = 0; i < tokens.Length; i++)
        {
            var token = tokens[i];
            if (token.Is("COLLATE"))
            {
                i++;
            }
            else if (token.Is("AS"))
            {
                i = EndOfType(tokens, i) - 1;
            }
            else if (token.Is("NOT"))
            {
                continue;
            }
            else if (token.Kind is not (DdlTokenKind.Word or DdlTokenKind.QuotedName) || DdlKeywords.IsReserved(token.Text))
            {
                afterOperand = EndsOperand(token);
            }
            else if (afterOperand && token.Kind is DdlTokenKind.Word)
            {
                afterOperand = token.Is("END");
            }
            else if (i + 1 < tokens.Length && tokens[i + 1].Is("("))
            {
                afterOperand = false;
            }
            else
            {
                var qualifier = i;
                while (i + 2 < tokens.Length && tokens[i + 1].Is("."))
                {
                    i += 2;
                }
                if (i > qualifier)
                {
                    qualifiers.Add(new DdlSpan(token.Start, tokens[i].Start));
                }
                if (i > qualifier || !IsClock(token))
                {
                    columns.Add(tokens[i]);
                }
                afterOperand = true;
            }
        }
        return (columns, qualifiers);
    }

    /// <summary>Tells whether an operator may follow a token.</summary>
    public static bool EndsOperand(DdlToken token) => token.Kind switch
    {
        DdlTokenKind.Punctuation => token.Is(")"),
        DdlTokenKind.Word => !DdlKeywords.IsReserved(token.Text) || token.Is("NULL") || token.Is("ISNULL") || token.Is("NOTNULL"),
        _ => true,
    };

    private static bool IsClock(DdlToken token) => token.Is("CURRENT_TIME") || token.Is("CURRENT_DATE") || token.Is("CURRENT_TIMESTAMP");

    // CAST (x AS DECIMAL(10, 2)): the words of a type are not columns.
    private static int EndOfType(ReadOnlySpan<DdlToken> tokens, int start)
    {
        var depth = 0;
        var i = start;
        while (i < tokens.Length && (depth > 0 || !tokens[i].Is(")")))
        {
            depth += tokens[i].Is("(") ? 1 : tokens[i].Is(")") ? -1 : 0;
            i++;
        }
        return i;
    }
}

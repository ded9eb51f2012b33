namespace Alembic.Databases.Sqlite;

/// <summary>
/// The names in any SQL text: a trigger, a view. They are told by their form, not by what they stand for, so a name counts
/// whether it is a column of one table or another, an alias or a function; none that is there is missed, but for 'strings' used as names.
/// </summary>
internal static class DdlIdentifiers
{
    public static IReadOnlySet<string> In(string sql) => Tokens(sql).Select(DdlName.Of).ToHashSet(DdlName.Comparer);

    public static string Replace(string sql, string name, string newName)
    {
        var tokens = DdlTokenizer.Tokenize(sql);
        return DdlEdit.Apply(sql,
            Tokens(sql).Where(t => t.Names(name)).Select(t => DdlEdit.Between(tokens, t.Span, DdlName.Instead(t, newName))));
    }

    private static IEnumerable<DdlToken> Tokens(string sql)
    {
        DdlToken? before = null;
        foreach (var token in DdlTokenizer.Tokenize(sql).Where(t => !t.IsTrivia))
        {
            if (token.Kind is DdlTokenKind.QuotedName
                || (token.Kind is DdlTokenKind.Word && !DdlKeywords.IsReserved(token.Text) && !IsKeyword(token, before)))
            {
                yield return token;
            }
            before = token;
        }
    }

    // "x END", "FOR EACH ROW": behind an operand a keyword is a keyword. Where that is not certain it counts as a name.
    private static bool IsKeyword(DdlToken token, DdlToken? before) =>
        before is not null && DdlKeywords.IsFallback(token.Text) && before.Kind switch
    {
        DdlTokenKind.Word => !DdlKeywords.Contains(before.Text) || before.Is("NULL") || (token.Is("ROW") && before.Is("EACH"))
            || (token.Is("EACH") && before.Is("FOR")),
        DdlTokenKind.Punctuation => before.Is(")") || (before.Is(";") && token.Is("END")),
        DdlTokenKind.Space => false,
        _ => true,
    };
}

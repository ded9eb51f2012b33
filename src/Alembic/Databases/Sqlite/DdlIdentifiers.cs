namespace Alembic.Databases.Sqlite;

/// <summary>
/// Finds the names in any SQL text, such as a trigger or a view. Only their form counts, not their meaning: a name may be a column of any
/// table, an alias or a function. No name is missed, except 'strings' used as names.
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

    // "x END", "FOR EACH ROW": after an operand, a keyword is a keyword. If that is not certain, it counts as a name.
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

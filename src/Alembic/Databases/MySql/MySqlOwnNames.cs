namespace Alembic.Databases.MySql;

/// <summary>
/// Removes the connection's own database from the names in a text: otherwise another database would read from this one. The servers print
/// it in some views, and in a trigger if its creator wrote it.
/// </summary>
internal static class MySqlOwnNames
{
    /// <summary>A text without the own database before names.</summary>
    /// <param name="kind">What it creates.</param>
    /// <param name="text">The server's text. The body of a trigger is its author's, and stays unchanged.</param>
    /// <param name="own">The own database, or null.</param>
    public static string Local(string kind, string text, string? own)
    {
        if (own is null || kind is not ("view" or "trigger"))
            return text;
        var tokens = MySqlToken.Read(text);
        if (kind == "trigger")
            tokens = [.. tokens.TakeWhile(t => !t.Is("FOR"))];
        var firsts = tokens.Index().Where(t => t.Item.Kind is MySqlTokenKind.Name or MySqlTokenKind.Word && t.Item.Name == own
            && (t.Index == 0 || !tokens[t.Index - 1].Is("."))).Select(t => t.Index).ToList();
        // A table of the view may have that name, too.
        if (firsts.Any(i => i > 0 && (tokens[i - 1].Kind == MySqlTokenKind.Name || tokens[i - 1].Is(")"))))
            return text;
        return firsts.Where(i => i + 1 < tokens.Count && tokens[i + 1].Is(".")).Reverse()
            .Aggregate(text, (t, i) => t.Remove(tokens[i].Start, tokens[i + 1].End - tokens[i].Start));
    }
}

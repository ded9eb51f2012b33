namespace Alembic.Databases.MySql;

/// <summary>
/// Names that a text gives with the connection's own database: written so, another database would read from this one. The servers print
/// them so in some views, and a trigger as its creator wrote it.
/// </summary>
internal static class MySqlOwnNames
{
    /// <summary>A text without the own database where it stands before a name.</summary>
    /// <param name="kind">What it creates.</param>
    /// <param name="text">The server's text. Of a trigger the body is its author's, and stays as it is.</param>
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
        // A table of the view may be called so, too.
        if (firsts.Any(i => i > 0 && (tokens[i - 1].Kind == MySqlTokenKind.Name || tokens[i - 1].Is(")"))))
            return text;
        return firsts.Where(i => i + 1 < tokens.Count && tokens[i + 1].Is(".")).Reverse()
            .Aggregate(text, (t, i) => t.Remove(tokens[i].Start, tokens[i + 1].End - tokens[i].Start));
    }
}

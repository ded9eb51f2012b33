using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.MySql;

/// <summary>
/// A column's definition as SHOW CREATE TABLE prints it, split into the type and its clauses, so that one can be replaced and the others
/// stay unchanged.
/// </summary>
/// <param name="Name">The column's name.</param>
/// <param name="Type">The type, without character set and collation.</param>
/// <param name="Clauses">The clauses with the word that each starts with, in capitals.</param>
internal sealed record MySqlColumnText(string Name, string Type, IReadOnlyList<(string Word, string Text)> Clauses)
{
    // In the order of the grammar; what is not listed comes before the comment.
    private static readonly string[] Order = ["CHARACTER", "CHARSET", "COLLATE", "COMPRESSED", "GENERATED", "AS", "NULL", "DEFAULT", "ON",
        "AUTO_INCREMENT", "", "COMMENT", "CHECK"];

    private static readonly string[] Starts = [.. Order, "NOT", "INVISIBLE", "WITHOUT", "WITH", "STORAGE", "COLUMN_FORMAT", "UNIQUE",
        "PRIMARY", "REFERENCES"];

    public static MySqlColumnText? Find(string createTable, string column) =>
        Items(createTable).FirstOrDefault(i => i[0].Kind == MySqlTokenKind.Name
            && i[0].Name.Equals(column, StringComparison.OrdinalIgnoreCase)) is { } item ? Parse(createTable, item) : null;

    /// <summary>What follows the name in MODIFY and CHANGE for an alteration.</summary>
    public string With(AlterColumn alter, MySqlDialect dialect)
    {
        // MySQL prints the table's collation without its character set; repeated, it would become the column's own.
        var column = dialect.Name == "mysql" && Clauses.All(c => c.Word is not ("CHARACTER" or "CHARSET"))
            ? Without(c => c.Word == "COLLATE")
            : this;
        if (alter.Type is { } type)
            column = column.WithType(dialect.TypeName(type));
        // A collation implies its character set.
        if (alter.Collation is { } collation)
            column = column.Without(c => c.Word is "CHARACTER" or "CHARSET")
                .Set("COLLATE", collation.Length == 0 ? null : "COLLATE " + dialect.Collation(collation));
        if (alter.Nullable is { } nullable)
            column = column.Set("NULL", nullable ? "NULL" : "NOT NULL")
                .Without(c => c is ("DEFAULT", var text) && !nullable && text.Equals("DEFAULT NULL", StringComparison.OrdinalIgnoreCase));
        // ON UPDATE counts as a part of the default, as the inspector reads it.
        if (alter.ServerDefault is { } value)
            column = column.Without(c => c.Word == "ON")
                .Set("DEFAULT", value.Kind == ServerDefaultKind.None ? null : "DEFAULT " + dialect.DefaultText(value, column.Type));
        if (alter.Comment is { } comment)
            column = column.Set("COMMENT", comment.Length == 0 ? null : "COMMENT " + dialect.Literal(comment));
        if (alter.Autoincrement is { } numbered)
            column = column.Set("AUTO_INCREMENT", numbered ? "AUTO_INCREMENT" : null);
        if (alter.NewName is { } name)
            column = column with
            {
                Clauses = [.. column.Clauses.Select(c => c.Word == "CHECK" ? (c.Word, column.Renamed(c.Text, dialect.Quote(name))) : c)]
            };
        // On older servers, a timestamp is NOT NULL unless it says NULL.
        if (column.Clauses.All(c => c.Word != "NULL") && !column.IsGenerated)
            column = column.Set("NULL", "NULL");
        return string.Join(' ', column.Clauses.OrderBy(c => Rank(c.Word)).Select(c => c.Text).Prepend(column.Type));
    }

    private bool IsGenerated => Clauses.Any(c => c.Word is "GENERATED" or "AS");

    private MySqlColumnText WithType(string type)
    {
        // MariaDB's JSON is text with a check; both are dropped with the type.
        var wasJson = Clauses.Any(c => c.Word == "CHECK" && c.Text.StartsWith("CHECK (json_valid(", StringComparison.OrdinalIgnoreCase));
        var keepsCharacters = IsText(Type) && IsText(type) && !wasJson;
        // A long column accepts only expressions as defaults.
        var clauses = MySqlDefaults.IsLong(type) ? Clauses.Select(c => c.Word == "DEFAULT" ? (c.Word, AsExpression(c.Text)) : c) : Clauses;
        return (this with { Type = type, Clauses = [.. clauses] })
            .Without(c => (c.Word is "CHARACTER" or "CHARSET" or "COLLATE" && !keepsCharacters) || (c.Word == "CHECK" && wasJson));
    }

    private static string AsExpression(string clause) => clause["DEFAULT".Length..].Trim() is var value
        && (value.StartsWith('(') || value.Equals("NULL", StringComparison.OrdinalIgnoreCase)) ? clause : $"DEFAULT ({value})";

    public static bool IsText(string type) =>
        type.Contains("CHAR", StringComparison.OrdinalIgnoreCase) || type.Contains("TEXT", StringComparison.OrdinalIgnoreCase)
        || type.StartsWith("ENUM", StringComparison.OrdinalIgnoreCase)
        || type.StartsWith("SET", StringComparison.OrdinalIgnoreCase);

    private MySqlColumnText Set(string word, string? text) =>
        Without(c => c.Word == word) is var rest && text is null ? rest : rest with { Clauses = [.. rest.Clauses, (word, text!)] };

    private MySqlColumnText Without(Func<(string Word, string Text), bool> goes) =>
        this with { Clauses = [.. Clauses.Where(c => !goes(c))] };

    private string Renamed(string check, string name)
    {
        var result = new System.Text.StringBuilder();
        var copied = 0;
        foreach (var token in MySqlToken.Read(check)
            .Where(t => t.Kind == MySqlTokenKind.Name && t.Name.Equals(Name, StringComparison.OrdinalIgnoreCase)))
        {
            result.Append(check, copied, token.Start - copied).Append(name);
            copied = token.End;
        }
        return result.Append(check, copied, check.Length - copied).ToString();
    }

    private static int Rank(string word) => Array.IndexOf(Order, word) is var index && index < 0 ? Array.IndexOf(Order, "") : index;

    private static MySqlColumnText Parse(string text, IReadOnlyList<MySqlToken> tokens)
    {
        List<(string Word, int First)> clauses = [];
        var (depth, word) = (0, "");
        for (var i = 1; i < tokens.Count; i++)
        {
            // After DEFAULT, NOT, ON and GENERATED comes what belongs to them, even if it looks like the start of another clause.
            var belongs = (word is "DEFAULT" or "NOT" or "ON" or "CHARACTER" && i == clauses[^1].First + 1)
                || (word == "GENERATED" && tokens[i].Is("AS"));
            if (depth == 0 && !belongs && StartOf(tokens[i]) is { } start)
                clauses.Add((word = start, i));
            depth += tokens[i].Is("(") ? 1 : tokens[i].Is(")") ? -1 : 0;
        }
        string Slice(int first, int end) => text[tokens[first].Start..tokens[end - 1].End];
        return new(
            tokens[0].Name,
            Slice(1, clauses.Count == 0 ? tokens.Count : clauses[0].First),
            [.. clauses.Select((c, i) => (c.Word == "NOT" ? "NULL" : c.Word,
                Slice(c.First, i + 1 < clauses.Count ? clauses[i + 1].First : tokens.Count)))]);
    }

    private static string? StartOf(MySqlToken token) =>
        token.Kind == MySqlTokenKind.Comment
        ? "/*" : token.Kind == MySqlTokenKind.Word ? Starts.FirstOrDefault(s => s.Length > 0 && token.Is(s)) : null;

    // The items between the parentheses of CREATE TABLE, split at the commas.
    private static IEnumerable<IReadOnlyList<MySqlToken>> Items(string text)
    {
        List<MySqlToken> item = [];
        var depth = 0;
        foreach (var token in MySqlToken.Read(text))
        {
            var before = depth;
            depth += token.Is("(") ? 1 : token.Is(")") ? -1 : 0;
            if (depth >= 1 && before >= 1 && !(depth == 1 && token.Is(",")))
                item.Add(token);
            else if (item.Count > 0)
            {
                yield return item;
                item = [];
            }
            if (before > 0 && depth == 0)
                yield break;
        }
    }
}

namespace Alembic.Databases.Sqlite;

/// <summary>Reads the clauses that CREATE TABLE and CREATE INDEX share, one by one, and collects the places that name columns.</summary>
internal sealed class DdlClauses(DdlReader reader, string sql)
{
    public List<DdlToken> ColumnMentions { get; } = [];

    /// <summary>Those that are double-quoted in an expression: strings, if no such column exists.</summary>
    public List<DdlToken> PerhapsStrings { get; } = [];

    public List<DdlSpan> Qualifiers { get; } = [];

    /// <summary>"( expression )": the text between the parentheses.</summary>
    public string Parenthesised()
    {
        var inner = reader.Parenthesised();
        return inner.Count > 0 ? Expression(inner) : throw reader.NotUnderstood("an expression before it");
    }

    public string Expression(ReadOnlySpan<DdlToken> tokens)
    {
        var (columns, qualifiers) = DdlExpression.Mentions(tokens);
        ColumnMentions.AddRange(columns);
        PerhapsStrings.AddRange(columns.Where(c => c.Text[0] == '"'));
        Qualifiers.AddRange(qualifiers);
        return sql[tokens[0].Start..tokens[^1].End];
    }

    public string? OnConflict() => reader.Skip("ON", "CONFLICT") ? OneOf("ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE") : null;

    public bool? Order() => reader.Skip("ASC") ? false : reader.Skip("DESC") ? true : null;

    /// <summary>"( a COLLATE nocase DESC, lower(b) )"; in a primary key, AUTOINCREMENT may follow at the end.</summary>
    public (IReadOnlyList<DdlIndexElement> Elements, bool Autoincrement) Elements()
    {
        var inner = reader.Parenthesised().AsSpan();
        var autoincrement = inner is [.., var last] && last.Is("AUTOINCREMENT");
        return ([.. Split(autoincrement ? inner[..^1] : inner).Select(e => DdlIndexElementParser.Parse(e, this))], autoincrement);
    }

    /// <summary>Column names in parentheses, or none. Returns the tokens, as what they name depends on the table.</summary>
    public IReadOnlyList<DdlToken> Names() => reader.At("(") ? [.. Split(reader.Parenthesised()).Select(t => t[0])] : [];

    public DdlForeignKey References(IReadOnlyList<string> columns, Func<string, bool> isOwnName)
    {
        reader.Expect("REFERENCES");
        var table = DdlName.Of(reader.Name());
        var names = Names();
        if (isOwnName(table))
        {
            ColumnMentions.AddRange(names);
        }
        var key = new DdlForeignKey(columns, table, [.. names.Select(DdlName.Of)]);
        while (true)
        {
            if (reader.Skip("MATCH"))
            {
                key = key with { Match = DdlName.Of(reader.Name()) };
            }
            else if (reader.Skip("ON", "DELETE"))
            {
                key = key with { OnDelete = Action() };
            }
            else if (reader.Skip("ON", "UPDATE"))
            {
                key = key with { OnUpdate = Action() };
            }
            else if (reader.Skip("ON", "INSERT"))
            {
                Action();
            }
            else
            {
                return Deferral() is { } deferral ? key with { Deferrable = deferral.Deferrable, Initially = deferral.Initially } : key;
            }
        }
    }

    public DdlDeferral? Deferral()
    {
        var deferrable = !reader.Skip("NOT", "DEFERRABLE");
        if (deferrable && !reader.Skip("DEFERRABLE"))
        {
            return null;
        }
        return new DdlDeferral(deferrable, reader.Skip("INITIALLY") ? OneOf("DEFERRED", "IMMEDIATE") : null);
    }

    private string Action()
    {
        var verb = OneOf("SET", "CASCADE", "RESTRICT", "NO");
        return verb switch
        {
            "SET" => $"SET {OneOf("NULL", "DEFAULT")}",
            "NO" => $"NO {OneOf("ACTION")}",
            _ => verb,
        };
    }

    private string OneOf(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (reader.Skip(word))
            {
                return word;
            }
        }
        throw reader.NotUnderstood(string.Join(" or ", words!));
    }

    private List<DdlToken[]> Split(ReadOnlySpan<DdlToken> tokens)
    {
        List<DdlToken[]> parts = [];
        var (start, depth) = (0, 0);
        for (var i = 0; i <= tokens.Length; i++)
        {
            if (i == tokens.Length || (depth == 0 && tokens[i].Is(",")))
            {
                parts.Add(i > start ? tokens[start..i].ToArray() : throw reader.NotUnderstood("a name in the list before it"));
                start = i + 1;
                continue;
            }
            depth += tokens[i].Is("(") ? 1 : tokens[i].Is(")") ? -1 : 0;
        }
        return parts;
    }
}

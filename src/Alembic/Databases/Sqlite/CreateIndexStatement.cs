namespace Alembic.Databases.Sqlite;

/// <summary>A CREATE INDEX as stored in sqlite_schema: its text, and what the text says.</summary>
internal sealed record CreateIndexStatement
{
    public required string Sql { get; init; }

    public string? Schema { get; init; }

    public required DdlToken NameToken { get; init; }

    public string Name => DdlName.Of(NameToken);

    public required DdlToken TableToken { get; init; }

    public string Table => DdlName.Of(TableToken);

    public bool Unique { get; init; }

    public bool IfNotExists { get; init; }

    public IReadOnlyList<DdlIndexElement> Elements { get; init; } = [];

    /// <summary>The condition of a partial index; null if it has none.</summary>
    public string? Where { get; init; }

    public IReadOnlyList<DdlToken> ColumnMentions { get; init; } = [];

    /// <summary>Those that are double-quoted in an expression: strings, if no such column exists.</summary>
    public IReadOnlyList<DdlToken> PerhapsStrings { get; init; } = [];

    /// <exception cref="DdlNotUnderstoodException">The text is not a CREATE INDEX.</exception>
    public static CreateIndexStatement Parse(string sql)
    {
        var reader = new DdlReader(sql, DdlTokenizer.Tokenize(sql)) { Subject = "an index" };
        reader.Expect("CREATE");
        var unique = reader.Skip("UNIQUE");
        reader.Expect("INDEX");
        var ifNotExists = reader.Skip("IF", "NOT", "EXISTS");
        var first = reader.Name();
        var name = reader.Skip(".") ? reader.Name() : first;
        reader.Subject = $"index '{DdlName.Of(name)}'";
        reader.Expect("ON");
        var table = reader.Name();
        var clauses = new DdlClauses(reader, sql);
        var elements = clauses.Elements().Elements;
        var where = reader.Skip("WHERE") ? clauses.Expression(reader.Rest()) : null;
        reader.ExpectEnd();
        return new CreateIndexStatement
        {
            Sql = sql,
            Schema = name == first ? null : DdlName.Of(first),
            NameToken = name,
            TableToken = table,
            Unique = unique,
            IfNotExists = ifNotExists,
            Elements = elements,
            Where = where,
            ColumnMentions = clauses.ColumnMentions,
            PerhapsStrings = clauses.PerhapsStrings,
        };
    }

    public bool Uses(string column) => ColumnMentions.Any(m => m.Names(column));

    /// <summary>Renames the index. The name is given as written in a statement.</summary>
    public CreateIndexStatement Renamed(string name) =>
        Parse(DdlEdit.Apply(Sql, [DdlEdit.Between(DdlTokenizer.Tokenize(Sql), NameToken.Span, name)]));

    /// <summary>Renames a column of the indexed table wherever this statement names it.</summary>
    public CreateIndexStatement RenameColumn(string name, string newName)
    {
        var tokens = DdlTokenizer.Tokenize(Sql);
        return Parse(DdlEdit.Apply(Sql,
            ColumnMentions.Where(m => m.Names(name)).Select(m => DdlEdit.Between(tokens, m.Span, DdlName.Instead(m, newName)))));
    }

    /// <summary>Turns "text" into 'text' if the table has no such column: see <see cref="CreateTableEdits.WithPlainStrings"/>.</summary>
    public CreateIndexStatement WithPlainStrings(IEnumerable<string> columns) =>
        Parse(DdlEdit.Apply(Sql, DdlEdit.PlainStrings(PerhapsStrings, columns)));
}

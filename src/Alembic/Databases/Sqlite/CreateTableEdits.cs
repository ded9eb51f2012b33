namespace Alembic.Databases.Sqlite;

/// <summary>The basis of the edits of columns and of constraints.</summary>
internal static class CreateTableEdits
{
    /// <summary>
    /// Renames the table in its header. References of the table to itself keep the old name, which a rebuild restores. But "table.column"
    /// in an expression loses its first part: SQLite would refuse it while the table has another name.
    /// </summary>
    public static CreateTableStatement RenameTo(this CreateTableStatement table, string name) => table.With(
    [
        DdlEdit.Between(table.Tokens, table.NameToken.Span, DdlName.Instead(table.NameToken, name)),
        .. table.Qualifiers.Select(q => DdlEdit.Between(table.Tokens, q, "")),
    ]);

    /// <summary>
    /// Turns "text" in a CHECK into 'text', which means the same, if no such column exists. Older versions took "text" for a string
    /// there. The bundled SQLite still reads that from a file, but refuses it in a new table.
    /// </summary>
    public static CreateTableStatement WithPlainStrings(this CreateTableStatement table) =>
        table.With(DdlEdit.PlainStrings(table.PerhapsStrings, table.Columns.Select(c => c.Name)));

    /// <summary>
    /// Edits the statement's text and reads it again: an edit that leaves no valid CREATE TABLE fails here and not in the database.
    /// </summary>
    public static CreateTableStatement With(this CreateTableStatement table, IEnumerable<DdlEdit> edits)
    {
        if (table.Module is not null || table.Query is not null)
        {
            throw new DdlEditException(table.Name, "it has no list of columns");
        }
        var edited = CreateTableParser.Parse(DdlEdit.Apply(table.Sql, edits), table.OriginalName);
        var keys = table.Constraints.OfType<DdlForeignKey>().ToLookup(table.TextOf);
        foreach (var key in edited.Constraints.OfType<DdlForeignKey>())
        {
            var text = edited.TextOf(key);
            var before = keys[text].Where(k => k.Column == key.Column).ToList();
            if (before.Count > 0 && !before.Exists(k => k.Deferrable == key.Deferrable && k.Initially == key.Initially))
            {
                throw new DdlEditException(table.Name,
                    $"a DEFERRABLE away from its REFERENCES would then be for another foreign key, '{text}'");
            }
        }
        return edited;
    }

    public static CreateTableStatement With(this CreateTableStatement table, DdlEdit edit) => table.With([edit]);

    /// <summary>Removes one clause of a column, with the white space before it.</summary>
    public static CreateTableStatement WithoutClause(this CreateTableStatement table, DdlColumn column, DdlConstraint clause)
    {
        var start = clause.Span.Start;
        // A lone CONSTRAINT name before it would name the clause that follows.
        foreach (var before in column.Constraints.Reverse().SkipWhile(c => c != clause).Skip(1).TakeWhile(c => c is DdlLoneName))
        {
            start = before.Span.Start;
        }
        var trivia = table.Tokens.Where(t => t.End <= start).TakeLast(2).ToList();
        if (trivia is [{ Kind: not DdlTokenKind.LineComment }, { Kind: DdlTokenKind.Space } space])
        {
            start = space.Start;
        }
        return table.With(DdlEdit.Between(table.Tokens, new DdlSpan(start, clause.Span.End), "")).WithTypeApart(column.Name);
    }

    /// <summary>
    /// Removes GENERATED ALWAYS if an edit has put the two words after a comment: in "INT /* c */ GENERATED ALWAYS AS", SQLite takes the
    /// comment for a part of the type. AS alone means the same.
    /// </summary>
    public static CreateTableStatement WithTypeApart(this CreateTableStatement table, string name)
    {
        var column = table.Column(name);
        if (column is not { TypeSpan.End: var end, Constraints: [DdlGenerated { Span: var clause }, ..] })
        {
            return table;
        }
        var start = table.Tokens.SkipWhile(t => t.Start < clause.Start).TakeWhile(t => !t.Is("AS")).Where(t => !t.IsTrivia).ToList();
        return start is [var generated, var always] && generated.Is("GENERATED")
            && table.Tokens.Any(t => t.Start >= end && t.End <= always.Start
                && t.Kind is DdlTokenKind.LineComment or DdlTokenKind.BlockComment)
            ? table.With([new DdlEdit(generated.Span, ""), new DdlEdit(always.Span, "")]) : table;
    }
}

namespace Alembic.Databases.Sqlite;

/// <summary>Edits of a table's columns.</summary>
internal static class CreateTableColumnEdits
{
    /// <summary>Adds a column, given as its definition's text, after the last one or before another.</summary>
    public static CreateTableStatement AddColumn(this CreateTableStatement table, string definition, string? before = null)
    {
        var (text, name) = CreateTableFragment.Column(table, definition);
        table.RefuseTaken(name);
        var index = before is null ? table.Columns.Count : table.Columns.ToList().IndexOf(table.Column(before));
        return table.With(new CreateTableItems(table).Insert(index, text));
    }

    /// <summary>Removes a column with its own constraints.</summary>
    /// <exception cref="DdlColumnInUseException">Other constraints name it: see
    /// <see cref="CreateTableStatement.ConstraintsUsing"/>.</exception>
    public static CreateTableStatement DropColumn(this CreateTableStatement table, string name)
    {
        var column = table.Column(name);
        if (table.ConstraintsUsing(name) is { Count: > 0 } users)
        {
            throw new DdlColumnInUseException(table.Name, column.Name, users, table.Sql);
        }
        return table.Columns.Count > 1 ? table.With(new CreateTableItems(table).Remove(column.Span))
            : throw new DdlEditException(table.Name, $"'{column.Name}' is its only column");
    }

    /// <summary>Renames a column wherever this statement names it: keys, checks, generated columns, references to itself.</summary>
    public static CreateTableStatement RenameColumn(this CreateTableStatement table, string name, string newName)
    {
        var column = table.Column(name);
        if (!DdlName.Comparer.Equals(name, newName))
        {
            table.RefuseTaken(newName);
        }
        return table.With(table.ColumnMentions.Where(m => m.Names(name)).Append(column.NameToken)
            .Select(m => DdlEdit.Between(table.Tokens, m.Span, DdlName.Instead(m, newName))));
    }

    public static CreateTableStatement SetType(this CreateTableStatement table, string name, string? type)
    {
        var column = table.Column(name);
        var text = type is null ? "" : CreateTableFragment.Type(table, type);
        var edited = column.TypeSpan is { } span ? table.With(DdlEdit.Between(table.Tokens, span, text))
            : type is null ? table
            : table.Insert(column.NameToken.End, text);
        return edited.WithTypeApart(column.Name);
    }

    public static CreateTableStatement SetNotNull(this CreateTableStatement table, string name)
    {
        var column = table.Column(name);
        return column.NotNull ? table
            : column.Constraints.FirstOrDefault(c => c is DdlNull) is { } clause ? table.With(
                DdlEdit.Between(table.Tokens, clause.Span, "NOT NULL"))
            : table.Insert(column.ClausesStart, "NOT NULL");
    }

    public static CreateTableStatement DropNotNull(this CreateTableStatement table, string name) => table.WithoutClauses<DdlNotNull>(name);

    /// <summary>
    /// Sets a default, given as the text after DEFAULT: a literal, a signed number, a keyword, or an expression in parentheses.
    /// </summary>
    public static CreateTableStatement SetDefault(this CreateTableStatement table, string name, string value)
    {
        var column = table.Column(name);
        var text = CreateTableFragment.Default(table, value);
        return column.Constraints.OfType<DdlDefault>().LastOrDefault() is { } clause
            ? table.With(DdlEdit.Between(table.Tokens, clause.ValueSpan, text))
            : table.Insert(column.Constraints.LastOrDefault(c => c is DdlNotNull)?.Span.End ?? column.ClausesStart, $"DEFAULT {text}");
    }

    public static CreateTableStatement DropDefault(this CreateTableStatement table, string name) => table.WithoutClauses<DdlDefault>(name);

    public static CreateTableStatement SetCollation(this CreateTableStatement table, string name, string collation)
    {
        var column = table.Column(name);
        var text = DdlName.QuoteIfNeeded(collation);
        return column.Constraints.OfType<DdlCollate>().LastOrDefault() is { } clause
            ? table.With(DdlEdit.Between(table.Tokens, clause.CollationSpan, text))
            : table.Insert(column.ClausesStart, $"COLLATE {text}");
    }

    public static CreateTableStatement DropCollation(this CreateTableStatement table, string name) =>
        table.WithoutClauses<DdlCollate>(name);

    /// <summary>Adds or removes AUTOINCREMENT.</summary>
    public static CreateTableStatement SetAutoincrement(this CreateTableStatement table, string name, bool autoincrement)
    {
        var column = table.Column(name);
        if (autoincrement && table.RowidAlias != column)
            throw new DdlEditException(table.Name,
                $"AUTOINCREMENT needs a column that is INTEGER PRIMARY KEY by itself, which '{column.Name}' is not");
        if (table.PrimaryKey is not { } key || key.Autoincrement == autoincrement || table.RowidAlias != column)
            return table;
        var tokens = table.Tokens.Where(t => !t.IsTrivia && key.Span.Contains(t.Start)).ToList();
        if (!autoincrement)
        {
            var word = tokens.FindLastIndex(t => t.Is("AUTOINCREMENT"));
            return table.With(DdlEdit.Between(table.Tokens, new DdlSpan(tokens[word - 1].End, tokens[word].End), ""));
        }
        // On a column, it is the last word of the key; in the table's list, it goes inside the parentheses.
        return table.Insert(key.Column is null ? tokens[tokens.FindIndex(t => t.Is(")")) - 1].End : key.Span.End, "AUTOINCREMENT");
    }

    private static CreateTableStatement Insert(this CreateTableStatement table, int position, string clause) =>
        table.With(DdlEdit.Between(table.Tokens, new DdlSpan(position, position), $" {clause}"));

    private static CreateTableStatement WithoutClauses<T>(this CreateTableStatement table, string name) where T : DdlConstraint
    {
        while (table.Column(name) is var column && column.Constraints.LastOrDefault(c => c is T) is { } clause)
        {
            table = table.WithoutClause(column, clause);
        }
        return table;
    }

    private static void RefuseTaken(this CreateTableStatement table, string name)
    {
        if (table.FindColumn(name) is not null)
        {
            throw new DdlEditException(table.Name, $"it has a column '{name}' already");
        }
        // SQLite takes "x" for a string if no column x exists, and rowid for the row's number: a new column would change what a CHECK
        // means.
        if (table.ColumnMentions.Any(m => m.Names(name)))
        {
            throw new DdlEditException(table.Name, $"one of its expressions uses '{name}' for something other than a column");
        }
    }
}

namespace Alembic.Databases.Sqlite;

/// <summary>
/// Checks text that a caller wants to put into a CREATE TABLE. It has to be one whole item of its kind; white space and comments around
/// it are cut off.
/// </summary>
internal static class CreateTableFragment
{
    public static (string Text, string Name) Column(CreateTableStatement table, string text)
    {
        var trimmed = Trim(text);
        var (reader, columns) = Open(table, trimmed, "the new column");
        var column = columns.Column();
        reader.ExpectEnd();
        return (trimmed, column.Name);
    }

    public static string Type(CreateTableStatement table, string text) =>
        Clause(table, Trim(text), $"x {Trim(text)}", "the new type", c => c.Type is not null && c.Constraints is []);

    public static string Default(CreateTableStatement table, string text) =>
        Clause(table, Trim(text), $"x DEFAULT {Trim(text)}", "the new default", c => c.Constraints is [DdlDefault]);

    public static (string Text, DdlConstraint Constraint) Constraint(CreateTableStatement table, string text)
    {
        var trimmed = Trim(text);
        var reader = new DdlReader(trimmed, DdlTokenizer.Tokenize(trimmed)) { Subject = $"the new constraint of table '{table.Name}'" };
        var constraint = CreateTableConstraintParser.Constraint(reader, new DdlClauses(reader, trimmed), _ => false);
        reader.ExpectEnd();
        return constraint is DdlLoneName ? throw reader.NotUnderstood("a table constraint") : (trimmed, constraint);
    }

    private static string Clause(CreateTableStatement table, string text, string column, string what, Func<DdlColumn, bool> isIt)
    {
        var (reader, columns) = Open(table, column, what);
        var isWhole = isIt(columns.Column());
        reader.ExpectEnd();
        return isWhole
            ? text
            : throw new DdlEditException(table.Name, $"'{text}' is not {what.Replace("the new", "a", StringComparison.Ordinal)}");
    }

    private static (DdlReader Reader, DdlColumnParser Columns) Open(CreateTableStatement table, string text, string what)
    {
        var reader = new DdlReader(text, DdlTokenizer.Tokenize(text)) { Subject = $"{what} of table '{table.Name}'" };
        return (reader, new DdlColumnParser(reader, new DdlClauses(reader, text), text, _ => false));
    }

    private static string Trim(string text)
    {
        var tokens = DdlTokenizer.Tokenize(text).Where(t => !t.IsTrivia).ToList();
        return tokens.Count == 0 ? "" : text[tokens[0].Start..tokens[^1].End];
    }
}

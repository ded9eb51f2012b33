namespace Alembic.Databases.Sqlite;

/// <summary>Parses CREATE TABLE: the grammar of sqlite.org/lang_createtable.html, and what SQLite also accepts.</summary>
internal static class CreateTableParser
{
    public static CreateTableStatement Parse(string sql, string? originalName)
    {
        var tokens = DdlTokenizer.Tokenize(sql);
        var reader = new DdlReader(sql, tokens);
        reader.Expect("CREATE");
        var temporary = reader.Skip("TEMP") || reader.Skip("TEMPORARY");
        var isVirtual = !temporary && reader.Skip("VIRTUAL");
        reader.Expect("TABLE");
        var ifNotExists = reader.Skip("IF", "NOT", "EXISTS");
        var first = reader.Name();
        var name = reader.Skip(".") ? reader.Name() : first;
        reader.Subject = $"table '{DdlName.Of(name)}'";
        var statement = new CreateTableStatement
        {
            Sql = sql,
            Tokens = tokens,
            Schema = name == first ? null : DdlName.Of(first),
            NameToken = name,
            OriginalName = originalName ?? DdlName.Of(name),
            IsTemporary = temporary,
            IfNotExists = ifNotExists,
        };
        if (isVirtual)
        {
            reader.Expect("USING");
            return statement with { Module = DdlName.Of(reader.Name()) };
        }
        if (reader.Skip("AS"))
        {
            return statement with { Query = sql[reader.Next.Start..] };
        }
        return Options(reader, Body(reader, statement));
    }

    private static CreateTableStatement Body(DdlReader reader, CreateTableStatement statement)
    {
        var start = reader.Next.Start;
        reader.Expect("(");
        var clauses = new DdlClauses(reader, statement.Sql);
        bool IsOwnName(string name) =>
            DdlName.Comparer.Equals(name, statement.Name) || DdlName.Comparer.Equals(name, statement.OriginalName);
        var columnParser = new DdlColumnParser(reader, clauses, statement.Sql, IsOwnName);
        List<DdlColumn> columns = [columnParser.Column()];
        List<DdlConstraint> constraints = [];
        while (reader.Skip(","))
        {
            if (AtTableConstraint(reader))
            {
                constraints = CreateTableConstraintParser.List(reader, clauses, IsOwnName);
                break;
            }
            columns.Add(columnParser.Column());
        }
        if (!reader.Skip(")"))
        {
            throw reader.NotUnderstood(", or )");
        }
        return statement with
        {
            Body = new DdlSpan(start, reader.Position),
            Columns = columns,
            TableConstraints = constraints,
            ColumnMentions = clauses.ColumnMentions,
            PerhapsStrings = clauses.PerhapsStrings,
            Qualifiers = clauses.Qualifiers,
        };
    }

    private static CreateTableStatement Options(DdlReader reader, CreateTableStatement statement)
    {
        var (withoutRowid, strict) = (false, false);
        if (reader.Next.Kind is DdlTokenKind.Word)
        {
            do
            {
                var isStrict = reader.Skip("STRICT");
                if (!isStrict && !reader.Skip("WITHOUT", "ROWID"))
                {
                    throw reader.NotUnderstood("WITHOUT ROWID or STRICT");
                }
                (withoutRowid, strict) = (withoutRowid || !isStrict, strict || isStrict);
            }
            while (reader.Skip(","));
        }
        reader.ExpectEnd();
        return statement with { WithoutRowid = withoutRowid, Strict = strict };
    }

    private static bool AtTableConstraint(DdlReader reader) =>
        reader.At("CONSTRAINT") || reader.At("PRIMARY") || reader.At("UNIQUE") || reader.At("CHECK") || reader.At("FOREIGN");
}

namespace Alembic.Databases.Sqlite;

/// <summary>Reads the constraints after the last column; SQLite also accepts them without commas.</summary>
internal static class CreateTableConstraintParser
{
    public static List<DdlConstraint> List(DdlReader reader, DdlClauses clauses, Func<string, bool> isOwnName)
    {
        List<DdlConstraint> constraints = [];
        do
        {
            constraints.Add(Constraint(reader, clauses, isOwnName));
        }
        while (reader.Skip(",") || !reader.At(")"));
        return constraints;
    }

    public static DdlConstraint Constraint(DdlReader reader, DdlClauses clauses, Func<string, bool> isOwnName)
    {
        var start = reader.Next.Start;
        var name = reader.Skip("CONSTRAINT") ? DdlName.Of(reader.Name()) : null;
        var constraint = Clause(reader, clauses, isOwnName)
            ?? (name is not null ? new DdlLoneName() : throw reader.NotUnderstood("a table constraint"));
        return constraint with { Name = name, Span = new DdlSpan(start, reader.Position) };
    }

    private static DdlConstraint? Clause(DdlReader reader, DdlClauses clauses, Func<string, bool> isOwnName)
    {
        if (reader.Skip("PRIMARY"))
        {
            reader.Expect("KEY");
            var (elements, autoincrement) = clauses.Elements();
            return new DdlPrimaryKey(elements, clauses.OnConflict(), autoincrement);
        }
        if (reader.Skip("UNIQUE"))
        {
            return new DdlUnique(clauses.Elements().Elements, clauses.OnConflict());
        }
        if (reader.Skip("CHECK"))
        {
            return new DdlCheck(clauses.Parenthesised(), clauses.OnConflict());
        }
        if (reader.Skip("FOREIGN"))
        {
            reader.Expect("KEY");
            var columns = clauses.Names();
            clauses.ColumnMentions.AddRange(columns);
            return clauses.References([.. columns.Select(DdlName.Of)], isOwnName);
        }
        return null;
    }
}

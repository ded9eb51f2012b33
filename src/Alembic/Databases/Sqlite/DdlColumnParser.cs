namespace Alembic.Databases.Sqlite;

/// <summary>Reads "name type constraint …".</summary>
internal sealed class DdlColumnParser(DdlReader reader, DdlClauses clauses, string sql, Func<string, bool> isOwnName)
{
    private (List<DdlConstraint> Constraints, int Index)? _lastForeignKey;

    public DdlColumn Column()
    {
        var name = reader.Name();
        var typeToken = reader.Next;
        var type = Type();
        var clausesStart = reader.Position;
        List<DdlConstraint> constraints = [];
        while (!reader.At(",") && !reader.At(")") && reader.Next.Kind is not DdlTokenKind.End)
        {
            constraints.Add(Constraint(name));
            Relate(constraints);
        }
        return new DdlColumn(name, typeToken, type, clausesStart, new DdlSpan(name.Start, reader.Position), constraints);
    }

    private DdlSpan? Type()
    {
        var start = reader.Next.Start;
        int? end = null;
        while (reader.Next.IsName && !reader.At("GENERATED", "ALWAYS", "AS"))
        {
            // At the end of a type, SQLite drops these two words even if no AS follows.
            var dropped = reader.Skip("GENERATED", "ALWAYS") && !reader.Next.IsName && !reader.At("(");
            end = dropped ? end : reader.Next.IsName ? reader.Take().End : reader.Position;
        }
        if (end is not null && reader.At("("))
        {
            reader.Parenthesised();
            end = reader.Position;
        }
        return end is null ? null : new DdlSpan(start, end.Value);
    }

    // In "REFERENCES t NOT NULL DEFERRABLE", the last word still applies to the key, even if it is on another column.
    private void Relate(List<DdlConstraint> constraints)
    {
        if (constraints[^1] is DdlForeignKey)
        {
            _lastForeignKey = (constraints, constraints.Count - 1);
        }
        else if (constraints[^1] is DdlDeferral deferral && _lastForeignKey is var (keys, index))
        {
            keys[index] = (DdlForeignKey)keys[index] with { Deferrable = deferral.Deferrable, Initially = deferral.Initially };
        }
    }

    private DdlConstraint Constraint(DdlToken column)
    {
        var start = reader.Next.Start;
        var name = reader.Skip("CONSTRAINT") ? DdlName.Of(reader.Name()) : null;
        var constraint = Clause(column, name);
        return constraint with { Name = name, Column = DdlName.Of(column), Span = new DdlSpan(start, reader.Position) };
    }

    private DdlConstraint Clause(DdlToken column, string? name)
    {
        if (reader.Skip("PRIMARY"))
        {
            reader.Expect("KEY");
            var descending = clauses.Order();
            return new DdlPrimaryKey(Itself(column, descending), clauses.OnConflict(), reader.Skip("AUTOINCREMENT"));
        }
        if (reader.Skip("UNIQUE"))
        {
            return new DdlUnique(Itself(column), clauses.OnConflict());
        }
        if (reader.Skip("CHECK"))
        {
            return new DdlCheck(clauses.Parenthesised(), clauses.OnConflict());
        }
        if (reader.Skip("NOT", "NULL"))
        {
            return new DdlNotNull(clauses.OnConflict());
        }
        if (reader.Skip("NULL"))
        {
            return new DdlNull(clauses.OnConflict());
        }
        if (reader.Skip("DEFAULT"))
        {
            var start = reader.Next.Start;
            SkipDefault();
            var span = new DdlSpan(start, reader.Position);
            return new DdlDefault(sql[span.Start..span.End], span);
        }
        if (reader.Skip("COLLATE"))
        {
            var collation = reader.Name();
            return new DdlCollate(DdlName.Of(collation), collation.Span);
        }
        if (reader.At("REFERENCES"))
        {
            return clauses.References([DdlName.Of(column)], isOwnName);
        }
        if (reader.Skip("AS") || reader.Skip("GENERATED", "ALWAYS", "AS"))
        {
            var expression = clauses.Parenthesised();
            var stored = reader.Skip("STORED");
            if (!stored)
            {
                reader.Skip("VIRTUAL");
            }
            return new DdlGenerated(expression, stored);
        }
        return clauses.Deferral() is { } deferral
            ? deferral : name is not null ? new DdlLoneName() : throw reader.NotUnderstood("a column constraint");
    }

    private static IReadOnlyList<DdlIndexElement> Itself(DdlToken column, bool? descending = null) =>
        [new DdlIndexElement(DdlName.Of(column), column.ToString(), null, descending)];

    private void SkipDefault()
    {
        if (reader.At("("))
        {
            reader.Parenthesised();
            return;
        }
        if (!reader.Skip("+"))
        {
            reader.Skip("-");
        }
        if (reader.Next is { IsName: false, Kind: not (DdlTokenKind.Number or DdlTokenKind.Blob) } && !reader.At("NULL"))
        {
            throw reader.NotUnderstood("a default value");
        }
        reader.Take();
    }
}

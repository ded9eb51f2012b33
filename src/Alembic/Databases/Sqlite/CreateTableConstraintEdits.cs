namespace Alembic.Databases.Sqlite;

/// <summary>Edits of a table's constraints, wherever they are written.</summary>
internal static class CreateTableConstraintEdits
{
    /// <summary>Adds a table constraint, given as text, after everything else.</summary>
    public static CreateTableStatement AddConstraint(this CreateTableStatement table, string constraint)
    {
        var (text, added) = CreateTableFragment.Constraint(table, constraint);
        if (added is DdlPrimaryKey && table.PrimaryKey is not null)
        {
            throw new DdlEditException(table.Name, "it has a primary key already");
        }
        return table.With(new CreateTableItems(table).Insert(table.Columns.Count + table.TableConstraints.Count, text));
    }

    /// <summary>Removes a constraint of this very statement: one that was read before an edit is somewhere else by now.</summary>
    public static CreateTableStatement Drop(this CreateTableStatement table, DdlConstraint constraint)
    {
        if (!table.Constraints.Contains(constraint, ReferenceEqualityComparer.Instance))
        {
            throw new ArgumentException("The constraint is of another statement.", nameof(constraint));
        }
        if (constraint is DdlPrimaryKey && table.WithoutRowid)
        {
            throw new DdlEditException(table.Name, "a WITHOUT ROWID table needs its primary key");
        }
        return table.Remove(constraint);
    }

    /// <summary>Removes a primary key, UNIQUE, CHECK, foreign key or NOT NULL by its name.</summary>
    public static CreateTableStatement DropConstraint(this CreateTableStatement table, string name) => table.Drop(table.One(
        table.Constraints.Where(c => c is not (DdlDefault or DdlCollate or DdlGenerated) && c.Name is not null
            && DdlName.Comparer.Equals(c.Name, name)),
        $"constraint '{name}'"));

    public static CreateTableStatement DropUnique(this CreateTableStatement table, IReadOnlyList<string> columns) => table.Drop(table.One(
        table.Constraints.OfType<DdlUnique>().Where(u => Same(u.Columns, columns)), $"UNIQUE ({string.Join(", ", columns)})"));

    /// <summary>Removes a foreign key by its columns and, if these have several, by the table that it refers to.</summary>
    public static CreateTableStatement DropForeignKey(this CreateTableStatement table, IReadOnlyList<string> columns,
        string? referencedTable = null) => table.Drop(table.One(
        table.Constraints.OfType<DdlForeignKey>().Where(k =>
            Same(k.Columns, columns) && (referencedTable is null || DdlName.Comparer.Equals(k.ReferencedTable, referencedTable))),
        $"FOREIGN KEY ({string.Join(", ", columns)})"));

    public static CreateTableStatement DropPrimaryKey(this CreateTableStatement table) =>
        table.Drop(table.PrimaryKey ?? throw new DdlEditException(table.Name, "it has no primary key"));

    /// <summary>Replaces the primary key, if there is one, by one given as the text of a table constraint.</summary>
    public static CreateTableStatement ReplacePrimaryKey(this CreateTableStatement table, string constraint)
    {
        var (text, added) = CreateTableFragment.Constraint(table, constraint);
        return added is not DdlPrimaryKey ? throw new DdlEditException(table.Name, $"'{text}' is not a primary key")
            : table.PrimaryKey is not { } key ? table.AddConstraint(text)
            : key.Column is null ? table.With(DdlEdit.Between(table.Tokens, key.Span, text))
            : table.Remove(key).AddConstraint(text);
    }

    /// <summary>Removes a constraint, even the key that the table needs: the caller has to add another one.</summary>
    public static CreateTableStatement Remove(this CreateTableStatement table, DdlConstraint constraint) =>
        constraint.Column is { } column
        ? table.WithoutClause(table.Column(column), constraint)
        : table.With(new CreateTableItems(table).Remove(constraint.Span));

    private static DdlConstraint One(this CreateTableStatement table, IEnumerable<DdlConstraint> found, string what) =>
        found.ToList() switch
    {
        [var one] => one,
        [] => throw new DdlEditException(table.Name, $"no such constraint: {what}"),
        _ => throw new DdlEditException(table.Name, $"several constraints match {what}"),
    };

    private static bool Same(IReadOnlyList<string> left, IReadOnlyList<string> right) => left.SequenceEqual(right, DdlName.Comparer);
}

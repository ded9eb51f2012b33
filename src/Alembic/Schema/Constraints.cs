namespace Alembic.Schema;

/// <summary>The primary key of a table.</summary>
public sealed record PrimaryKeyConstraint : Constraint
{
    /// <summary>A primary key over columns.</summary>
    /// <param name="columns">The columns, in the key's order.</param>
    /// <param name="name">The constraint's name, or null.</param>
    public PrimaryKeyConstraint(IReadOnlyList<string> columns, string? name = null)
    {
        Columns = columns;
        Name = name;
    }

    /// <summary>The columns, in the key's order.</summary>
    public IReadOnlyList<string> Columns { get; init => field = Seq.Of(value); }
}

/// <summary>A rule that no two rows have the same values in some columns.</summary>
public sealed record UniqueConstraint : Constraint
{
    /// <summary>A unique constraint over columns.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="name">The constraint's name, or null.</param>
    public UniqueConstraint(IReadOnlyList<string> columns, string? name = null)
    {
        Columns = columns;
        Name = name;
    }

    /// <summary>The columns.</summary>
    public IReadOnlyList<string> Columns { get; init => field = Seq.Of(value); }
}

/// <summary>A condition that every row meets.</summary>
public sealed record CheckConstraint : Constraint
{
    /// <summary>A check.</summary>
    /// <param name="sql">The condition, in the database's own SQL.</param>
    /// <param name="name">The constraint's name, or null.</param>
    public CheckConstraint(string sql, string? name = null)
    {
        Sql = sql;
        Name = name;
    }

    /// <summary>The condition, in the database's own SQL.</summary>
    public string Sql { get; init; }
}

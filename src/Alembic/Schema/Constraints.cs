namespace Alembic.Schema;

/// <summary>The primary key of a table.</summary>
public sealed record PrimaryKeyConstraint : Constraint
{
    /// <summary>Creates a primary key over columns.</summary>
    /// <param name="columns">The columns, in the key's order.</param>
    /// <param name="name">The constraint's name, or null.</param>
    /// <param name="deferrable">Whether the check can wait until the end of the transaction; null for the database's default.</param>
    /// <param name="initially"><c>DEFERRED</c> or <c>IMMEDIATE</c>, or null.</param>
    /// <param name="include">Columns that its index stores but does not search, if the database supports that; or null.</param>
    /// <param name="withoutOverlaps">Whether the last column is a range, and no two rows with the same other values overlap in it
    /// (PostgreSQL 18).</param>
    public PrimaryKeyConstraint(
        IReadOnlyList<string> columns, string? name = null, bool? deferrable = null, string? initially = null,
        IReadOnlyList<string>? include = null,
        bool withoutOverlaps = false)
    {
        Columns = columns;
        Name = name;
        Deferrable = deferrable;
        Initially = initially;
        Include = include ?? [];
        WithoutOverlaps = withoutOverlaps;
    }

    /// <summary>The columns, in the key's order.</summary>
    public IReadOnlyList<string> Columns { get; init => field = EquatableList.Of(value); }

    /// <summary>Tells whether the check can wait until the end of the transaction, or null.</summary>
    public bool? Deferrable { get; init; }

    /// <summary><c>DEFERRED</c>, <c>IMMEDIATE</c> or null.</summary>
    public string? Initially { get; init; }

    /// <summary>Columns that its index stores but does not search; empty for none.</summary>
    public IReadOnlyList<string> Include { get; init => field = EquatableList.Of(value); }

    /// <summary>Tells whether the last column is a range, and no two rows with the same other values overlap in it (PostgreSQL
    /// 18).</summary>
    public bool WithoutOverlaps { get; init; }
}

/// <summary>A rule that no two rows have the same values in some columns.</summary>
public sealed record UniqueConstraint : Constraint
{
    /// <summary>Creates a unique constraint over columns.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="name">The constraint's name, or null.</param>
    /// <param name="deferrable">Whether the check can wait until the end of the transaction; null for the database's default.</param>
    /// <param name="initially"><c>DEFERRED</c> or <c>IMMEDIATE</c>, or null.</param>
    /// <param name="nullsNotDistinct">Whether NULL counts as a value that only one row may have (PostgreSQL 15).</param>
    /// <param name="include">Columns that its index stores but does not search, if the database supports that; or null.</param>
    /// <param name="withoutOverlaps">Whether the last column is a range, and no two rows with the same other values overlap in it
    /// (PostgreSQL 18).</param>
    public UniqueConstraint(
        IReadOnlyList<string> columns, string? name = null, bool? deferrable = null, string? initially = null,
        bool nullsNotDistinct = false,
        IReadOnlyList<string>? include = null, bool withoutOverlaps = false)
    {
        Columns = columns;
        Name = name;
        Deferrable = deferrable;
        Initially = initially;
        NullsNotDistinct = nullsNotDistinct;
        Include = include ?? [];
        WithoutOverlaps = withoutOverlaps;
    }

    /// <summary>The columns.</summary>
    public IReadOnlyList<string> Columns { get; init => field = EquatableList.Of(value); }

    /// <summary>Tells whether the check can wait until the end of the transaction, or null.</summary>
    public bool? Deferrable { get; init; }

    /// <summary><c>DEFERRED</c>, <c>IMMEDIATE</c> or null.</summary>
    public string? Initially { get; init; }

    /// <summary>Tells whether NULL counts as a value that only one row may have.</summary>
    public bool NullsNotDistinct { get; init; }

    /// <summary>Columns that its index stores but does not search; empty for none.</summary>
    public IReadOnlyList<string> Include { get; init => field = EquatableList.Of(value); }

    /// <summary>Tells whether the last column is a range, and no two rows with the same other values overlap in it (PostgreSQL
    /// 18).</summary>
    public bool WithoutOverlaps { get; init; }
}

/// <summary>A condition that every row must meet.</summary>
public sealed record CheckConstraint : Constraint
{
    /// <summary>Creates a check constraint.</summary>
    /// <param name="sql">The condition, in the database's own SQL.</param>
    /// <param name="name">The constraint's name, or null.</param>
    /// <param name="notValid">Whether existing rows are not checked (PostgreSQL).</param>
    /// <param name="noInherit">Whether tables that inherit from this one do not get the check (PostgreSQL).</param>
    /// <param name="notEnforced">Whether it is only declared, and no row is checked (PostgreSQL 18).</param>
    public CheckConstraint(string sql, string? name = null, bool notValid = false, bool noInherit = false, bool notEnforced = false)
    {
        Sql = sql;
        Name = name;
        NotValid = notValid;
        NoInherit = noInherit;
        NotEnforced = notEnforced;
    }

    /// <summary>The condition, in the database's own SQL.</summary>
    public string Sql { get; init; }

    /// <summary>Tells whether existing rows are not checked (PostgreSQL).</summary>
    public bool NotValid { get; init; }

    /// <summary>Tells whether tables that inherit from this one do not get the check (PostgreSQL).</summary>
    public bool NoInherit { get; init; }

    /// <summary>Tells whether it is only declared, and no row is checked (PostgreSQL 18).</summary>
    public bool NotEnforced { get; init; }
}

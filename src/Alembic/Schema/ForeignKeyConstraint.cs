namespace Alembic.Schema;

/// <summary>A foreign key of one or more columns.</summary>
public sealed record ForeignKeyConstraint : Constraint
{
    /// <summary>Creates a key from columns of this table to the same number of columns of another.</summary>
    /// <param name="columns">The columns of this table.</param>
    /// <param name="targets">
    /// The columns that they point to, all of one table, each as <c>table.column</c> or <c>schema.table.column</c>. A name that contains a
    /// dot is in double quotes: <c>"odd.table".column</c>.
    /// </param>
    /// <param name="name">The constraint's name, or null.</param>
    /// <param name="onDelete">What happens when the row it points to is deleted, for example <c>CASCADE</c>; null for the database's
    /// default.</param>
    /// <param name="onUpdate">The same for a changed key.</param>
    /// <param name="deferrable">Whether the check can wait until the end of the transaction; null for the database's default.</param>
    /// <param name="initially"><c>DEFERRED</c> or <c>IMMEDIATE</c>, or null.</param>
    /// <param name="match"><c>FULL</c>, <c>SIMPLE</c> or <c>PARTIAL</c>, or null.</param>
    /// <param name="notValid">Whether existing rows are not checked (PostgreSQL).</param>
    /// <param name="setNullColumns">The columns that <c>ON DELETE SET NULL</c> or <c>SET DEFAULT</c> changes (PostgreSQL 15); null for
    /// all.</param>
    /// <param name="notEnforced">Whether it is only declared, and no row is checked (PostgreSQL 18).</param>
    /// <param name="period">Whether the last columns are ranges, and those of the other table must cover this one's (PostgreSQL
    /// 18).</param>
    public ForeignKeyConstraint(
        IReadOnlyList<string> columns, IReadOnlyList<string> targets, string? name = null, string? onDelete = null, string? onUpdate = null,
        bool? deferrable = null,
        string? initially = null, string? match = null, bool notValid = false, IReadOnlyList<string>? setNullColumns = null,
        bool notEnforced = false, bool period = false)
    {
        Columns = columns;
        Targets = targets;
        Name = name;
        OnDelete = onDelete;
        OnUpdate = onUpdate;
        Deferrable = deferrable;
        Initially = initially;
        Match = match;
        NotValid = notValid;
        SetNullColumns = setNullColumns ?? [];
        NotEnforced = notEnforced;
        Period = period;
    }

    /// <summary>The columns of this table.</summary>
    public IReadOnlyList<string> Columns { get; init => field = EquatableList.Of(value); }

    /// <summary>The columns they point to, each as <c>table.column</c> or <c>schema.table.column</c>.</summary>
    public IReadOnlyList<string> Targets { get; init => field = EquatableList.Of(value); }

    /// <summary>The action on deletion, or null.</summary>
    public string? OnDelete { get; init; }

    /// <summary>The action on update, or null.</summary>
    public string? OnUpdate { get; init; }

    /// <summary>Tells whether the check can wait until the end of the transaction, or null.</summary>
    public bool? Deferrable { get; init; }

    /// <summary><c>DEFERRED</c>, <c>IMMEDIATE</c> or null.</summary>
    public string? Initially { get; init; }

    /// <summary><c>FULL</c>, <c>SIMPLE</c>, <c>PARTIAL</c> or null.</summary>
    public string? Match { get; init; }

    /// <summary>Tells whether existing rows are not checked (PostgreSQL).</summary>
    public bool NotValid { get; init; }

    /// <summary>The columns that the action on deletion changes (PostgreSQL 15); empty for all.</summary>
    public IReadOnlyList<string> SetNullColumns { get; init => field = EquatableList.Of(value); }

    /// <summary>Tells whether it is only declared, and no row is checked (PostgreSQL 18).</summary>
    public bool NotEnforced { get; init; }

    /// <summary>Tells whether the last columns are ranges, and those of the other table must cover this one's (PostgreSQL 18).</summary>
    public bool Period { get; init; }

    /// <summary>The table that the key points to.</summary>
    public string ReferentTable => Target(0).Table;

    /// <summary>The schema of the table that the key points to, or null.</summary>
    public string? ReferentSchema => Target(0).Schema;

    /// <summary>The columns that the key points to, without their table.</summary>
    public IReadOnlyList<string> ReferentColumns => [.. Enumerable.Range(0, Targets.Count).Select(i => Target(i).Column)];

    /// <summary>
    /// Writes a target: the inverse of <see cref="ReferentSchema"/>, <see cref="ReferentTable"/> and <see cref="ReferentColumns"/>.
    /// </summary>
    /// <param name="schema">The schema, or null.</param>
    /// <param name="table">The table.</param>
    /// <param name="column">The column.</param>
    public static string TargetOf(string? schema, string table, string column) =>
        string.Join('.', new[] { schema, table, column }.OfType<string>().Select(Part));

    // A dot in a name would end it; a leading quotation mark would be taken for one of ours.
    private static string Part(string name) =>
        name.Contains('.', StringComparison.Ordinal) || name.StartsWith('"')
        ? $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : name;

    private (string? Schema, string Table, string Column) Target(int index)
    {
        var parts = Parts(Targets[index]);
        return parts switch
        {
            [var table, var column] => (null, table, column),
            [.. var schema, var table, var column] when schema.Count > 0 => (string.Join('.', schema), table, column),
            _ => throw new AlembicException($"The foreign key target '{Targets[index]}' is not of the form 'table.column'"),
        };
    }

    private static List<string> Parts(string target)
    {
        List<string> parts = [];
        for (int at = 0, end; at <= target.Length; at = end + 1)
        {
            end = at < target.Length && target[at] == '"' ? EndOfQuoted(target, at) : -1;
            if (end >= 0)
            {
                parts.Add(target[(at + 1)..(end - 1)].Replace("\"\"", "\"", StringComparison.Ordinal));
                continue;
            }
            end = target.IndexOf('.', at) is >= 0 and var point ? point : target.Length;
            parts.Add(target[at..end]);
        }
        return parts;
    }

    // The position after the closing quotation mark; a doubled one is a character of the name.
    private static int EndOfQuoted(string target, int at)
    {
        for (at++; (at = target.IndexOf('"', at)) >= 0; at += 2)
        {
            if (at + 1 == target.Length || target[at + 1] == '.')
                return at + 1;
            if (target[at + 1] != '"')
                return -1;
        }
        return -1;
    }
}

namespace Alembic.Schema;

/// <summary>A piece of SQL that goes to the database verbatim.</summary>
/// <param name="Value">The text; never build it from outside input.</param>
public sealed record SqlText(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>Marks text as SQL; a plain string would mean a value or a name.</summary>
public static class Sql
{
    /// <summary>
    /// Gets the text as SQL: <c>Sql.Text("CURRENT_TIMESTAMP")</c> as a default, <c>Sql.Text("lower(name)")</c> in an index.
    /// </summary>
    /// <param name="sql">An expression in the database's own dialect.</param>
    public static SqlText Text(string sql) => new(sql);
}

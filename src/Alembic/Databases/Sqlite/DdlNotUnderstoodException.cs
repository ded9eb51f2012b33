namespace Alembic.Databases.Sqlite;

/// <summary>A definition stored in the database does not have the form that SQLite documents.</summary>
internal sealed class DdlNotUnderstoodException(string subject, string sql, int position, string expected)
    : AlembicException(
        $"The definition of {subject} was not understood at character {position + 1}, {Near(sql, position)}: expected {expected}")
{
    public string Subject => subject;

    public string Sql => sql;

    public int Position => position;

    private static string Near(string sql, int position) =>
        position >= sql.Length ? "its end" : $"'{sql[position..Math.Min(sql.Length, position + 30)].ReplaceLineEndings(" ")}'";
}
